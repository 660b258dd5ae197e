"""What is yet to happen, in order of instant and, within one instant, of asking.

It only keeps the order; who runs an event, and whether on a test's clock or in real time, is the exchange's business.
"""

import heapq
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from oncall.lab.webhooks.delivery import Delivery

Action = Callable[[datetime], None] | Delivery


@dataclass(order=True, slots=True)
class Event:
    """Something due at an instant: a change within the lab, or a webhook to deliver."""

    at: datetime
    sequence: int
    action: Action = field(compare=False)
    about: str = field(compare=False, default="")


class Schedule:
    """A heap of events; whoever waits on `changed` is woken when one is added."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self._heap: list[Event] = []
        self._sequence = 0

    def add(self, at: datetime, action: Action, *, about: str = "") -> None:
        with self.changed:
            self._sequence += 1
            heapq.heappush(self._heap, Event(at, self._sequence, action, about))
            self.changed.notify_all()

    def next_at(self) -> datetime | None:
        with self.changed:
            return self._heap[0].at if self._heap else None

    def take_due(self, now: datetime) -> Event | None:
        with self.changed:
            return heapq.heappop(self._heap) if self._heap and self._heap[0].at <= now else None

    def take_next_about(self, about: str, *, is_delivery: bool) -> Event | None:
        """The earliest event about `about`, due or not: a webhook, or a change within the lab."""
        with self.changed:
            mine = [e for e in self._heap if e.about == about and isinstance(e.action, Delivery) is is_delivery]
            if not mine:
                return None
            first = min(mine)
            self._heap.remove(first)
            heapq.heapify(self._heap)
            return first

    def wake(self) -> None:
        with self.changed:
            self.changed.notify_all()
