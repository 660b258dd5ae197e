"""When a task is due, and when somebody is reminded of it: pure.

Hours are elapsed hours, whatever the clocks do; working days are Monday to Friday but for bank holidays, by the
team's own clocks. Before the office opens on a working day, that day is the next working day: sooner is safer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

OFFICE_OPENS = time(9)
LEAST_WARNING = timedelta(hours=1)
WARNING_SHARE = 4
"""A reminder comes when a quarter of the time is left, and at least an hour before."""
GRACE = timedelta(hours=1)
"""What is to be done at once is called late after this long, so that it can be done before it is marked."""
DAY = timedelta(days=1)

IsHoliday = Callable[[date], bool]


@dataclass(frozen=True, kw_only=True)
class Within:
    """By when: after so many hours, or by a time of day on the n-th working day; neither is at once.

    Both: after the hours, or on the next working day if those end on a day that is none.
    """

    hours: int | None = None
    working_days: int | None = None
    by: time | None = None


class Says(StrEnum):
    """What a reminder is for: it falls due soon, it is late, or a repeated one has come round."""

    SOON = "soon"
    LATE = "late"
    ROUND = "round"


@dataclass(frozen=True)
class Look:
    """The next time somebody is reminded, and of what."""

    at: datetime
    says: Says


def due_at(within: Within, *, opened_at: datetime, zone: ZoneInfo, is_holiday: IsHoliday) -> datetime:
    """The instant by which it is to be done."""
    if within.hours is None and within.working_days is None:
        return opened_at
    if within.hours is None:
        return _on_working_day(within, opened_at, zone, is_holiday)
    ends_at = opened_at + timedelta(hours=within.hours)
    if within.working_days is None or is_working(ends_at.astimezone(zone).date(), is_holiday):
        return ends_at
    return _on_working_day(within, ends_at, zone, is_holiday)


def is_working(day: date, is_holiday: IsHoliday) -> bool:
    """Whether offices are open on this day."""
    return day.weekday() < 5 and not is_holiday(day)


def _on_working_day(within: Within, after: datetime, zone: ZoneInfo, is_holiday: IsHoliday) -> datetime:
    local = after.astimezone(zone)
    day = local.date() if local.time() < OFFICE_OPENS else local.date() + DAY
    left = within.working_days or 1
    while True:
        left -= is_working(day, is_holiday)
        if left <= 0:
            return datetime.combine(day, within.by or time(17), tzinfo=zone).astimezone(UTC)
        day += DAY


def first_look(*, opened_at: datetime, due_at: datetime, repeats: bool) -> Look:
    """When somebody is first reminded of a task."""
    if repeats:
        return Look(due_at, Says.ROUND)
    warned_at = due_at - max(LEAST_WARNING, (due_at - opened_at) / WARNING_SHARE)
    return Look(warned_at, Says.SOON) if warned_at > opened_at else late_look(opened_at=opened_at, due_at=due_at)


def late_look(*, opened_at: datetime, due_at: datetime) -> Look:
    """When a task is called late."""
    return Look(max(due_at, opened_at + GRACE), Says.LATE)
