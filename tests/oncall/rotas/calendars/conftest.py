"""A team with a rota, the addresses of its calendars, and what is read there, on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.people.actions import load_people
from oncall.people.models import Team
from oncall.people.queries import team_by_slug
from oncall.rotas import answers
from oncall.rotas.actions import load_rota
from oncall.rotas.calendars.actions import create_feed
from oncall.rotas.calendars.publishing import Published, read_calendar
from rota.resolve import Shift
from tests.databases import KEYRING
from tests.oncall.rotas.files import EXAMPLE, team_file

NOW = datetime(2026, 10, 21, 12, tzinfo=UTC)  # four days before the clocks go back
PUBLIC = {"public_url": "https://on-call.example"}


@dataclass
class Place:
    """A database with a team, and a clock."""

    database: Database
    clock: ManualClock
    slug: str = "torfaen"

    def load(self, rota: str, *, zone: str = "Europe/London") -> None:
        file = team_file(rota, slug=self.slug, zone=zone, number=len(self.slug))
        with self.database.transaction() as session:
            team = load_people(session, file, at=self.clock.now())
            load_rota(session, team, file.rota, at=self.clock.now())

    def team(self, session: Session) -> Team:
        found = team_by_slug(session, slug=self.slug)
        assert found is not None
        return found

    def address(self, person: str | None = None) -> str:
        """The secret of a new address."""
        with self.database.transaction() as session:
            _, address = create_feed(session, self.team(session), person=person, at=self.clock.now())
        assert address.startswith("https://on-call.example/calendar/")
        return address.removeprefix("https://on-call.example/calendar/").removesuffix(".ics")

    def read(self, secret: str, database: Database | None = None) -> Published:
        found = read_calendar(database or self.database, secret=secret, at=self.clock.now())
        assert found is not None
        return found

    def shown(self) -> dict[str, list[Shift]]:
        """What the resolver says from 31 days back to a year ahead, gaps left out."""
        at = self.clock.now()
        with self.database.reading() as session:
            tiers = answers.show(
                session, self.team(session), start=at - timedelta(days=31), end=at + timedelta(days=366)
            )
        return {tier: [shift for shift in shifts if shift.person] for tier, shifts in tiers.items()}


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    opened = Database(database_url, KEYRING, info=PUBLIC)
    try:
        made = Place(opened, ManualClock(NOW))
        made.load(EXAMPLE)
        yield made
    finally:
        opened.close()
