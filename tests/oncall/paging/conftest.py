"""A stage for the outbox, on each kind of database."""

from pathlib import Path

import pytest

from oncall.clock import ManualClock
from oncall.db.database import Database
from tests.oncall.paging.outgoing import Stage


@pytest.fixture
def stage(database: Database, clock: ManualClock, tmp_path: Path) -> Stage:
    return Stage(database, clock, tmp_path)
