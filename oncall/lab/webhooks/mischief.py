"""What may go wrong with a webhook on its way, on request: lost, late, doubled, out of order, badly signed.

Without a plan every webhook goes out once, at once and rightly signed.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from oncall.lab.webhooks.delivery import Delivery, Seal


@dataclass(frozen=True, slots=True)
class Mischief:
    """What happens to one webhook: `copies` in all, the later ones `late`, or all of them `together` at one moment."""

    copies: int = 1
    late: timedelta = timedelta(0)
    together: bool = False
    drop: bool = False
    delay: timedelta = timedelta(0)
    seal: Seal = "right"


@dataclass(slots=True)
class _Plan:
    kind: str
    mischief: Mischief
    times: int


class Mischiefs:
    """Plans for the next webhooks of a kind, and webhooks held back to be let go in another order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plans: list[_Plan] = []
        self._holding: set[str] = set()
        self._held: list[Delivery] = []

    def plan(self, kind: str, mischief: Mischief, *, times: int = 1) -> None:
        """Does `mischief` to the next `times` webhooks of a kind; plans are used up in the order they were made."""
        with self._lock:
            self._plans.append(_Plan(kind, mischief, times))

    def hold(self, *kinds: str) -> None:
        """Keeps back every webhook of these kinds until `release`."""
        with self._lock:
            self._holding.update(kinds)

    def let_go(self, order: Sequence[int] | None = None) -> list[Delivery]:
        """What was held back, in the order asked for (newest first by default); nothing is held from here on."""
        with self._lock:
            held, self._held = self._held, []
            self._holding.clear()
        return [held[place] for place in order] if order is not None else held[::-1]

    def shape(self, delivery: Delivery) -> list[tuple[timedelta, Delivery]]:
        """The deliveries, each with its delay, that one webhook becomes."""
        with self._lock:
            if delivery.kind in self._holding:
                self._held.append(delivery)
                return []
            mischief = self._next(delivery.kind)
        if mischief.drop:
            return []
        sealed = replace(delivery, seal=mischief.seal)
        if mischief.together:
            return [(mischief.delay, replace(sealed, copies_at_once=mischief.copies))]
        again = replace(sealed, on_answer=None)
        later = [(mischief.delay + mischief.late, again)] * (mischief.copies - 1)
        return [(mischief.delay, sealed), *later]

    def _next(self, kind: str) -> Mischief:
        for plan in self._plans:
            if plan.kind == kind:
                plan.times -= 1
                if plan.times == 0:
                    self._plans.remove(plan)
                return plan.mischief
        return Mischief()
