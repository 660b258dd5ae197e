"""What a rota asks of people: hours on call, nights, weekends, bank holidays.

One rule: days and nights are those of the team's clock, and lengths are elapsed. Whether it is shared out fairly is for
`fairness`, whether anybody was called out is known elsewhere.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rota.checks.findings import HOUR
from rota.local_time import begins_at, ends_at, wall_clock
from rota.patterns import DAY, WEEK
from rota.spans import Span, T, cut, join

NIGHT_BEGINS = time(23, 0)
NIGHT_ENDS = time(6, 0)
WEEKEND = frozenset({5, 6})
_INSTANT = timedelta(microseconds=1)


class Load(NamedTuple):
    """What somebody holds in a span: a weekend is Saturday and Sunday, a bank holiday the day from its midnight on."""

    hours: float = 0.0
    nights: int = 0
    weekend_hours: float = 0.0
    bank_holiday_hours: float = 0.0


@dataclass(frozen=True)
class Days:
    """The nights, weekends and bank holidays that touch a span."""

    nights: Sequence[Span[date]]
    weekends: Sequence[Span[None]]
    bank_holidays: Sequence[Span[None]]
    night_counts_from: timedelta


def days_of(
    zone: ZoneInfo, start: datetime, end: datetime, *, bank_holidays: Collection[date], night_counts_from: timedelta
) -> Days:
    """The days that touch `[start, end)`, by the clock in the zone."""
    day, last = wall_clock(start, zone).date() - DAY, wall_clock(end, zone).date()
    days = [day + number * DAY for number in range((last - day).days + 1)]
    return Days(
        nights=[_night(day, zone) for day in days],
        weekends=join(_day(day, zone) for day in days if day.weekday() in WEEKEND),
        bank_holidays=join(_day(day, zone) for day in days if day in bank_holidays),
        night_counts_from=night_counts_from,
    )


def weeks_of(zone: ZoneInfo, start: datetime, end: datetime, *, before: int = 0, after: int = 0) -> list[Span[None]]:
    """The weeks from Monday's midnight that touch `[start, end)`, and so many more."""
    first, last = _monday(start, zone), _monday(end - _INSTANT, zone)
    count = (last - first) // WEEK + 1 + before + after
    mondays = [begins_at(first + (number - before) * WEEK, zone) for number in range(count + 1)]
    return [Span(one, other, None) for one, other in pairwise(mondays)]


def load_of(held: Sequence[Span[T]], days: Days) -> Load:
    """What stretches ask that are sorted and do not overlap."""
    return Load(
        hours=sum((span.end - span.start for span in held), timedelta(0)) / HOUR,
        nights=len(nights_in(held, days)),
        weekend_hours=_hours_in(held, days.weekends),
        bank_holiday_hours=_hours_in(held, days.bank_holidays),
    )


def nights_in(held: Sequence[Span[T]], days: Days) -> list[Span[date]]:
    """The nights that count; each holds the day it begins on."""
    nights: list[Span[date]] = []
    lengths: list[timedelta] = []
    for span in held:
        for part in cut(days.nights, span.start, span.end):
            if nights and nights[-1].held == part.held:
                nights[-1] = Span(nights[-1].start, part.end, part.held)
                lengths[-1] += part.end - part.start
            else:
                nights.append(part)
                lengths.append(part.end - part.start)
    return [night for night, length in zip(nights, lengths, strict=True) if length >= days.night_counts_from]


def nights_in_a_row(nights: Sequence[Span[date]], *, most: int) -> Iterator[Span[int]]:
    """The runs of more nights than that, from the first's beginning to the last's end; each holds their number."""
    ends = [index + 1 for index, (one, next_) in enumerate(pairwise(nights)) if next_.held != one.held + DAY]
    for first, end in pairwise([0, *ends, len(nights)]):
        if end - first > most:
            yield Span(nights[first].start, nights[end - 1].end, end - first)


def _hours_in(held: Sequence[Span[T]], among: Sequence[Span[None]]) -> float:
    parts = (part for span in held for part in cut(among, span.start, span.end))
    return sum((part.end - part.start for part in parts), timedelta(0)) / HOUR


def _night(day: date, zone: ZoneInfo) -> Span[date]:
    begins, ends = datetime.combine(day, NIGHT_BEGINS), datetime.combine(day + DAY, NIGHT_ENDS)
    return Span(begins_at(begins, zone), ends_at(ends, zone), day)


def _monday(at: datetime, zone: ZoneInfo) -> datetime:
    shown = wall_clock(at, zone)
    return datetime.combine(shown.date() - shown.weekday() * DAY, time(0))


def _day(day: date, zone: ZoneInfo) -> Span[None]:
    midnight = datetime.combine(day, time(0))
    return Span(begins_at(midnight, zone), begins_at(midnight + DAY, zone), None)
