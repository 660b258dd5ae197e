"""The sender: woken by every commit that wrote outbox rows, it claims, sends with no session open, and settles.

A row whose send breaks in an unforeseen way is set aside with an alarm; the others go on. While the database is away
nothing is claimed; a lease whose settling failed lapses, and its row is looked up before it is sent again.
"""

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from oncall.clock import Clock
from oncall.db.database import Database
from oncall.paging.models import Outgoing
from oncall.paging.outbox import OUTBOX, Way
from oncall.paging.sending.claims import Job, claim, mine, set_aside
from oncall.paging.sending.media import MediaStore
from oncall.paging.sending.outcomes import page_was_set_aside
from oncall.paging.sending.receipts import no_news, receive, to_check
from oncall.paging.sending.settling import settle
from oncall.paging.sending.ways import Line, leave
from oncall.telephony.port import Found, Telephony, TelephonyUnavailable

log = structlog.get_logger()
WORKERS = 8
LOOKS_EVERY_S = 1.0


class Sender:
    """Sends what is due: `send_due` in the caller's thread, or threads of its own between `start` and `stop`."""

    def __init__(
        self, database: Database, telephony: Telephony, clock: Clock, *, public_url: str, media: MediaStore
    ) -> None:
        self._database, self._telephony, self._clock = database, telephony, clock
        self._line = Line(telephony, public_url, media, self._known)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._free = threading.Semaphore(WORKERS)
        self._pool: ThreadPoolExecutor | None = None
        self._thread: threading.Thread | None = None
        database.listen(OUTBOX, self._wake.set)

    def send_due(self) -> int:
        """Claims and sends what is due now, one after the other, until nothing is; gives how many."""
        sent = 0
        while jobs := self._claim(limit=WORKERS):
            for job in jobs:
                self._handle(job)
            sent += len(jobs)
        return sent

    def start(self) -> None:
        """Begins to send in the background."""
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="sender")
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Lets what is being sent end, and sends no more."""
        self._stopping.set()
        self._wake.set()
        if self._thread and self._pool:
            self._thread.join()
            self._pool.shutdown(wait=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                found_any = self._dispatch()
            except Exception as error:  # the thread that pages people never dies of one failure
                log.error("sender_failed", error=type(error).__name__)
                found_any = False
            if not found_any:
                self._wake.wait(LOOKS_EVERY_S)

    def _dispatch(self) -> bool:
        free = self._acquire()
        jobs: list[Job] = []
        try:
            jobs = self._claim(limit=free)
        finally:
            for _ in range(free - len(jobs)):
                self._free.release()
        for job in jobs:
            if self._pool:
                self._pool.submit(self._handle_and_release, job)
        return bool(jobs)

    def _acquire(self) -> int:
        self._free.acquire()
        count = 1
        while count < WORKERS and self._free.acquire(blocking=False):
            count += 1
        return count

    def _handle_and_release(self, job: Job) -> None:
        try:
            self._handle(job)
        finally:
            self._free.release()
            self._wake.set()

    def _claim(self, *, limit: int) -> list[Job]:
        with self._database.transaction() as session:
            return claim(session, at=self._clock.now(), limit=limit)

    def _handle(self, job: Job) -> None:
        try:
            answer = leave(self._line, job)
            with self._database.transaction() as session:
                settle(session, job, answer, at=self._clock.now())
        except DBAPIError as error:
            log.error("settling_failed", row=str(job.row_id), error=type(error).__name__)
        except Exception as error:  # one bad row never stops the sender
            log.error("row_failed", row=str(job.row_id), error=type(error).__name__)
            self._set_aside(job, type(error).__name__)

    def _set_aside(self, job: Job, error: str) -> None:
        try:
            with self._database.transaction() as session:
                row = mine(session, job)
                if row is not None:
                    set_aside(session, row, at=self._clock.now(), error=error)
                    page_was_set_aside(session, row, at=self._clock.now())
        except Exception as again:  # the lease lapses, and the row comes back
            log.error("setting_aside_failed", row=str(job.row_id), error=type(again).__name__)

    def _known(self, sids: Collection[str]) -> set[str]:
        with self._database.reading() as session:
            return {sid for sid in session.scalars(select(Outgoing.sid).where(Outgoing.sid.in_(sids))) if sid}

    def check_receipts(self) -> int:
        """Asks Twilio after what left a while ago and was not heard of: callbacks get lost. Gives how many."""
        with self._database.reading() as session:
            unheard = to_check(session, at=self._clock.now())
        for row_id, sid, way in unheard:
            try:
                found = self._telephony.text_state(sid) if way is Way.TEXT else self._telephony.call_state(sid)
            except TelephonyUnavailable:
                break
            self._note(row_id, found, at=self._clock.now())
        return len(unheard)

    def _note(self, row_id: UUID, found: Found | None, *, at: datetime) -> None:
        with self._database.transaction() as session:
            if found is not None:
                receive(session, row_id, sid=found.sid, status=found.status, code=found.error_code, at=at)
            no_news(session, row_id, at=at)
