"""One's own next shift moves: a load of the file tells of it once; time, and what a change told of already, do not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall.clock import ManualClock
from oncall.paging.shifts.confidence.moving import see_to_moves
from oncall.people.queries import practitioner_by_slug, team_by_slug
from oncall.rotas.changes.asking import give_override
from oncall.rotas.changes.doing import Doing
from oncall.rotas.changes.laying.pieces import Stretch
from oncall.rotas.confidence.turns import turns_between
from tests.databases import copy_of
from tests.journeys.conftest import TEAM
from tests.journeys.telling import reload
from tests.journeys.world import World, new_world

TURNING = TEAM.replace(
    'people: [sam], turn: {every: 1, unit: week, at: "17:00"',
    'people: [sam, eli], turn: {every: 1, unit: day, at: "03:00"',
)
LATER = TURNING.replace('at: "03:00"', 'at: "05:00"')


@pytest.fixture
def turning(sqlite_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    """Eli has duty until 03:00, then Sam, then Eli."""
    with new_world(copy_of(sqlite_template, tmp_path), clock, tmp_path, TURNING) as world:
        yield world
        world.check_nothing_unexpected()


def test_a_load_that_moves_shifts_is_told_once_and_time_is_not(turning: World) -> None:
    world, sam, eli = turning, turning.staff("sam"), turning.staff("eli")
    for _ in range(30):  # more than a day goes by
        _looks(world)
        world.jump(hours=1)
    reload(world, LATER)
    _looks(world, times=2)
    sam.hears("Your next shift has moved. It was duty Mon 16 Mar 03:00", "It is now duty Mon 16 Mar 05:00")
    eli.hears("Your next shift has moved. It was duty Tue 17 Mar 03:00", "It is now duty Tue 17 Mar 05:00")
    reload(world, TEAM)
    _looks(world, times=2)
    eli.hears("is no longer yours")
    sam.hears_nothing()  # Sam holds it all from now on, the next shift as before among it


def test_what_a_change_moves_is_told_by_the_change(turning: World) -> None:
    world = turning
    _looks(world)
    with world.house.database.transaction() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        nia, huw = (practitioner_by_slug(session, team=team, slug=slug) for slug in ("nia", "huw"))
        assert nia is not None
        assert huw is not None
        at = world.clock.now()
        first = turns_between(session, team, start=at, end=at.replace(day=at.day + 1))[0]
        doing = Doing(by=huw, person=nia, at=at, why="a swap", allows=True)
        give_override(session, team, Stretch(first.tier, first.start, first.end), doing)
    _looks(world, times=2)


def _looks(world: World, *, times: int = 1) -> None:
    for _ in range(times):
        with world.house.database.transaction() as session:
            team = team_by_slug(session, slug="torfaen")
            assert team is not None
            see_to_moves(session, team, at=world.clock.now())
        world.pass_time(seconds=6)
