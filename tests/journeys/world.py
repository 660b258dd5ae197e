"""A whole world for a story: the service, the lab in place of Twilio, phones, and a clock that only a story moves.

The service is reached over HTTP and reaches the lab through Twilio's own library over HTTP. Time stands still until
`pass_time`; then everything happens at its instant and in its order. A message that a story did not expect fails it.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.routing import Mount

from oncall import app as application
from oncall.calls.caller.checking import check_lines
from oncall.calls.line import engine as lines
from oncall.clock import ManualClock
from oncall.incidents.models import Incident, TimelineEntry
from oncall.incidents.queries import timeline
from oncall.incidents.tasks.models import Task
from oncall.lab.app import build_app
from oncall.lab.exchange.personas import BY_HAND
from oncall.lab.handsets import Handset
from oncall.lab.lab import Lab
from oncall.paging import engine
from oncall.paging.models import Alarm, Escalation, Outgoing
from oncall.paging.tasks.reminding import remind
from oncall.people.actions import load_people
from oncall.people.queries import teams
from oncall.people.teamfile import TeamFile, parse
from oncall.rotas.actions import load_rota
from oncall.rotas.duty import record_duty
from oncall.settings import read
from oncall.wiring import House, Suggester, open_house
from tests.databases import SECRET
from tests.serving import free_socket, serving

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "0123456789abcdef0123456789abcdef"
LINE = "+447700900000"
TEXTS_TRAVEL_FOR_S = 5
SWEEPS_EVERY = timedelta(seconds=15)


@dataclass
class Phone:
    """A person with a phone. What it shows is expected line by line; `seen` counts what a story has expected."""

    world: "World"
    name: str
    handset: Handset
    seen: int = 0

    def texts(self, body: str, *, media: tuple[tuple[str, bytes], ...] = (), to: str = LINE) -> str:
        """Sends a text to the team's number, and lets a moment pass in which answers arrive. Gives its SID."""
        sid = self.handset.texts(to, body, media=media)
        self.world.pass_time(seconds=TEXTS_TRAVEL_FOR_S)
        return sid

    replies = texts

    def hears(self, *parts: str) -> str:
        """The next text on this phone, which must hold every one of `parts`."""
        unseen = self.unseen()
        assert unseen, f"{self.name} has no new text; expected {parts}"
        self.seen += 1
        for part in parts:
            assert part in unseen[0], f"{self.name}: {part!r} is not in {unseen[0]!r}"
        return unseen[0]

    def hears_exactly(self, body: str) -> None:
        """The next text on this phone is this one, to the letter."""
        assert self.hears() == body

    def hears_page(self, severity: str = "urgent") -> str:
        """The next text is a page; gives its ref."""
        return self.hears(severity, "Reply 1").split()[0]

    def hears_nothing(self) -> None:
        """No text has come that was not expected before."""
        assert not self.unseen(), f"{self.name} was not to hear: {self.unseen()}"

    def unseen(self) -> list[str]:
        """The texts not expected yet."""
        return [text.body for text in self.handset.inbox][self.seen :]

    def forgets(self) -> None:
        """Lets go of what has come so far: the story is about something else."""
        self.seen = len(self.handset.inbox)

    def rings_the_line(self) -> None:
        """Rings the team's number, and lets a moment pass in which phones begin to ring."""
        self.handset.dials(LINE)
        self.world.pass_time(seconds=3)

    def picks_up_and_presses(self, keys: str) -> None:
        """Answers, hears what is said, and presses keys."""
        self.answers()
        self.world.pass_time(seconds=2)
        self.presses(keys)
        self.world.pass_time(seconds=4)

    def is_with(self, *others: "Phone") -> bool:
        """Whether these phones, and no others, are in one conversation with this one."""
        together = {self.handset.number, *(other.handset.number for other in others)}
        return any(room.has_begun and room.numbers == together for room in self.world.lab.conferences)

    @property
    def rings(self) -> bool:
        """Whether the phone rings or is in a call."""
        return self.handset.current_call is not None

    def is_silent(self) -> bool:
        """Whether the phone neither rings nor is in a call."""
        return not self.rings

    def answers(self) -> None:
        """Picks up."""
        self.handset.answer()
        self.world.settle()

    def presses(self, keys: str) -> None:
        """Presses keys on the call."""
        self.handset.press(keys)
        self.world.settle()

    def hangs_up(self) -> None:
        """Puts the phone down."""
        self.handset.hang_up()
        self.world.settle()

    def heard(self) -> str:
        """All that was said on the latest call so far."""
        return " ".join(spoken.text for spoken in self.handset.heard)


