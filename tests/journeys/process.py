"""The real service as a process of its own, to be killed and started again, and the lab in real time beside it.

Nothing sleeps for a fixed while: what is to happen is waited for, with a deadline.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import httpx
from sqlalchemy import select, text, update

from oncall.clock import SystemClock
from oncall.db.database import Database
from oncall.incidents.models import Incident
from oncall.lab.app import build_app
from oncall.lab.exchange.personas import BY_HAND
from oncall.lab.lab import Lab
from oncall.lab.rest.faults import Fault, FaultKind
from oncall.lab.rest.request import Request
from oncall.lab.runner import LabRunner
from oncall.paging.models import Outgoing
from oncall.people.actions import load_people
from oncall.people.teamfile import parse
from oncall.rotas.actions import load_rota
from oncall.settings import environment_of_child
from tests.databases import KEYRING, SECRET
from tests.journeys.world import ACCOUNT, LINE, TOKEN
from tests.serving import free_socket, serving

URGENT = "he punched me in the face and hes still kicking off, please ring"
"""Words that the shipped suggester takes for urgent, and no more."""
WITHIN_S = 40.0
LOOKS_EVERY_S = 0.02
SAM, ELI, PRICE = "+447700900001", "+447700900002", "+447700900101"


def eventually(what: Callable[[], bool], *, within: float = WITHIN_S) -> None:
    """Waits until something is so."""
    ends_at = time.monotonic() + within
    pause = threading.Event()
    while not what():
        assert time.monotonic() < ends_at, f"not within {within} s"
        pause.wait(LOOKS_EVERY_S)


@dataclass
class Stop:
    """A place at which the network stands still with a request in its hands, until it is let go."""

    reached: threading.Event = field(default_factory=threading.Event)
    goes_on: threading.Event = field(default_factory=threading.Event)

    def matches(self, request: Request) -> bool:
        """Holds the request; the fault then happens to it."""
        self.reached.set()
        return self.goes_on.wait(WITHIN_S)


@dataclass
class Service:
    """`oncall serve` over a database, the lab, and a look at what is stored."""

    lab: Lab
    database: Database
    environment: dict[str, str]
    port: int
    folder: Path
    workers: int = 1
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        serve = ["-m", "oncall", "serve", "--port", str(self.port), "--workers", str(self.workers)]
        with (self.folder / "service.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *serve], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        eventually(self._answers)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", trust_env=False, timeout=5).is_success
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """Kills it and its workers where they stand."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(WITHIN_S)
            self.process = None

    def kill_worker(self) -> None:
        """Kills one of its workers: whichever the system names first that serves."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        workers = [child for child in children if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()]
        os.kill(int(workers[0]), signal.SIGKILL)

    def texts(self, sender: str, body: str) -> str:
        """A phone texts the line; gives the text's SID."""
        return self.lab.handset(sender).texts(LINE, body)

    def inbox(self, number: str, holding: str = "") -> list[str]:
        """What a phone shows, of the texts that hold those words."""
        return [shown.body for shown in self.lab.handset(number).inbox if holding in shown.body]

    def hears(self, number: str, holding: str) -> str:
        """Waits for a text that holds those words, which must be the only one."""
        eventually(lambda: bool(self.inbox(number, holding)))
        (only,) = self.inbox(number, holding)
        return only

    def brought_again(self, place: int = 0) -> httpx.Response:
        """The network brings a text that it brought before (the first) once more: the same SID, rightly signed."""
        first = self.lab.journal.entries("sms")[place].request
        headers = {name: first["headers"][name] for name in ("x-twilio-signature", "content-type")}
        return httpx.post(
            first["url"], content=urlencode(first["params"]), headers=headers, trust_env=False, timeout=20
        )

    def incidents(self) -> Sequence[Incident]:
        """Every incident, oldest first."""
        with self.database.reading() as session:
            return session.scalars(select(Incident).order_by(Incident.id)).all()

    def incident(self) -> Incident:
        """The only incident there is."""
        (only,) = self.incidents()
        return only

    def rows(self, kind: str) -> Sequence[Outgoing]:
        """The outbox rows of a kind, oldest first."""
        with self.database.reading() as session:
            return session.scalars(select(Outgoing).where(Outgoing.kind == kind).order_by(Outgoing.id)).all()

    def leases_lapse(self) -> None:
        """As if the lease of a dead process had run out; saves the stories three quarters of a minute."""
        with self.database.transaction() as session:
            session.execute(
                update(Outgoing).where(Outgoing.state == "claimed").values(lease_until_at=now() - timedelta(seconds=1))
            )

    @contextlib.contextmanager
    def database_is_busy(self) -> Iterator[None]:
        """Another writer has the embedded database meanwhile."""
        with self.database.transaction() as session:
            session.execute(text("SELECT 1"))
            yield

    def stop_at(self, resource: str, kind: FaultKind) -> Stop:
        """The next request to send stands still at the network, before it is carried out."""
        stop = Stop()
        self.lab.fault(Fault(kind, resource=resource, matches=stop.matches))
        return stop


def now() -> datetime:
    """The machine's time, which the service goes by here."""
    return SystemClock().now()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def service(database_url: str, folder: Path, file: str, *, workers: int = 1) -> Iterator[Service]:
    """The service, started, over a database with this team file loaded."""
    port, (listening, lab_url) = _free_port(), free_socket()
    database = Database(database_url, KEYRING)
    team = parse(file, today=now().date())
    with database.transaction() as session:
        load_rota(session, load_people(session, team, at=now()), team.rota, at=now())
    lab = Lab(clock=SystemClock(), account_sid=ACCOUNT, auth_token=TOKEN, seed=1)
    lab.base_url = lab_url
    told = {"SmsUrl": "/twilio/sms", "VoiceUrl": "/twilio/voice", "StatusCallback": "/twilio/voice/status"}
    lab.add_number(LINE, {name: f"http://127.0.0.1:{port}{path}" for name, path in told.items()})
    for person in team.staff:
        lab.handset(person.mobile or "").call_persona = BY_HAND
    environment = environment_of_child(
        ONCALL_DATA_DIR=str(folder),
        ONCALL_DATABASE_URL=database_url.replace("postgresql+psycopg", "postgresql"),
        ONCALL_PUBLIC_URL=f"http://127.0.0.1:{port}",
        ONCALL_TWILIO_ACCOUNT_SID=ACCOUNT,
        ONCALL_TWILIO_AUTH_TOKEN=TOKEN,
        ONCALL_TWILIO_API_URL=lab_url,
        ONCALL_SECRET_KEY=SECRET,
    )
    runner, running = LabRunner(lab), Service(lab, database, environment, port, folder, workers)
    with contextlib.closing(lab), contextlib.closing(database), serving(build_app(lab), listening):
        runner.start()
        try:
            running.start()
            yield running
        finally:
            running.kill()
            runner.stop()
