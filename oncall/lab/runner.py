"""Runs a lab in real time on a thread of its own, webhooks beside each other on a few more.

It sleeps until the next event, a new one, or a moment at most, since a clock may be moved on under it.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog

from oncall.lab.lab import Lab

_AT_MOST = timedelta(seconds=1)
_log = structlog.get_logger(__name__)


class LabRunner:
    """Start it once, stop it once."""

    def __init__(self, lab: Lab, *, workers: int = 16) -> None:
        self._exchange = lab.exchange
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="lab-webhook")
        self._thread = threading.Thread(target=self._run, name="lab", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and waits for the webhooks under way."""
        self._stopping.set()
        self._exchange.schedule.wake()
        self._thread.join()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._guarded(lambda: self._exchange.run_due(submit=self._submit))
            self._rest()

    def _submit(self, deliver: Callable[[], None]) -> object:
        return self._pool.submit(self._guarded, deliver)

    def _guarded(self, do: Callable[[], object]) -> None:
        try:
            do()
        except Exception:
            _log.exception("lab.event_failed")

    def _rest(self) -> None:
        schedule = self._exchange.schedule
        with schedule.changed:
            next_at = schedule.next_at()
            left = next_at - self._exchange.clock.now() if next_at is not None else _AT_MOST
            if left > timedelta(0) and not self._stopping.is_set():
                schedule.changed.wait(min(left, _AT_MOST).total_seconds())
