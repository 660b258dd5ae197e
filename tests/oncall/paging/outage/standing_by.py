"""An account in memory that does what it is told, or fails as planned; and a team to keep."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.paging.models import Alarm
from oncall.people.actions import load_people
from oncall.people.teamfile import parse
from oncall.rotas.actions import load_rota
from oncall.telephony.account.port import Line, Place, Received, Setup
from oncall.telephony.account.webhooks import wanted
from oncall.telephony.port import TelephonyUnavailable

FILE = (Path(__file__).parents[3] / "journeys" / "team.yaml").read_text(encoding="utf-8")
LINE = "+447700900000"
SAM, ELI, CARYS, HUW, NIA = (f"+44770090000{n}" for n in range(1, 6))
FIXED = "+442079460000"
PUBLIC, ELSEWHERE = "https://oncall.example", "https://fallback.example"
GOOD = wanted(PUBLIC, ELSEWHERE)
PLACE = Place(service_sid="ZS1", environment_sid="ZE1")


@dataclass
class FakeAccount:
    """What Twilio has of us. `deaf`: what is set does not stay; `fails_with`: nothing can be asked."""

    numbers: dict[str, dict[str, str]] = field(default_factory=lambda: {LINE: dict(GOOD)})
    told: dict[str, str] = field(default_factory=dict)
    state: str = "active"
    fails_with: TelephonyUnavailable | None = None
    refuses_changes: bool = False
    deaf: bool = False
    asked: list[str] = field(default_factory=list)

    def status(self) -> str:
        self._ask("status")
        return self.state

    def line(self, number: str) -> Line | None:
        self._ask("line")
        found = self.numbers.get(number)
        return Line(sid=number, settings=dict(found)) if found is not None else None

    def change_line(self, sid: str, settings: Setup) -> None:
        self._ask("change_line")
        if self.refuses_changes:
            raise TelephonyUnavailable(20003)
        self.numbers[sid].update(settings)

    def variables(self, place: Place) -> dict[str, str]:
        self._ask("variables")
        return dict(self.told)

    def set_variable(self, place: Place, *, name: str, value: str) -> None:
        self._ask("set_variable")
        if not self.deaf:
            self.told[name] = value

    def received(self, number: str, *, since: datetime) -> list[Received]:
        self._ask("received")
        return []

    def close(self) -> None:
        """Nothing to let go of."""

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.fails_with is not None:
            raise self.fails_with


def load(database: Database, clock: ManualClock, text: str = FILE) -> None:
    """Puts a team's file in force."""
    file = parse(text, today=clock.now().date())
    with database.transaction() as session:
        load_rota(session, load_people(session, file, at=clock.now()), file.rota, at=clock.now())


def alarms(database: Database) -> dict[str, str]:
    """The alarms that stand, and what they say."""
    with database.reading() as session:
        return {row.kind: row.detail for row in session.scalars(select(Alarm).where(Alarm.cleared_at.is_(None)))}
