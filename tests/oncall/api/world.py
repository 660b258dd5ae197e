"""What the API's tests stand on: a client without a network, and two teams with a few incidents."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.incidents.actions import open_incident, record
from oncall.incidents.models import Incident
from oncall.incidents.queries import by_ref
from oncall.paging.escalation import begin
from oncall.people.models import Contact, Practitioner, Team, YoungPerson
from oncall.rotas.models import RotaVersion
from tests.databases import KEYRING

CARER = "+447700900101"
ALL_HOURS = {
    "layer": "All hours",
    "people": ["eli"],
    "turn": {"every": 1, "unit": "day", "at": "17:00", "starts": "2026-01-05"},
}
MONDAYS = [{"days": ["mon"], "from": "09:00", "to": "17:00"}]


class InProcess(httpx.BaseTransport):
    """Hands requests to an application of ours, each in an event loop of its own."""

    def __init__(self, app: FastAPI, *, raises: bool = True) -> None:
        self._inside = httpx.ASGITransport(app, raise_app_exceptions=raises)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inside.handle_async_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


@contextmanager
def counting(database: Database, asked: list[str]) -> Iterator[None]:
    """Notes every statement the database's engines are sent."""

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        asked.append(statement)

    engines = {database._reader, database._writer}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


class World:
    """Torfaen and Gwent, with the same slugs and the same carer's number in both."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.database = database
        self.clock = clock
        with database.transaction() as session:
            for slug, number in (("torfaen", "+447700900000"), ("gwent", "+447700900500")):
                add_team(session, slug, number, clock)

    def token(self, team: str, scope: Scope) -> str:
        with self.database.transaction() as session:
            return create_token(session, team_named(session, team), scope=scope, name="test", at=self.clock.now())

    def incident(self, text: str = "K won't settle", *, team: str = "torfaen", after: timedelta | None = None) -> str:
        """The ref of a new incident of the carer's, opened a while after the last thing that happened."""
        self.clock.move(after or timedelta(minutes=1))
        with self.database.transaction() as session:
            return open_one(session, team_named(session, team), text, clock=self.clock).ref

    def change(self, ref: str, *, team: str = "torfaen", **values: Any) -> None:
        """Sets the incident's columns, past every rule."""
        with self.database.transaction() as session:
            incident = by_ref(session, team_id=team_named(session, team).id, ref=ref)
            for name, value in values.items():
                setattr(incident, name, value)


def team_named(session: Session, slug: str) -> Team:
    return session.scalars(select(Team).where(Team.slug == slug)).one()


def add_team(session: Session, slug: str, number: str, clock: ManualClock) -> Team:
    now = clock.now()
    team = Team(
        slug=slug,
        name=f"MIST {slug.title()}",
        time_zone="Europe/London",
        languages=["cy", "en"],
        number=number,
        number_index=KEYRING.index(number),
        staff_meeting={"day": "monday", "time": "09:30", "publish": "09:00"},
        escalation={
            severity: {"contact_within": "15m", "steps": [{"page": ["duty"], "by": ["text"], "wait": "3m"}]}
            for severity in ("emergency", "urgent", "concern", "routine")
        },
        voice={},
        created_at=now,
        loaded_at=now,
    )
    session.add(team)
    session.flush()
    _add_people(session, team)
    tiers = {"duty": [{**ALL_HOURS, "people": ["sam", "eli"]}], "backup": [{**ALL_HOURS, "cover": MONDAYS}]}
    session.add(RotaVersion(team_id=team.id, tiers=tiers, in_force_at=now))
    session.flush()
    return team


def _add_people(session: Session, team: Team) -> None:
    for position, name in enumerate(("Sam Rees", "Eli Morgan", "Gwen Hall")):
        session.add(
            Practitioner(
                team_id=team.id,
                slug=name.split()[0].lower(),
                role="lead_practitioner",
                name=name,
                languages=["en"],
                mobile=f"+44770090000{position}",
                mobile_index=KEYRING.index(f"+44770090000{position}"),
                position=position,
                is_active=name != "Gwen Hall",
            )
        )
    session.add(YoungPerson(team_id=team.id, slug="yp-07", known_as="K", born="2012-05-01", position=0))
    session.add(
        Contact(
            team_id=team.id,
            slug="price",
            kind="foster_carer",
            name="Jane Price",
            language="cy",
            cares_for=["yp-07"],
            prefers=[],
            position=0,
        )
    )


def open_one(session: Session, team: Team, text: str, *, clock: ManualClock) -> Incident:
    contact = session.scalars(select(Contact).where(Contact.team_id == team.id)).one()
    child = session.scalars(select(YoungPerson).where(YoungPerson.team_id == team.id)).one()
    incident = open_incident(
        session,
        team,
        at=clock.now(),
        follows=None,
        channel="sms",
        severity="urgent",
        contact_id=contact.id,
        young_person_id=child.id,
        phone=CARER,
        phone_index=KEYRING.index(CARER),
    )
    record(session, incident, at=clock.now(), kind="received", by="caller", detail=text)
    begin(session, team, incident, at=clock.now())
    return incident
