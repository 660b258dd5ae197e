"""Pages by call: what is said at once, what each key does, and that only a key ever takes anything."""

import pytest

from oncall.lab.exchange import personas
from oncall.lab.exchange.personas import CallPersona
from oncall.lab.webhooks.mischief import Mischief
from tests.journeys.conftest import TEAM
from tests.journeys.telling import lines, picks_up, posts, presses, reload, rows, rung_at
from tests.journeys.world import World

WORDS = "he says he wants to die"


def begun(world: World) -> str:
    """A carer has texted, and Sam's phone rings."""
    world.contact("price").texts(WORDS)
    world.contact("price").hears("999")
    assert world.staff("sam").rings
    return world.staff("sam").hears_page()


def test_it_is_said_at_once_who_rings_and_how_severe_it_is_and_the_words_only_on_3(world: World) -> None:
    """L2: the prompt starts at once and is repeated; any other key asks again."""
    ref, sam = begun(world), world.staff("sam")
    picks_up(sam)
    assert sam.heard().startswith("This is the on-call line of MIST Torfaen. Jane Price has texted. It is urgent.")
    presses(sam, "7")
    assert sam.heard().count("Press 1 to take it") >= 1
    assert "die" not in sam.heard()
    presses(sam, "3")
    world.pass_time(seconds=10)
    assert WORDS in sam.heard()
    assert world.incident(ref).status == "open"
    assert lines(world, ref, "read") == ["Sam Rees was read what the caller wrote."]
    presses(sam, "1")
    world.pass_time(seconds=3)
    assert "You have it" in sam.heard()
    sam.hears(f"You have {ref}")
    world.contact("price").hears("Sam Rees")
    world.pass_time(seconds=30)
    assert sam.heard().count("Press 1 to ring them now, or hang up.") == 3
    assert not sam.rings


def test_the_prompt_begins_as_soon_as_the_phone_is_lifted(world: World) -> None:
    """L2: no silent seconds before the first word."""
    begun(world)
    sam = world.staff("sam")
    lifted_at = world.clock.now()
    sam.answers()
    world.pass_time(seconds=1)
    assert (sam.handset.heard[0].at - lifted_at).total_seconds() < 0.5


def test_2_passes_it_on_at_once(world: World) -> None:
    ref, sam, eli = begun(world), world.staff("sam"), world.staff("eli")
    picks_up(sam)
    presses(sam, "2")
    world.pass_time(seconds=5)
    assert "Passed on" in sam.heard()
    assert eli.hears_page() == ref
    assert eli.rings
    assert rung_at(world, "sam") == rung_at(world, "sam")[:1]


@pytest.mark.parametrize(
    "persona",
    [
        personas.SAYS_NOTHING,
        personas.HANGS_UP,
        personas.VOICEMAIL,
        personas.NEVER_ANSWERS,
        personas.WRONG_KEY,
        personas.BUSY,
    ],
    ids=lambda persona: persona.name,
)
def test_whatever_is_no_key_takes_nothing_and_its_wait_runs_on(world: World, persona: CallPersona) -> None:
    """L1: voicemail, silence, a hang-up are nobody; L18: a call that nobody answered has not failed, it waits."""
    sam, eli = world.staff("sam"), world.staff("eli")
    sam.handset.call_persona = persona
    world.contact("price").texts(WORDS)
    world.contact("price").forgets()
    ref = sam.hears_page()
    world.pass_time(minutes=2, seconds=50)
    eli.hears_nothing()
    assert world.incident(ref).status == "open"
    assert lines(world, ref, "escalated") == []
    assert lines(world, ref, "call_ended")
    world.pass_time(seconds=15)
    assert eli.hears_page() == ref


