"""The handover of a duty, told as stories: what is open, a test call, and who hears of one that nobody answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall.clock import ManualClock
from oncall.paging.shifts.watch import watch
from tests.databases import copy_of
from tests.journeys.conftest import TEAM
from tests.journeys.scenes import change, paged
from tests.journeys.world import World, new_world

TURNING = TEAM.replace(
    'people: [sam], turn: {every: 1, unit: week, at: "17:00"',
    'people: [sam, eli], turn: {every: 1, unit: day, at: "03:00"',
).replace("escalation:", "  confidence: {ask: off}\nescalation:", 1)


@pytest.fixture
def turning(sqlite_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    """Eli has duty until 03:00, then Sam."""
    with new_world(copy_of(sqlite_template, tmp_path), clock, tmp_path, TURNING) as world:
        yield world
        world.check_nothing_unexpected()


def test_both_hear_what_is_open_and_a_key_answers_the_test_call(turning: World) -> None:
    world, sam, eli = turning, turning.staff("sam"), turning.staff("eli")
    price = world.contact("price")
    ref = paged(world, price, to="eli")
    eli.replies("1")
    price.hears("Eli Morgan")
    eli.hears(f"You have {ref}")
    eli.replies("I am with you")
    price.hears("I am with you")
    _until(world, 2, 59)
    _looks(world)
    sam.hears_nothing()
    _until(world, 3, 0)
    _looks(world)
    _looks(world)
    assert sam.hears() == f"You are now on duty. Open: {ref} urgent."
    assert eli.hears() == f"You are off duty, thank you. Sam Rees has it now. Open: {ref} urgent."
    assert sam.rings
    sam.picks_up_and_presses("1")
    assert "This is the test call at the start of your duty" in sam.heard()
    assert "Your phone works" in sam.heard()
    world.pass_time(minutes=20)
    _looks(world)
    assert sam.is_silent()


def test_a_test_call_nobody_answers_is_repeated_once_and_told_to_leads_once(turning: World) -> None:
    world, sam, eli = turning, turning.staff("sam"), turning.staff("eli")
    _until(world, 3, 0)
    rang = 0
    for _ in range(34):
        _looks(world)
        was = sam.rings
        world.pass_time(seconds=25)
        rang += was and not sam.rings
    sam.hears("You are now on duty. Nothing is open.")
    eli.hears("You are off duty")
    assert rang == 2
    for lead in ("huw", "carys"):
        world.staff(lead).hears("Sam Rees is on duty and has not answered the test call")


def test_somebody_who_stopped_our_texts_comes_on_duty_and_leads_hear_at_once(turning: World) -> None:
    world, eli = turning, turning.staff("eli")
    change(world, "sam", opted_out_at=world.clock.now())
    _until(world, 3, 0)
    _looks(world)
    for lead in ("huw", "carys"):
        world.staff(lead).hears("Sam Rees is on duty now and has blocked texts from this line (STOP)")
    eli.hears("You are off duty")
    assert "on_duty_unreachable" in world.alarms()
    assert world.staff("sam").rings, "the test call is placed all the same"


def _until(world: World, hour: int, minute: int) -> None:
    now = world.clock.now()
    world.pass_time(seconds=(hour - now.hour) * 3600 + (minute - now.minute) * 60 - now.second)


def _looks(world: World) -> None:
    watch(world.house.database, world.clock)
    world.pass_time(seconds=3)
