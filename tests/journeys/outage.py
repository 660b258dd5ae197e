"""A telephone company that goes on while the service does not: the lab and the service, each at its own address."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from oncall import app as application
from oncall import wiring
from oncall.clock import ManualClock
from oncall.lab.app import build_app
from oncall.lab.exchange.personas import BY_HAND
from oncall.lab.functions.hosted import Hosted
from oncall.lab.handsets import Handset
from oncall.lab.lab import Lab
from oncall.settings import Settings, read
from oncall.wiring import House
from tests.databases import SECRET
from tests.oncall.paging.outage.standing_by import FIXED, LINE, load
from tests.serving import free_socket, serving

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "0123456789abcdef0123456789abcdef"


@dataclass
class Company:
    """The lab, its fallback, and a number that nobody has set up yet."""

    clock: ManualClock
    lab: Lab
    hosted: Hosted
    number: str = LINE

    def environment(self) -> dict[str, str]:
        """The settings of a service that uses this company, but for its own address and database."""
        return {
            "ONCALL_TWILIO_ACCOUNT_SID": ACCOUNT,
            "ONCALL_TWILIO_AUTH_TOKEN": TOKEN,
            "ONCALL_TWILIO_API_URL": self.lab.base_url,
            "ONCALL_SECRET_KEY": SECRET,
            "ONCALL_FALLBACK_URL": self.lab.functions_url(self.hosted),
            "ONCALL_FALLBACK_SERVICE_SID": self.hosted.sid,
            "ONCALL_FALLBACK_ENVIRONMENT_SID": self.hosted.environment_sid,
            "ONCALL_FALLBACK_NUMBER": FIXED,
        }

    def phone(self, number: str) -> Handset:
        """The phone with this number, which somebody answers by hand."""
        handset = self.lab.handset(number)
        handset.call_persona = BY_HAND
        return handset

    def set_up(self) -> dict[str, str]:
        """How the number is set up."""
        (row,) = self.lab.exchange.records.numbers.values()
        return dict(row.settings)

    def told(self) -> dict[str, str]:
        """What the fallback knows."""
        return {variable.key: variable.value for variable in self.hosted.variables.values()}

    def pass_time(self, *, seconds: float) -> None:
        """Moves the clock on, from one thing that happens to the next."""
        end = self.clock.now() + timedelta(seconds=seconds)
        self._settle()
        while (at := self.lab.next_event_at()) is not None and at <= end:
            self.clock.set(max(at, self.clock.now()))
            self._settle()
        self.clock.set(end)
        self._settle()

    def _settle(self) -> None:
        while self.lab.run_due():
            pass


@contextmanager
def company(clock: ManualClock) -> Iterator[Company]:
    """A company at work."""
    listening, url = free_socket()
    lab = Lab(clock=clock, account_sid=ACCOUNT, auth_token=TOKEN, seed=1)
    lab.base_url = url
    lab.add_number(LINE)
    with serving(build_app(lab), listening):
        yield Company(clock, lab, lab.host_functions())
    lab.close()


@dataclass
class Service:
    """The service, which can be taken away."""

    house: House
    _running: ExitStack = field(default_factory=ExitStack)

    def is_gone(self) -> None:
        """Nobody listens at its address any more."""
        self._running.close()


@contextmanager
def service(company: Company, database_url: str, folder: Path, file: str) -> Iterator[Service]:
    """The service, up, with this team's file."""
    listening, url = free_socket()
    house = wiring.open_house(_settings(company, url, database_url, folder), clock=company.clock)
    load(house.database, company.clock, file)
    made = Service(house)
    made._running.enter_context(serving(application.build(house, runs=False), listening))
    yield made
    made.is_gone()
    house.close()


def _settings(company: Company, url: str, database_url: str, folder: Path) -> Settings:
    return read(
        company.environment(),
        data_dir=folder,
        database_url=database_url.replace("postgresql+psycopg", "postgresql"),
        public_url=url,
    )
