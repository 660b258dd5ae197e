"""The migrations: one line from nothing to the models, up and down, on both databases; and what is refused."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, String, Table, inspect, text

from oncall.db import migrations
from oncall.db.database import Database
from oncall.schema import METADATA
from tests.databases import KEYRING, Postgres

SCRIPTS = ScriptDirectory.from_config(migrations.config())
LINE = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
"""Every revision, oldest first."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    with postgres.fresh("template0") as url:
        yield url


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    opened = Database(empty_url, KEYRING)
    yield opened
    opened.close()


def differences(database: Database, models: MetaData) -> list[object]:
    """What would have to change for the schema to be as the models say."""
    with database.connection() as connection:
        found: list[object] = compare_metadata(MigrationContext.configure(connection), models)
        return found


def tables(database: Database) -> set[str]:
    """The tables that are there."""
    with database.connection() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_there_is_one_line_with_dated_names() -> None:
    assert len(SCRIPTS.get_heads()) == 1
    assert len(SCRIPTS.get_bases()) == 1
    for script in SCRIPTS.walk_revisions():
        assert re.fullmatch(r"20\d{6}_[a-z_]+", script.revision)
        assert Path(script.path).stem == script.revision
        assert script.doc
    assert sorted(LINE, key=lambda name: name.split("_")[0]) == LINE


def test_the_migrations_lead_to_the_models(database: Database) -> None:
    assert differences(database, METADATA) == []
    assert tables(database) == set(METADATA.tables)


def test_a_model_without_its_migration_is_found(database: Database) -> None:
    planted = MetaData()
    for table in METADATA.tables.values():
        table.to_metadata(planted)
    planted.tables["teams"].append_column(Column("motto", String))
    Table("pigeons", planted, Column("id", String, primary_key=True))
    assert len(differences(database, planted)) == 2


def test_each_step_leads_up_and_down(empty: Database) -> None:
    before: set[str] = set()
    for revision in LINE:
        migrations.upgrade(empty, to=revision)
        assert migrations.revision(empty) == revision
        there = tables(empty)
        migrations.downgrade(empty, to="-1")
        assert tables(empty) == before
        migrations.upgrade(empty, to=revision)
        assert tables(empty) == there
        before = there
    assert migrations.is_current(empty)
    migrations.downgrade(empty, to="base")
    assert tables(empty) == set()
    assert migrations.revision(empty) is None


def test_an_empty_database_is_built_and_a_current_one_left_alone(empty: Database) -> None:
    assert not migrations.is_current(empty)
    migrations.ready(empty)
    assert migrations.is_current(empty)
    with empty.connection() as connection:
        connection.execute(text("CREATE TABLE kept (id INTEGER)"))
    migrations.ready(empty)
    assert "kept" in tables(empty)


def test_an_older_database_is_refused_and_the_way_on_is_named(empty: Database) -> None:
    if len(LINE) == 1:
        pytest.skip("there is only one migration so far; a real process is shown to refuse in the tests of serve")
    migrations.upgrade(empty, to=LINE[-2])
    with pytest.raises(migrations.OutdatedDatabase, match="oncall migrate"):
        migrations.ready(empty)
    migrations.upgrade(empty)
    migrations.ready(empty)


def test_a_database_of_somebody_else_or_of_a_newer_version_is_not_touched(empty: Database) -> None:
    with empty.connection() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(migrations.UnknownDatabase):
        migrations.ready(empty)
    assert tables(empty) == {"theirs"}
    with empty.connection() as connection:
        connection.execute(text("DROP TABLE theirs"))
    migrations.ready(empty)
    with empty.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '20991231_next'"))
    with pytest.raises(migrations.UnknownDatabase):
        migrations.ready(empty)


def test_processes_that_start_at_once_build_it_once(empty_url: str) -> None:
    starting = [Database(empty_url, KEYRING) for _ in range(4)]
    with ThreadPoolExecutor(len(starting)) as processes:
        for built in [processes.submit(migrations.ready, database) for database in starting]:
            built.result()
    assert all(migrations.is_current(database) for database in starting)
    for database in starting:
        database.close()
