"""What the tests of rotas ask for: a session in a transaction, and a loaded team."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from oncall.db.database import Database
from oncall.people.actions import load_people
from oncall.people.models import Team
from oncall.rotas.actions import load_rota
from tests.oncall.rotas.files import team_file

Load = Callable[..., Team]


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def load(session: Session) -> Load:
    """Loads a team with a rota, at an instant."""

    def loaded(rota: str, *, at: str = "2026-01-01T00:00", **team: str | int) -> Team:
        file = team_file(rota, **team)  # type: ignore[arg-type]
        begins = datetime.fromisoformat(at).replace(tzinfo=UTC)
        found = load_people(session, file, at=begins)
        load_rota(session, found, file.rota, at=begins)
        return found

    return loaded
