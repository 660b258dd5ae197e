"""What goes wrong with the next requests, on request: refusals, broken servers, cut connections, slow answers.

The difference that matters is whether a request was carried out before its answer was lost.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from oncall.lab.rest.request import Request


class FaultKind(StrEnum):
    """What happens; `REFUSE` answers with `code`, `SLOW` holds the answer back for `seconds`."""

    REFUSE = "refuse"
    BROKEN_BEFORE = "broken_before"
    BROKEN_AFTER = "broken_after"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    SLOW = "slow"
    GARBLED_AFTER = "garbled_after"
    CALLBACK_FIRST = "callback_first"


BEFORE = frozenset({FaultKind.REFUSE, FaultKind.BROKEN_BEFORE, FaultKind.CUT_BEFORE})


def _any_request(request: Request) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `resource` is the part of the path it waits for, `matches` anything finer."""

    kind: FaultKind
    method: str = "POST"
    resource: str = "/Messages"
    code: int = 20429
    seconds: float = 1.0
    matches: Callable[[Request], bool] = field(default=_any_request)

    def is_for(self, request: Request) -> bool:
        return request.method == self.method and self.resource in request.path and self.matches(request)


class Faults:
    """Plans for the next matching requests, used up in the order they were made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plans: list[tuple[Fault, int]] = []

    def plan(self, fault: Fault, *, times: int = 1) -> None:
        with self._lock:
            self._plans.append((fault, times))

    def clear(self) -> None:
        with self._lock:
            self._plans.clear()

    def take(self, request: Request) -> Fault | None:
        """The fault this request meets, if any."""
        with self._lock:
            for place, (fault, times) in enumerate(self._plans):
                if fault.is_for(request):
                    self._plans[place : place + 1] = [(fault, times - 1)] if times > 1 else []
                    return fault
        return None