@pytest.mark.parametrize("persona", [personas.INVALID, personas.DEAD_LINE], ids=lambda persona: persona.name)
def test_a_call_that_cannot_be_put_through_has_failed(world: World, persona: CallPersona) -> None:
    """L4, L18: with its text blocked too, the step passes on at once."""
    sam, eli = world.staff("sam"), world.staff("eli")
    sam.handset.call_persona = persona
    sam.handset.text_persona = personas.undelivered(30003)
    world.contact("price").texts(WORDS)
    world.contact("price").forgets()
    world.pass_time(seconds=20)
    ref = eli.hears_page()
    assert "Sam Rees could not be rung (it could not be delivered now)." in lines(world, ref, "failed")
    assert lines(world, ref, "escalated") == ["Paging step 2: no page arrived."]


def test_ringing_calls_stop_when_somebody_takes_it_and_a_late_answer_hears_who_has_it(world: World) -> None:
    """L7: ringing legs are cancelled; who answers late hears who has it."""
    both = TEAM.replace(
        "[{page: duty, by: [text, call], wait: 3m}", "[{page: [duty, backup, manager], by: [text, call], wait: 3m}"
    )
    reload(world, both)
    price, sam, eli, carys = (world.contact("price"), *map(world.staff, ("sam", "eli", "carys")))
    price.texts(WORDS)
    price.forgets()
    world.pass_time(seconds=3)
    assert sam.rings
    assert eli.rings
    assert carys.rings
    ref = sam.hears_page()
    picks_up(eli)
    sam.replies("1")
    sam.hears(f"You have {ref}")
    assert carys.handset.current_call is None
    assert carys.handset.calls[-1].status == "canceled"
    presses(eli, "1")
    world.pass_time(seconds=5)
    assert "Sam Rees has it already, since 02:00" in eli.heard()
    eli.forgets()
    carys.forgets()
    price.hears("Sam Rees")


def test_a_call_still_on_its_way_to_the_network_is_taken_back_too(world: World) -> None:
    """L7: it waits in the network's queue, and has not begun to ring."""
    world.lab.settings = type(world.lab.settings)(calls_per_second=0.2)
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    reload(
        world,
        TEAM.replace(
            "[{page: duty, by: [text, call], wait: 3m}", "[{page: [duty, backup], by: [text, call], wait: 3m}"
        ),
    )
    price.texts(WORDS)
    price.forgets()
    assert not eli.rings
    sam.hears_page()
    sam.replies("1")
    world.pass_time(seconds=30)
    assert rung_at(world, "eli") == []
    for phone in (price, sam, eli):
        phone.forgets()


def test_whoever_is_on_a_call_of_ours_is_texted_and_not_rung_for_another(world: World) -> None:
    """L12: the person already on a call was rung again."""
    begun(world)
    sam, hughes = world.staff("sam"), world.contact("hughes")
    picks_up(sam)
    hughes.texts("mae angen help")
    hughes.forgets()
    sam.hears("Mair Hughes")
    assert len(posts(world, "/Calls")) == 1
    assert len(sam.handset.calls) == 1


def test_an_answered_call_counts_though_its_status_was_lost(world: World) -> None:
    """L12: the document being asked for says as much as the status that got lost."""
    world.lab.mischief("call-status", Mischief(drop=True), times=20)
    begun(world)
    sam, hughes = world.staff("sam"), world.contact("hughes")
    picks_up(sam)
    hughes.texts("mae angen help")
    hughes.forgets()
    sam.forgets()
    assert len(posts(world, "/Calls")) == 1


def test_a_key_told_twice_is_one_deed(world: World) -> None:
    """L4: a repeated webhook changes nothing and answers the same."""
    ref, sam = begun(world), world.staff("sam")
    picks_up(sam)
    world.lab.mischief("twiml", Mischief(copies=3, together=True))
    presses(sam, "1")
    world.pass_time(seconds=3)
    assert "You have it. Thank you." in sam.heard()
    assert len(lines(world, ref, "acknowledged")) == 1
    sam.hears(f"You have {ref}")
    sam.hears_nothing()
    world.contact("price").hears("Sam Rees")
    assert len(rows(world, "page_call")) == 1
