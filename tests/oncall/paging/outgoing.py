"""What the outbox's tests stand on: a team in a real database, a contact that was paged, and a wire that answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.incidents.models import Incident, TimelineEntry
from oncall.paging.models import Alarm, Outgoing
from oncall.paging.outbox import About, Kind, Letter, ask
from oncall.paging.sending.claims import Job, claim
from oncall.paging.sending.media import MediaStore
from oncall.paging.sending.sender import Sender
from oncall.paging.sending.settling import settle
from oncall.paging.sending.ways import Answer
from oncall.people.actions import load_people
from oncall.people.models import Practitioner, Team
from oncall.people.teamfile import parse
from oncall.rotas.actions import load_rota
from oncall.texts import callers
from oncall.texts.callers import Message
from tests.databases import KEYRING
from tests.journeys.conftest import TEAM
from tests.oncall.telephony.twilio_double import telephony

LINE, CARER = "+447700900000", "+447700900101"


class Network:
    """A handler that accepts whatever is sent, or gives `answers` first, and keeps every request."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        if request.method == "GET":
            return httpx.Response(200, json={"messages" if "Messages" in request.url.path else "calls": []})
        return httpx.Response(201, json={"sid": f"SM{len(self.requests):032x}", "status": "queued"})

    @property
    def posts(self) -> list[httpx.Request]:
        """The requests to send something."""
        return [request for request in self.requests if request.method == "POST"]


class Stage:
    """A team in a database, a clock, and a sender over a network of the test's."""

    def __init__(self, database: Database, clock: ManualClock, folder: Path) -> None:
        self.database, self.clock, self.folder = database, clock, folder
        self.numbers = iter(range(10_000))
        database._info["public_url"] = "https://line.example"
        file = parse(TEAM, today=clock.now().date())
        with database.transaction() as session:
            load_rota(session, load_people(session, file, at=clock.now()), file.rota, at=clock.now())

    def contact(self, sender: str = CARER, body: str = "please ring") -> Incident:
        """A caller's text comes in; its pages are written."""
        with self.database.transaction() as session:
            message = Message(key=f"SM{next(self.numbers):032x}", sender=sender, to=LINE, body=body)
            return callers.receive(session, self.team(session), message, at=self.clock.now())

    def team(self, session: Session) -> Team:
        """The only team."""
        return session.scalars(select(Team)).one()

    def asks(self, kind: Kind, body: str = "words", *, after: Outgoing | None = None) -> Outgoing:
        """A row of a kind to Sam."""
        with self.database.transaction() as session:
            sam = session.scalars(select(Practitioner).where(Practitioner.slug == "sam")).one()
            about = About(team_id=sam.team_id, practitioner=sam, after=after)
            return ask(session, Letter(kind=kind, to=sam.mobile or "", body=body), about, at=self.clock.now())

    def claims(self, limit: int = 100) -> list[Job]:
        """Claims what is due now."""
        with self.database.transaction() as session:
            return claim(session, at=self.clock.now(), limit=limit)

    def settles(self, job: Job, answer: Answer) -> bool:
        """Settles a job with an answer."""
        with self.database.transaction() as session:
            return settle(session, job, answer, at=self.clock.now())

    def row(self, row_id: UUID) -> Outgoing:
        """A row as it stands."""
        with self.database.reading() as session:
            return session.get_one(Outgoing, row_id)

    def rows(self, kind: Kind | None = None) -> Sequence[Outgoing]:
        """The rows (of a kind), oldest first."""
        wanted = select(Outgoing).order_by(Outgoing.id)
        with self.database.reading() as session:
            return session.scalars(wanted if kind is None else wanted.where(Outgoing.kind == kind)).all()

    def record(self, kind: str) -> list[str]:
        """The lines of a kind in every record."""
        with self.database.reading() as session:
            lines = select(TimelineEntry).where(TimelineEntry.kind == kind).order_by(TimelineEntry.id)
            return [line.detail for line in session.scalars(lines)]

    def alarms(self) -> set[str]:
        """The kinds of alarm that stand."""
        with self.database.reading() as session:
            return set(session.scalars(select(Alarm.kind).where(Alarm.cleared_at.is_(None))))

    def pass_time(self, **by: float) -> None:
        """Moves the clock on."""
        self.clock.move(timedelta(**by))

    @contextmanager
    def sender(self, network: Any) -> Iterator[Sender]:
        """A sender over that network."""
        line = telephony(network)
        media = MediaStore(self.folder, KEYRING)
        yield Sender(self.database, line, self.clock, public_url="https://line.example", media=media)
