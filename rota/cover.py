"""When a layer applies: its cover windows as spans.

One rule: windows that meet by wall clock leave no gap, whatever the clocks do; elapsed hours may. Who stands in the
layer is for `turns`.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from rota.local_time import begins_at, ends_at, wall_clock
from rota.patterns import DAY, WEEK, CoverWindow
from rota.spans import Span, join

_MONDAY = datetime.combine(date(2001, 1, 1), time(0, 0))
_LONGEST_CLOCK_CHANGE = DAY


def cover(windows: tuple[CoverWindow, ...], zone: ZoneInfo, start: datetime, end: datetime) -> list[Span[None]]:
    """The spans in `[start, end)` in which windows apply, joined; no windows at all mean all hours."""
    if not windows or _fill_the_week(windows):
        return [Span(start, end, None)]
    found = [span for window in windows for span in _occurrences(window, zone, start, end)]
    return join(sorted(found))


def _occurrences(window: CoverWindow, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Span[None]]:
    day = (wall_clock(start, zone) - window.lasts_for - _LONGEST_CLOCK_CHANGE).date()
    last_day = (wall_clock(end, zone) + _LONGEST_CLOCK_CHANGE).date()
    while day <= last_day:
        if day.weekday() in window.days:
            opens = begins_at(datetime.combine(day, window.start), zone)
            closes = _closes_at(window, datetime.combine(day, window.start), zone)
            if max(opens, start) < min(closes, end):
                yield Span(max(opens, start), min(closes, end), None)
        day += DAY


def _closes_at(window: CoverWindow, opens: datetime, zone: ZoneInfo) -> datetime:
    if window.is_elapsed:
        return begins_at(opens, zone) + window.lasts_for
    return ends_at(opens + window.lasts_for, zone)


@lru_cache(maxsize=1024)
def _fill_the_week(windows: tuple[CoverWindow, ...]) -> bool:
    """Whether every time of the week lies in a window, so that no clock change can open a gap."""
    if any(_outlasts_the_week(window) for window in windows):
        return True
    nominal = [
        Span(opens, opens + window.lasts_for, None)
        for window in windows
        if not window.is_elapsed
        for opens in (datetime.combine(_MONDAY + day * DAY, window.start) for day in _two_weeks_of(window.days))
    ]
    return any(span.start <= _MONDAY and span.end >= _MONDAY + WEEK for span in join(sorted(nominal)))


def _two_weeks_of(days: frozenset[int]) -> list[int]:
    return [day for day in range(-7, 7) if day % 7 in days]


def _outlasts_the_week(window: CoverWindow) -> bool:
    """Whether so many hours elapse that the window still applies when it next opens, even if the clock goes back."""
    return window.is_elapsed and bool(window.days) and window.lasts_for >= WEEK + _LONGEST_CLOCK_CHANGE
