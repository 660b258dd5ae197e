"""An allegation against a member of staff goes to leads only, from the first second, also when they are on duty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall.clock import ManualClock
from oncall.people.severity import Severity
from oncall.risk.suggest import Scan, Suggested
from tests.databases import copy_of
from tests.journeys.conftest import TEAM
from tests.journeys.scenes import taken
from tests.journeys.telling import practitioner
from tests.journeys.world import World, new_world


def meant(text: str) -> Scan:
    """Texts that speak of a push are an allegation against staff."""
    flag = "allegation_staff" if "pushed" in text else "acute_distress"
    return Scan(severity=Severity.URGENT, flags=(Suggested(flag=flag, phrase=text),))


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    with new_world(copy_of(sqlite_template, tmp_path), clock, tmp_path, TEAM, meant) as made:
        yield made
        made.check_nothing_unexpected()


def test_the_practitioner_on_duty_whom_it_names_sees_nothing_of_it(world: World) -> None:
    jane, sam, eli, carys = world.contact("price"), world.staff("sam"), world.staff("eli"), world.staff("carys")
    jane.texts("he says your worker Sam pushed him at the park")
    jane.hears("999")
    ref = carys.hears_page("urgent")
    assert carys.rings
    world.pass_time(minutes=2)
    for kept_out in (sam, eli):
        kept_out.hears_nothing()
        assert kept_out.is_silent()
    sam.replies(f"3 {ref}")
    sam.hears(ref)
    sam.replies(f"1 {ref}")
    assert "pushed" not in sam.hears(ref)
    sam.rings_the_line()
    assert "Jane" not in sam.heard()
    assert " ".join(ref) not in sam.heard()
    sam.hangs_up()
    carys.replies("1")
    jane.hears("Carys")
    carys.hears(f"You have {ref}")
    assert world.incident(ref).restricted == {"named": [str(practitioner(world, "sam").id)], "widened": False}
    for phone in (jane, sam, carys):
        phone.forgets()


def test_words_about_the_holder_go_to_a_lead_and_never_to_the_holder(world: World) -> None:
    jane, sam, carys = world.contact("price"), world.staff("sam"), world.staff("carys")
    old = taken(world, jane, "please ring me")
    jane.texts("it was sam who pushed her")
    new = carys.hears_page("urgent")
    assert new != old
    jane.hears("999")
    sam.hears_nothing()
    assert world.incident(old).restricted is None
    carys.picks_up_and_presses("1")
    jane.texts("are you there")
    carys.hears(f"You have {new}")
    carys.hears("are you there")
    sam.hears_nothing()
    for phone in (jane, sam, carys):
        phone.forgets()


def test_a_lead_who_is_named_is_passed_over_for_another(world: World) -> None:
    jane, carys, huw = world.contact("price"), world.staff("carys"), world.staff("huw")
    jane.texts("Carys pushed him, the boss")
    jane.hears("999")
    ref = huw.hears_page("urgent")
    carys.hears_nothing()
    assert carys.is_silent()
    huw.picks_up_and_presses("1")
    for phone in (jane, huw):
        phone.forgets()
    assert world.incident(ref).holder_id == practitioner(world, "huw").id
