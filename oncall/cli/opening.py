"""Opens the database for a command: built if it is empty, refused if it is outdated."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from oncall import wiring
from oncall.db import migrations
from oncall.db.database import Database
from oncall.errors import NotFound
from oncall.people.models import Team
from oncall.people.queries import team_by_slug
from oncall.settings import Settings, read

DEMO_KEY = "demo-key"


class NoSuchTeam(NotFound):
    """There is no such team."""


def settings() -> Settings:
    """The settings; without ONCALL_SECRET_KEY, the key that a demo left in the data dir is used. Raises BadSettings."""
    found = read()
    if found.secret_key is None and (key := demo_key(found.data_dir)):
        return read(secret_key=key)
    return found


def demo_key(data_dir: Path) -> str | None:
    """The key a demo made itself in its data dir."""
    path = data_dir / DEMO_KEY
    return path.read_text().strip() if path.exists() else None


def open_database(found: Settings) -> Database:
    """The database, ready for use. Raises MissingSettings, OutdatedDatabase, UnknownDatabase."""
    database = wiring.open_database(found)
    try:
        migrations.ready(database)
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def opened() -> Iterator[Database]:
    """The database of the settings while a command runs."""
    database = open_database(settings())
    try:
        yield database
    finally:
        database.close()


def team_named(session: Session, slug: str) -> Team:
    """The team of that slug. Raises NoSuchTeam, naming it."""
    team = team_by_slug(session, slug=slug)
    if team is None:
        raise NoSuchTeam(f"There is no team {slug!r}. Load its file first: oncall team load FILE")
    return team
