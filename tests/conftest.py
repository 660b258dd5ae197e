"""What every test may ask for: a fresh database of either kind, and a clock that stands still."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oncall.clock import ManualClock
from oncall.db.database import Database
from tests import postgresql
from tests.databases import KEYRING, Postgres, build_file, copy_of

START = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)  # a Saturday, two at night


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "oncall.db"
    build_file(path)
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    if postgresql.binaries() is None and not os.environ.get("ONCALL_REQUIRE_PG"):
        pytest.skip("no PostgreSQL binaries on this machine: install the test extra, or set PGBIN")
    with postgresql.server() as url:
        running = Postgres(url)
        yield running
        running.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database: each test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        yield copy_of(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    with request.getfixturevalue("postgres").fresh() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url, KEYRING)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)
