"""The statuses Twilio gives texts and calls: their order, which are final, which mean that a page failed.

Callbacks come late, twice and out of order, so a status only ever moves on, never back. An unknown status moves
nothing.
A call that nobody answered has not failed: its step's wait runs on.
"""

from collections.abc import Mapping
from types import MappingProxyType

FINAL = 9

TEXT_RANKS: Mapping[str, int] = MappingProxyType(
    {
        "accepted": 0,
        "scheduled": 1,
        "queued": 2,
        "sending": 3,
        "sent": 4,
        "delivered": FINAL,
        "undelivered": FINAL,
        "failed": FINAL,
        "canceled": FINAL,
        "read": FINAL,
    }
)

CALL_RANKS: Mapping[str, int] = MappingProxyType(
    {
        "queued": 0,
        "initiated": 1,
        "ringing": 2,
        "in-progress": 3,
        "answered": 3,
        "completed": FINAL,
        "busy": FINAL,
        "no-answer": FINAL,
        "failed": FINAL,
        "canceled": FINAL,
    }
)

_FAILED_TEXTS = frozenset({"undelivered", "failed", "canceled"})


def text_moves_on(*, was: str | None, now: str) -> bool:
    """Whether a text last known as `was` (None: nothing known yet) has moved on if its status is `now`."""
    return _moves_on(TEXT_RANKS, was, now)


def call_moves_on(*, was: str | None, now: str) -> bool:
    """Whether a call last known as `was` (None: nothing known yet) has moved on if its status is `now`."""
    return _moves_on(CALL_RANKS, was, now)


def text_is_over(status: str) -> bool:
    return TEXT_RANKS.get(status) == FINAL


def call_is_over(status: str) -> bool:
    return CALL_RANKS.get(status) == FINAL


def text_has_failed(status: str) -> bool:
    return status in _FAILED_TEXTS


def call_has_failed(status: str) -> bool:
    """Only a call that could not be put through; busy and unanswered ones have not failed."""
    return status == "failed"


def _moves_on(ranks: Mapping[str, int], was: str | None, now: str) -> bool:
    if now not in ranks:
        return False
    return was is None or ranks[now] > ranks.get(was, -1)
