"""What a text may mean drives how fast people are paged; a later text can raise it, only a person lowers it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall.clock import ManualClock
from oncall.incidents.queries import flags
from oncall.people.severity import Severity
from oncall.risk.guarding import NotAssessed
from oncall.risk.suggest import Scan, Suggested
from tests.databases import copy_of
from tests.journeys.conftest import TEAM
from tests.journeys.world import World, new_world

MEANT = {
    "what time is supervision": (Severity.ROUTINE, "admin"),
    "she cant settle": (Severity.CONCERN, "acute_distress"),
    "shes took the tablets": (Severity.EMERGENCY, "overdose_ingestion"),
}


def meant(text: str) -> Scan:
    """What these few sentences mean; anything else breaks it."""
    if text not in MEANT:
        raise NotAssessed
    severity, flag = MEANT[text]
    return Scan(severity=severity, flags=(Suggested(flag=flag, phrase=text.rsplit(maxsplit=1)[-1]),))


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    with new_world(copy_of(sqlite_template, tmp_path), clock, tmp_path, TEAM, meant) as made:
        yield made
        made.check_nothing_unexpected()


def test_a_routine_text_reaches_a_person_and_rings_no_phone(world: World) -> None:
    jane, sam = world.contact("price"), world.staff("sam")
    jane.texts("what time is supervision")
    jane.hears("999")
    ref = sam.hears_page("routine")
    world.pass_time(minutes=20)
    assert sam.is_silent()
    with world.house.database.reading() as session:
        found = [(one.flag, one.state, one.phrase) for one in flags(session, world.incident(ref).id)]
    assert found == [("admin", "suggested", "supervision")]


def test_a_rise_pages_from_the_first_step_of_the_new_severity(world: World) -> None:
    jane, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    jane.texts("she cant settle")
    jane.hears("999")
    ref = sam.hears_page("concern")
    assert sam.is_silent()
    jane.texts("shes took the tablets")
    assert sam.hears_page("emergency") == ref
    assert eli.hears_page("emergency") == ref
    assert sam.rings
    assert eli.rings
    sam.picks_up_and_presses("1")
    for phone in (
        jane,
        sam,
        eli,
    ):
        phone.forgets()
    assert world.incident(ref).severity == "emergency"


def test_a_rise_pages_the_holder_again_and_a_calmer_text_lowers_nothing(world: World) -> None:
    jane, sam = world.contact("price"), world.staff("sam")
    jane.texts("she cant settle")
    jane.hears("999")
    ref = sam.hears_page("concern")
    sam.replies("1")
    jane.hears("Sam")
    sam.hears(f"You have {ref}")
    jane.texts("shes took the tablets")
    sam.hears("emergency", ref)
    sam.hears("shes took the tablets")
    assert sam.rings
    jane.texts("what time is supervision")
    sam.hears("supervision")
    assert world.incident(ref).severity == "emergency"
    for phone in (
        jane,
        sam,
    ):
        phone.forgets()


def test_a_text_that_could_not_be_assessed_is_urgent_and_somebody_is_told(world: World) -> None:
    jane, sam = world.contact("price"), world.staff("sam")
    jane.texts("mumble")
    jane.hears("999")
    ref = sam.hears_page("urgent")
    assert world.alarms() == {"suggester_failed"}
    assert "It is treated as urgent." in " ".join(world.record_of(ref))
    for phone in (
        jane,
        sam,
    ):
        phone.forgets()
    assert world.incident(ref).severity == "urgent"
