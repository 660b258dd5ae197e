"""Time that nobody has, told to leads: hourly when it is near, daily when it is not, and never of a full rota."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall.clock import ManualClock
from oncall.paging.shifts.confidence.warning import see_to_gaps
from oncall.people.queries import team_by_slug
from tests.databases import copy_of
from tests.journeys.conftest import TEAM
from tests.journeys.world import World, new_world

LAYER = "{layer: Backup, people: [eli], turn: {every: 1, unit: week, "
GAPPED = TEAM.replace(LAYER, LAYER.replace("turn:", 'cover: [{from: "sat 13:00", to: "sat 12:00"}], turn:'), 1)
GAP = "backup Sat 14 Mar 12:00 to Sat 14 Mar 13:00"
NEXT = "backup Sat 21 Mar 12:00 to Sat 21 Mar 13:00"


@pytest.fixture
def gapped(sqlite_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    """Nobody is backup on Saturdays from 12:00 to 13:00. It is Saturday, 02:00."""
    assert GAPPED != TEAM
    with new_world(copy_of(sqlite_template, tmp_path), clock, tmp_path, GAPPED) as world:
        yield world
        world.check_nothing_unexpected()


def test_a_near_gap_is_told_hourly_and_one_ahead_daily_at_nine(gapped: World) -> None:
    world = gapped
    for _ in range(3):
        _looks(world)
    _told(world, f"Nobody is on duty for: {GAP}; {NEXT}.")
    world.jump(hours=1)
    _looks(world)
    _told(world, GAP)
    world.jump(hours=10)  # past the gap: the next is a week away, and today's nine o'clock is past and not used
    _looks(world)
    _told(world, f"Nobody is on duty for: {NEXT}")
    for _ in range(10):
        world.jump(hours=1)
        _looks(world)
    world.jump(hours=10)
    _looks(world)
    _looks(world)
    _told(world, NEXT)


def test_a_full_rota_warns_nobody(world: World) -> None:
    for _ in range(12):
        _looks(world)
        world.jump(hours=1)


def _told(world: World, words: str) -> None:
    for lead in ("huw", "carys"):
        world.staff(lead).hears(words)


def _looks(world: World) -> None:
    with world.house.database.transaction() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        see_to_gaps(session, team, at=world.clock.now())
    world.pass_time(seconds=6)
