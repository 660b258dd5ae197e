"""Builds the schema of an empty database, brings an older one up to date, and says which of the two is needed.

Two processes that start at once on one PostgreSQL wait for each other.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from oncall.db.database import Database
from oncall.errors import OnCallError

LOCK = 7_020_260_105  # any number, the same in every process of ours


class OutdatedDatabase(OnCallError):
    """The database's schema is older than this version. Run `oncall migrate`, then start again."""


class UnknownDatabase(OnCallError):
    """The database was written by a newer version, or is not one of ours."""


def _scripts() -> Path:
    packaged = Path(__file__).parent.parent / "_alembic"
    return packaged if packaged.exists() else Path(__file__).parent.parent.parent / "alembic"


def config() -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", str(_scripts()))
    return made


def newest() -> str:
    """The newest revision this version knows."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def revision(database: Database) -> str | None:
    """The revision the database is at; None when it is empty. Raises UnknownDatabase."""
    with database.connection() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        if at is None and set(inspect(connection).get_table_names()) - {"alembic_version"}:
            raise UnknownDatabase
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if at is not None and at not in known:
        raise UnknownDatabase
    return at


def upgrade(database: Database, *, to: str = "head") -> None:
    """Brings the database to a revision, the newest by default."""
    with database.connection() as connection:
        if not database.is_embedded:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, to)


def downgrade(database: Database, *, to: str) -> None:
    """Takes the database back to an older revision."""
    with database.connection() as connection:
        made = config()
        made.attributes["connection"] = connection
        command.downgrade(made, to)


def ready(database: Database) -> None:
    """Builds an empty database and leaves a current one alone. Raises OutdatedDatabase, UnknownDatabase."""
    at = revision(database)
    if at is None:
        upgrade(database)
    elif at != newest():
        raise OutdatedDatabase


def is_current(database: Database) -> bool:
    """Whether the database is at the newest revision."""
    return revision(database) == newest()
