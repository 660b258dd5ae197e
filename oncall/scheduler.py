"""What happens by the clock: a short table of (job, every), each one call into paging, rotas or upkeep.

APScheduler only drives; the truth is in rows, so a job that was missed does its work at its next turn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from oncall.calls.caller.checking import check_lines
from oncall.calls.line import engine as lines
from oncall.clock import Clock
from oncall.db.database import Database
from oncall.paging import engine, upkeep
from oncall.paging.changes import telling
from oncall.paging.outage.standby import Standby
from oncall.paging.sending.sender import Sender
from oncall.paging.shifts.watch import watch
from oncall.paging.tasks.reminding import remind
from oncall.paging.watchdog import Watchdog
from oncall.people.queries import teams
from oncall.rotas.duty import record_duty
from oncall.telephony.account.port import Account
from oncall.telephony.inbound import Gate
from oncall.telephony.port import Telephony
from oncall.texts.missed import take_in_missed

log = structlog.get_logger()


@dataclass(frozen=True)
class Jobs:
    """What the jobs work on; `ticked` is told after each tick."""

    database: Database
    clock: Clock
    sender: Sender
    gate: Gate
    watchdog: Watchdog | None
    standby: Standby
    account: Account
    telephony: Telephony
    ticked: Callable[[], None]

    def tick(self) -> None:
        """Moves on what is due."""
        lines.tick(self.database, self.clock)
        engine.tick(self.database, self.clock)
        self.ticked()

    def sweep(self) -> None:
        """Asks after what was sent and not heard of, and after lines that may have ended."""
        self.sender.check_receipts()
        check_lines(self.database, self.telephony, self.clock)

    def record_duty(self) -> None:
        """Writes down who is on duty."""
        with self.database.transaction() as session:
            for team in teams(session):
                record_duty(session, team, at=self.clock.now())

    def changes(self) -> None:
        """Settles changes of the rota that nobody took in time, and has them told."""
        telling.see_to(self.database, self.clock)

    def shifts(self) -> None:
        """Looks after shifts: rest that is owed for the last ones, confidence in the next."""
        watch(self.database, self.clock)

    def upkeep(self) -> None:
        """Raises and clears the alarms that nobody else would."""
        with self.database.transaction() as session:
            gate = self.gate
            upkeep.keep_up(session, failures=gate.failures_in_a_row, passes=gate.passes, at=self.clock.now())

    def catch_up(self) -> None:
        """Takes in texts whose webhook never came."""
        take_in_missed(self.database, self.account, self.clock)

    def heartbeat(self) -> None:
        """Tells the outside watchdog that the ticks go on."""
        if self.watchdog is not None:
            self.watchdog.beat()

    def remind(self) -> None:
        """Reminds of tasks that come due."""
        remind(self.database, self.clock)

    def stand_by(self) -> None:
        """Sees to it that callers are heard when the service is not there."""
        self.standby.look()

    def table(self) -> list[tuple[Callable[[], None], timedelta]]:
        """Every job and how often it runs."""
        return [
            (self.tick, timedelta(seconds=1)),
            (self.sweep, timedelta(seconds=15)),
            (self.record_duty, timedelta(seconds=60)),
            (self.changes, timedelta(seconds=15)),
            (self.shifts, timedelta(seconds=20)),
            (self.upkeep, timedelta(seconds=30)),
            (self.heartbeat, timedelta(seconds=60)),
            (self.catch_up, timedelta(seconds=60)),
            (self.stand_by, timedelta(seconds=10)),
            (self.remind, timedelta(seconds=15)),
        ]


def build(jobs: Jobs) -> BackgroundScheduler:
    """A scheduler for the jobs, not started yet."""
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(len(jobs.table()))},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        timezone=UTC,
    )
    for job, every in jobs.table():
        scheduler.add_job(_guarded(job), "interval", seconds=every.total_seconds(), id=job.__name__)
    return scheduler


def _guarded(job: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            job()
        except Exception as error:  # a job that failed is run again at its next turn
            log.error("job_failed", job=job.__name__, error=type(error).__name__)

    return run
