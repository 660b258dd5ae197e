"""What only a real account can settle about the network, both ways: each time the line is safe."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from oncall import wiring
from oncall.clock import ManualClock
from oncall.lab.exchange.exchange import Settings
from oncall.lab.exchange.personas import HANGS_UP, NEVER_ANSWERS, VOICEMAIL, CallPersona
from oncall.lab.webhooks.mischief import Mischief
from tests.databases import copy_of
from tests.journeys.outage import company, service
from tests.journeys.scenes import all_forget
from tests.journeys.world import World
from tests.oncall.paging.outage.standing_by import CARYS, ELI, FILE, LINE, SAM

CARER = "+447700900101"
OF_A_CALL = {
    "a hang-up asks nothing more": Settings(acts_on_hanging_up=False),
    "one left alone hears music again": Settings(music_when_alone=True),
    "both, and files come late from elsewhere": Settings(
        acts_on_hanging_up=False,
        music_when_alone=True,
        redirects_media=True,
        recordings_ready_after=timedelta(seconds=40),
        calls_per_second=50.0,
    ),
}
"""The other readings are every other story's."""
OF_THE_FALLBACK = {
    "as it is mostly read": Settings(),
    "one who declines ends the turn or not": Settings(rings_on_after_declining=True),
    "declining counts as no answer": Settings(declined_counts_as="no-answer"),
    "nothing is said of a bridge": Settings(says_if_not_joined=False),
    "unanswered is no-answer": Settings(unanswered_end_as="no-answer"),
    "all of it": Settings(
        rings_on_after_declining=True,
        declined_counts_as="no-answer",
        says_if_not_joined=False,
        unanswered_end_as="no-answer",
        acts_on_hanging_up=False,
    ),
}


@pytest.mark.parametrize("settings", OF_A_CALL.values(), ids=OF_A_CALL)
def test_a_call_with_all_its_partings(world: World, settings: Settings) -> None:
    """Taken, left by the practitioner, gone back to, left by the caller, rung back, ended; nobody is ever cut off."""
    world.lab.settings = replace(settings)
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    ref = sam.hears_page()
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    sam.hangs_up()
    world.pass_time(seconds=8)
    assert "Sam Rees is no longer on the line." in price.heard()
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=8)
    assert price.is_with(sam)
    price.hangs_up()
    world.pass_time(seconds=8)
    assert "Jane Price is no longer on the line." in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=4)
    price.answers()
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    assert world.incident(ref).contacted_at is not None
    price.hangs_up()
    world.pass_time(seconds=3)
    sam.hangs_up()
    world.pass_time(minutes=16)
    assert world.alarms() == set()
    assert price.is_silent()
    assert sam.is_silent()


@pytest.mark.parametrize("settings", list(OF_A_CALL.values())[::2], ids=list(OF_A_CALL)[::2])
def test_a_message_is_kept_and_a_caller_who_hangs_up_is_paged_for(world: World, settings: Settings) -> None:
    world.lab.settings = replace(settings)
    price = world.contact("price")
    price.rings_the_line()
    world.pass_time(seconds=10)
    price.presses("*")
    world.pass_time(seconds=10)
    assert "Someone will ring you back" in price.heard()
    price.handset.says("Please ring me, it is not good")
    world.pass_time(seconds=4)
    price.hangs_up()
    world.pass_time(minutes=2)
    incident = world.incidents()[0]
    assert incident.status == "open"
    assert "message: The caller left a message." in world.record_of(incident.ref)
    assert world.lab.recordings == []
    all_forget(world)


@pytest.mark.parametrize(
    ("settings", "persona"),
    [*((settings, VOICEMAIL) for settings in OF_THE_FALLBACK.values()), (OF_THE_FALLBACK["all of it"], HANGS_UP)],
    ids=[*OF_THE_FALLBACK, "all of it, and a hang-up"],
)
def test_with_the_service_gone_the_caller_reaches_the_next_whatever_declining_counts_as(
    settings: Settings, persona: CallPersona, clock: ManualClock, sqlite_template: Path, tmp_path: Path
) -> None:
    """L1: who answers without a key is nobody."""
    with company(clock) as there, service(there, copy_of(sqlite_template, tmp_path), tmp_path, FILE) as running:
        there.lab.settings = replace(settings)
        wiring.open_standby(running.house).look()
        running.is_gone()
        carer, backup = there.phone(CARER), there.phone(ELI)
        there.phone(SAM).call_persona = persona
        there.phone(CARYS).call_persona = NEVER_ANSWERS
        carer.dials(LINE)
        for _ in range(60):
            if backup.current_call is not None and backup.current_call.status == "ringing":
                break
            there.pass_time(seconds=2)
        assert SAM not in carer.hears
        backup.answer()
        there.pass_time(seconds=2)
        backup.press("1")
        there.pass_time(seconds=1)
        assert carer.hears == {ELI}


def test_a_prompt_of_ours_that_is_lost_never_joins_a_phone_to_a_caller(world: World) -> None:
    """A practitioner's phone is a call of its own: where its document cannot be had it ends, and no one is bridged."""
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    sam.hears_page()
    world.lab.mischief("twiml", Mischief(drop=True), times=1)
    sam.answers()
    world.pass_time(seconds=4)
    assert not price.is_with(sam)
    assert world.incidents()[0].status == "open"
    sam.hangs_up()
    world.pass_time(seconds=4)
    all_forget(world)
