"""When what must hold while the service is down is seen to: the chain each minute, all of it at the start and hourly.

It is asked often and does nothing in between; what could not be done is tried again the next time.
"""

from datetime import datetime, timedelta
from typing import Protocol

from oncall.clock import Clock

CHAIN_EVERY = timedelta(minutes=1)
ALL_EVERY = timedelta(hours=1)


class Keeps(Protocol):
    def keep(self) -> None:
        """Looks at the numbers, and puts them right."""
        ...


class Publishes(Protocol):
    def publish(self, *, afresh: bool = False) -> None:
        """Tells the fallback whom to ring."""
        ...


class Standby:
    """Without a publisher there is no fallback of ours to tell."""

    def __init__(self, clock: Clock, *, keeper: Keeps, publisher: Publishes | None) -> None:
        self._clock, self._keeper, self._publisher = clock, keeper, publisher
        self._all_at: datetime | None = None
        self._chain_at: datetime | None = None

    def look(self) -> None:
        """Does what is due."""
        now = self._clock.now()
        if self._all_at is None or now - self._all_at >= ALL_EVERY:
            self._all_at = self._chain_at = now
            try:
                self._keeper.keep()
            finally:
                self._publish(afresh=True)
        elif self._chain_at is None or now - self._chain_at >= CHAIN_EVERY:
            self._chain_at = now
            self._publish(afresh=False)

    def _publish(self, *, afresh: bool) -> None:
        if self._publisher is not None:
            self._publisher.publish(afresh=afresh)
