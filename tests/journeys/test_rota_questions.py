"""The question a day before a shift, told as stories: answered, not answered, and never mistaken for a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall.clock import ManualClock
from oncall.paging.shifts.confidence.asking import see_to_questions
from oncall.people.queries import team_by_slug
from tests.databases import copy_of
from tests.journeys.conftest import TEAM
from tests.journeys.scenes import closed, paged, taken
from tests.journeys.world import Phone, World, new_world

TURNING = TEAM.replace(
    'people: [sam], turn: {every: 1, unit: week, at: "17:00"',
    'people: [sam, eli], turn: {every: 1, unit: day, at: "03:00"',
)
ELIS = "duty Sun 15 Mar 03:00 to Mon 16 Mar 03:00"


@pytest.fixture
def turning(sqlite_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    """Eli has duty until 03:00, then Sam, then Eli."""
    with new_world(copy_of(sqlite_template, tmp_path), clock, tmp_path, TURNING) as world:
        world.pass_time(minutes=61)
        yield world
        world.check_nothing_unexpected()


def test_a_shift_is_asked_after_once_and_yes_may_become_no_which_asks_for_cover(turning: World) -> None:
    world, eli = turning, turning.staff("eli")
    _looks(world, twice=True)
    eli.hears_exactly(f"Can you still do {ELIS}? Reply 1 if you can, 2 if you cannot.")
    eli.replies("1")
    eli.hears(f"you can do {ELIS}")
    eli.replies("2")
    eli.hears(f"you cannot do {ELIS}")
    for lead in ("huw", "carys"):
        world.staff(lead).hears(f"Eli Morgan cannot do {ELIS}")
    asked = [phone for phone in _staff(world) if phone.unseen()]
    assert asked, "colleagues are asked to cover it"
    for phone in asked:
        phone.hears("Eli Morgan", "COVER" if "COVER" in phone.unseen()[0] else "CYFLENWI")
    eli.replies("2")
    eli.hears("Nothing is open for you")


def test_an_answer_belongs_to_a_page_while_one_is_open_or_held_and_after_one_the_question_is_asked_again(
    turning: World,
) -> None:
    world, eli, price = turning, turning.staff("eli"), turning.contact("price")
    _looks(world)
    eli.hears("Can you still do")
    ref = paged(world, price)
    world.staff("sam").replies("2")
    world.staff("sam").hears(f"{ref} is passed on")
    assert eli.hears_page() == ref
    eli.replies("1")
    price.hears("Eli Morgan")
    eli.hears(f"You have {ref}")
    eli.replies("2")
    eli.hears(f"{ref} is passed on")
    eli.replies("1 " + ref)
    price.forgets()
    eli.forgets()
    closed(world, ref, by="eli")
    for phone in _staff(world):
        phone.forgets()
    eli.replies("2")
    eli.hears(f"{ref} is closed")
    eli.hears(f"Can you still do {ELIS}?")
    eli.replies("1")
    eli.hears(f"you can do {ELIS}")


def test_no_answer_is_told_to_leads_four_hours_before_once(turning: World) -> None:
    world = turning
    _looks(world)
    world.staff("eli").hears("Can you still do")
    world.jump(hours=19)
    _looks(world)
    world.jump(hours=1)
    _looks(world, twice=True)
    for lead in ("huw", "carys"):
        world.staff(lead).hears(f"Eli Morgan has not said whether they can do {ELIS}")


def test_a_team_may_switch_it_off(sqlite_template: Path, tmp_path: Path, clock: ManualClock) -> None:
    off = TURNING.replace("escalation:", "  confidence: {ask: off}\nescalation:", 1)
    with new_world(copy_of(sqlite_template, tmp_path), clock, tmp_path, off) as world:
        _looks(world)
        taken(world, world.contact("price"), by="eli")
        world.check_nothing_unexpected()


def _staff(world: World) -> list[Phone]:
    return [world.staff(slug) for slug in ("sam", "eli", "carys", "huw", "nia")]


def _looks(world: World, *, twice: bool = False) -> None:
    for _ in range(2 if twice else 1):
        with world.house.database.transaction() as session:
            team = team_by_slug(session, slug="torfaen")
            assert team is not None
            see_to_questions(session, team, at=world.clock.now())
    world.pass_time(seconds=6)


def test_who_and_rota_are_answered_by_text_also_to_somebody_who_holds_an_incident(turning: World) -> None:
    world, sam, nia = turning, turning.staff("sam"), turning.staff("nia")
    sam.replies("WHO")
    sam.hears("On call now: duty Sam Rees until Sun 15 Mar 03:00; backup Eli Morgan", "manager Carys Bevan")
    sam.replies("rota")
    sam.hears(
        "Your shifts: duty now until Sun 15 Mar 03:00; duty Mon 16 Mar 03:00 to Tue 17 Mar 03:00; duty Wed 18 Mar"
    )
    nia.replies("PWY")
    nia.hears("Ar alwad nawr: duty Sam Rees tan Sul 15 Maw 03:00")
    nia.replies("Rota")
    nia.hears("Nid ydych ar y rota")
    taken(world, world.contact("price"))
    sam.replies("who")
    sam.hears("On call now")
    sam.replies("who is with her?")
    world.contact("price").hears("who is with her?")
