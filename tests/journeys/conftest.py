"""A world for each story, on SQLite or on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall.clock import ManualClock
from tests.databases import copy_of
from tests.journeys.world import World, new_world

TEAM = (Path(__file__).parent / "team.yaml").read_text()


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    """A world on the embedded database."""
    with new_world(copy_of(sqlite_template, tmp_path), clock, tmp_path, TEAM) as made:
        yield made
        made.check_nothing_unexpected()


@pytest.fixture
def either_world(database_url: str, tmp_path: Path, clock: ManualClock) -> Iterator[World]:
    """A world, once on each kind of database."""
    with new_world(database_url, clock, tmp_path, TEAM) as made:
        yield made
        made.check_nothing_unexpected()
