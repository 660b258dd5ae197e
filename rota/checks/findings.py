"""What a check finds, and how times and lengths of time are said in it.

One rule: a length of time is never rounded to less than it is, nor to more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


class Kind(StrEnum):
    """What is wrong; the most pressing first."""

    GAP = "gap"
    LEAVE = "leave"
    UNREACHABLE = "unreachable"
    TWO_TIERS = "two_tiers"
    DAILY_REST = "daily_rest"
    WEEKLY_REST = "weekly_rest"
    WEEKLY_HOURS = "weekly_hours"
    NIGHTS = "nights"
    UNFAIR = "unfair"


PRESSING = tuple(Kind)


@dataclass(frozen=True)
class Finding:
    """One thing found, in `[start, end)`; of no one tier, or of nobody, where that is None. `detail` is a sentence."""

    kind: Kind
    tier: str | None
    person: str | None
    start: datetime
    end: datetime
    detail: str


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The most pressing first, then by time."""
    return tuple(
        sorted(findings, key=lambda one: (PRESSING.index(one.kind), one.start, one.tier or "", one.person or ""))
    )


def in_minutes(length: timedelta) -> str:
    """A length of time in minutes, and seconds where they are not whole."""
    minutes, rest = divmod(length, MINUTE)
    said = _count(minutes, "minute")
    seconds = f"{rest / SECOND:.6f}".rstrip("0").rstrip(".")
    return f"{said} and {seconds} seconds" if rest else said


def in_hours(length: timedelta) -> str:
    """A length of time in hours, and minutes where they are not whole."""
    hours, rest = divmod(length, HOUR)
    parts = [_count(hours, "hour")] if hours else []
    parts += [in_minutes(rest)] if rest or not hours else []
    return " ".join(parts)


def clock(at: datetime, zone: ZoneInfo) -> str:
    """An instant by the team's clock."""
    return f"{at.astimezone(zone):%a %d %b %Y %H:%M %Z}"


def number(amount: float) -> str:
    """An amount as people write it, to a tenth."""
    return f"{round(amount, 1):g}" if amount < 100_000 else f"{amount:.0f}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