@dataclass
class World:
    """The service and the lab, and the cast of a story."""

    clock: ManualClock
    house: House
    lab: Lab
    file: TeamFile
    url: str
    phones: dict[str, Phone] = field(default_factory=dict)
    told: tuple[str, dict[str, Any]] = ("", {})
    _swept_at: datetime | None = None

    def phone(self, number: str, name: str = "") -> Phone:
        """The phone with this number (or short code, name, withheld id)."""
        if number not in self.phones:
            self.phones[number] = Phone(self, name or number, self.lab.handset(number))
        return self.phones[number]

    def staff(self, slug: str) -> Phone:
        """A practitioner's phone."""
        entry = next(person for person in self.file.staff if person.slug == slug)
        return self.phone(entry.mobile or "", entry.name)

    def contact(self, slug: str) -> Phone:
        """A contact's phone."""
        entry = next(person for person in self.file.contacts if person.slug == slug)
        return self.phone(entry.phones[0], entry.name)

    def settle(self) -> None:
        """Lets everything happen that is to happen now."""
        while self.lab.run_due() + self.house.sender.send_due() + self._tick():
            pass

    def _tick(self) -> int:
        house = self.house
        moved = lines.tick(house.database, self.clock) + engine.tick(house.database, self.clock)
        return moved + remind(house.database, self.clock)

    def pass_time(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Moves the clock on, from one thing that happens to the next."""
        end = self.clock.now() + timedelta(minutes=minutes, seconds=seconds)
        self.settle()
        while (at := self._next_at()) is not None and at <= end:
            self.clock.set(max(at, self.clock.now()))
            self._sweep()
            self.settle()
        self.clock.set(end)
        self.settle()

    def jump(self, **by: float) -> None:
        """Moves the clock on with the service standing still meanwhile: it was down, or the machine asleep."""
        self.clock.move(timedelta(**by))

    def _next_at(self) -> datetime | None:
        now = self.clock.now()
        with self.house.database.reading() as session:
            due = session.scalar(select(func.min(Escalation.due_at)))
            waiting = select(func.min(Outgoing.due_at)).where(Outgoing.state == "waiting")
            leased = select(func.min(Outgoing.lease_until_at)).where(Outgoing.state == "claimed")
            instants = [
                due,
                lines.next_due_at(session),
                session.scalar(select(func.min(Task.next_at))),
                session.scalar(waiting),
                session.scalar(leased),
                self.lab.next_event_at(),
            ]
            check = session.scalar(select(func.min(Outgoing.check_at)))
        if check is not None:
            instants.append(max(check, now + SWEEPS_EVERY if self._swept_at == now else now))
        later = [at for at in instants if at is not None]
        return max(min(later), now) if later else None

    def _sweep(self) -> None:
        self._swept_at = self.clock.now()
        self.house.sender.check_receipts()
        check_lines(self.house.database, self.house.telephony, self.clock)
        with self.house.database.transaction() as session:
            for team in teams(session):
                record_duty(session, team, at=self.clock.now())

    def incident(self, ref: str) -> Incident:
        """The newest incident with that ref."""
        with self.house.database.reading() as session:
            found = select(Incident).where(Incident.ref == ref).order_by(Incident.opened_at.desc())
            return session.scalars(found).first() or _missing(ref)

    def incidents(self) -> list[Incident]:
        """Every incident, oldest first."""
        with self.house.database.reading() as session:
            return list(session.scalars(select(Incident).order_by(Incident.opened_at, Incident.id)))

    def record_of(self, ref: str) -> list[str]:
        """An incident's timeline as `kind: detail`."""
        with self.house.database.reading() as session:
            return [f"{line.kind}: {line.detail}" for line in timeline(session, self.incident(ref).id)]

    def received(self, ref: str) -> list[str]:
        """What the caller wrote, exactly."""
        return [line.removeprefix("received: ") for line in self.record_of(ref) if line.startswith("received: ")]

    def alarms(self) -> set[str]:
        """The kinds of alarm that stand."""
        with self.house.database.reading() as session:
            return set(session.scalars(select(Alarm.kind).where(Alarm.cleared_at.is_(None))))

    def check_nothing_unexpected(self) -> None:
        """Every text on every phone of the story was expected."""
        for phone in self.phones.values():
            phone.hears_nothing()


def _missing(ref: str) -> Incident:
    raise AssertionError(f"no incident {ref}")


@contextlib.contextmanager
def new_world(
    database_url: str, clock: ManualClock, folder: Path, file: str, suggester: Suggester | None = None
) -> Iterator[World]:
    """A world over a fresh database with this team file loaded; without a suggester every text is urgent."""
    listening, url = free_socket()
    settings = read(
        data_dir=folder,
        database_url=database_url.replace("postgresql+psycopg", "postgresql"),
        public_url=url,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_api_url=f"{url}/lab",
        secret_key=SECRET,
    )
    house = open_house(settings, clock=clock, suggester=suggester)
    lab = Lab(clock=clock, account_sid=ACCOUNT, auth_token=TOKEN, seed=1)
    lab.base_url = f"{url}/lab"
    told = {"SmsUrl": "/twilio/sms", "VoiceUrl": "/twilio/voice", "StatusCallback": "/twilio/voice/status"}
    lab.add_number(LINE, {name: f"{url}{path}" for name, path in told.items()})
    team = parse(file, today=clock.now().date())
    with house.database.transaction() as session:
        load_rota(session, load_people(session, team, at=clock.now()), team.rota, at=clock.now())
    both = Starlette(routes=[Mount("/lab", build_app(lab)), Mount("/", application.build(house, runs=False))])
    with contextlib.closing(lab), contextlib.closing(house), serving(both, listening):
        world = World(clock, house, lab, team, url)
        for person in team.staff:
            world.staff(person.slug).handset.call_persona = BY_HAND
        yield world


__all__ = ["Phone", "TimelineEntry", "World", "new_world"]
