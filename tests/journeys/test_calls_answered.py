"""A carer rings and is talking to the practitioner on duty; one person has them, whoever else answers."""

from datetime import timedelta
from itertools import pairwise

import pytest

from oncall.lab.exchange.personas import (
    BUSY,
    DEAD_LINE,
    HANGS_UP,
    INVALID,
    NEVER_ANSWERS,
    PASSES_ON,
    SAYS_NOTHING,
    TAKES,
    VOICEMAIL,
    WRONG_KEY,
    CallPersona,
    slow,
)
from oncall.people.severity import Severity
from tests.journeys.conftest import TEAM
from tests.journeys.scenes import all_forget
from tests.journeys.telling import escalation, reload
from tests.journeys.world import World

# Short times, so that the table is quick; the promise comes after both groups have rung.
TWO_GROUPS = (
    TEAM.replace("ring: [[duty], [duty, backup], [manager]]", "ring: [[duty], [backup]]")
    .replace("ring_for: 20s", "ring_for: 12s")
    .replace("promise_after: 90s", "promise_after: 25s")
)
QUICK_VOICEMAIL = slow(VOICEMAIL, answers_after=timedelta(seconds=3))
OUTCOMES = [
    TAKES,
    BUSY,
    DEAD_LINE,
    HANGS_UP,
    INVALID,
    NEVER_ANSWERS,
    SAYS_NOTHING,
    QUICK_VOICEMAIL,
    WRONG_KEY,
    PASSES_ON,
]


def _named(value: CallPersona | bool) -> str:
    return value.name if isinstance(value, CallPersona) else "stays" if value else "leaves"


def _ref(world: World) -> str:
    return world.incidents()[-1].ref


def test_a_carer_rings_and_is_talking_to_the_practitioner_on_duty(either_world: World) -> None:
    """L2, L8: the prompt starts at once; the incident is written on the first webhook."""
    world = either_world
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.rings_the_line()
    ref = _ref(world)
    assert world.incident(ref).severity == Severity.URGENT
    assert sam.hears_page() == ref
    sam.answers()
    world.pass_time(seconds=12)
    assert "Jane Price is waiting on the line. It is urgent. A foster carer." in sam.heard()
    assert "Press 1 to take the call, 2 to pass it on" in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=5)
    assert "Hello Jane Price, we are ringing Sam Rees for you now." in price.heard()
    assert "If anyone is in danger, hang up and ring 999." in price.heard()
    assert price.is_with(sam)
    incident = world.incident(ref)
    assert (incident.status, incident.contacted_at is not None) == ("acknowledged", True)
    world.pass_time(minutes=40)
    assert price.is_with(sam)
    assert eli.is_silent()
    sam.hangs_up()
    price.hangs_up()
    world.pass_time(minutes=30)


def test_an_unknown_number_is_greeted_in_welsh_and_english_by_their_own_voices(world: World) -> None:
    stranger = world.phone("+447700900199")
    stranger.rings_the_line()
    world.pass_time(seconds=20)
    spoken = [(said.language, said.voice) for said in stranger.handset.heard if said.kind == "say"]
    assert set(spoken) == {("cy-GB", "Polly.Gwyneth"), ("en-GB", "Polly.Amy")}
    assert "Helo, dyma linell ar alwad MIST Torfaen" in stranger.heard()
    assert "Hello, this is the on-call line of MIST Torfaen" in stranger.heard()
    all_forget(world)


def test_who_waits_hears_short_changing_words_and_is_never_long_in_silence(world: World) -> None:
    world.staff("sam").handset.call_persona = NEVER_ANSWERS
    price = world.contact("price")
    price.rings_the_line()
    world.pass_time(seconds=80)
    heard = price.handset.heard
    assert len({said.text for said in heard}) > 4
    gaps = [later.at - said.until for said, later in pairwise(heard)]
    assert max(gap.total_seconds() for gap in gaps) <= 7
    all_forget(world)


STAYS = [(first, second, True) for first in OUTCOMES for second in OUTCOMES]
LEAVES = [(first, NEVER_ANSWERS, False) for first in OUTCOMES]  # the second group is never rung then


@pytest.mark.parametrize(("first", "second", "stays"), [*STAYS, *LEAVES], ids=_named)
def test_every_outcome_of_two_groups(world: World, first: CallPersona, second: CallPersona, stays: bool) -> None:
    """L1, L4, L5, L7: whatever becomes of each ring, the caller talks to a person or has a promise in time."""
    reload(world, TWO_GROUPS)
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    sam.handset.call_persona, eli.handset.call_persona = first, second
    price.rings_the_line()
    if not stays:
        price.hangs_up()
    world.pass_time(seconds=32)
    taker = sam if first is TAKES else eli if second is TAKES else None
    incident = world.incidents()[0]
    if not stays:
        assert incident.contacted_at is None
        assert escalation(world).due_at is not None
    elif taker is not None:
        assert price.is_with(taker)
        assert (incident.status, incident.contacted_at is not None) == ("acknowledged", True)
    else:
        assert "someone will ring you back" in price.heard()
        assert (incident.status, escalation(world).due_at is not None) == ("open", True)
    all_forget(world)
