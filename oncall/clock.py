"""The one place that reads the time; everything else is given a Clock, or `now`.

Instants are aware and in UTC. Local time belongs to `rota.local_time` and the edges.
"""

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock plus an offset that can grow: the demo's clock, which a visitor moves on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._offset = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> None:
        """Moves the clock on by `by`, which must not be negative."""
        if by < timedelta(0):
            raise ValueError("a clock is only ever moved on")
        with self._lock:
            self._offset += by


class ManualClock:
    """A clock that stands still until it is moved: the tests' clock."""

    def __init__(self, start: datetime) -> None:
        self._lock = threading.Lock()
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def move(self, by: timedelta) -> None:
        """Moves the clock on by `by`, which must not be negative."""
        if by < timedelta(0):
            raise ValueError("a clock is only ever moved on")
        with self._lock:
            self._now += by

    def set(self, at: datetime) -> None:
        """Sets the clock to `at`."""
        with self._lock:
            self._now = at.astimezone(UTC)
