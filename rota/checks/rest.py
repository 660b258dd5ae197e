"""Rest that work has broken, each day's and each week's, and weeks of too much work.

One rule: only worked time breaks rest; what counts as worked is given, joined and sorted, as far back and ahead as it
matters. Being on standby is no work, unless the team says so of a tier.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from rota.checks.findings import HOUR
from rota.patterns import DAY
from rota.spans import Span, cut, holes

Worked = Sequence[Span[None]]
NONE = timedelta(0)

_end = attrgetter("end")


class Average(NamedTuple):
    """Hours a week, and whether they are more than the most allowed."""

    hours: float
    is_over: bool


def daily_rest_missed(worked: Worked, *, least: timedelta) -> list[Span[timedelta]]:
    """The stretches of 24 hours, from a start of work on, without so much rest in one piece; each holds the longest.

    The next 24 hours begin with the next work after that rest. Stretches that meet are one, with the least of it.
    """
    missed: list[Span[timedelta]] = []
    for stretch in _short_days(worked, least):
        if missed and missed[-1].end == stretch.start:
            before = missed.pop()
            missed.append(Span(before.start, stretch.end, min(before.held, stretch.held)))
        else:
            missed.append(stretch)
    return missed


def weekly_rest_missed(
    worked: Worked, weeks: Sequence[Span[None]], *, least: timedelta, in_fortnight: timedelta
) -> Iterator[Span[timedelta]]:
    """The weeks without so much time in one piece free of work, and not made good in a week beside it.

    Weeks follow one another. A fortnight makes one week good, not two.
    """
    spent: set[int] = set()
    for index, week in enumerate(weeks):
        longest = longest_of(rests_in(worked, week.start, week.end))
        if longest >= least:
            continue
        beside = [
            other
            for other in (index - 1, index + 1)
            if 0 <= other < len(weeks)
            and other not in spent
            and _is_made_good(worked, weeks[min(index, other)].start, weeks[max(index, other)].end, least, in_fortnight)
        ]
        if beside:
            spent |= {beside[0], index}
        else:
            yield Span(week.start, week.end, longest)


def weekly_hours(
    worked: Worked, weeks: Sequence[Span[None]], *, over: int, most: timedelta, warn_from: timedelta
) -> list[Span[Average]]:
    """Where the average over so many weeks is too high, or nearly; neighbours alike are one, with the highest.

    `weeks` follow one another from Monday; the first `over` - 1 are only looked back at.
    """
    totals = [_total(worked, week) for week in weeks]
    found: list[Span[Average]] = []
    for number in range(over - 1, len(weeks)):
        average = sum(totals[number - over + 1 : number + 1], timedelta(0)) / over
        if average < warn_from and average <= most:
            continue
        week, told = weeks[number], Average(average / HOUR, average > most)
        if found and found[-1].end == week.start and found[-1].held.is_over == told.is_over:
            before = found.pop()
            found.append(Span(before.start, week.end, max(before.held, told)))
        else:
            found.append(Span(week.start, week.end, told))
    return found


def _short_days(worked: Worked, least: timedelta) -> Iterator[Span[timedelta]]:
    begins = worked[0].start if worked else None
    while begins is not None:
        rests = rests_in(worked, begins, begins + DAY)
        enough = next((rest for rest in rests if rest.end - rest.start >= least), None)
        if enough is None:
            yield Span(begins, begins + DAY, longest_of(rests))
        begins = _work_from(worked, enough.end if enough else begins + DAY)


def rests_in(worked: Worked, start: datetime, end: datetime) -> list[Span[None]]:
    """What work leaves free of `[start, end)`."""
    return list(holes(cut(worked, start, end), start, end))


def longest_of(rests: Sequence[Span[None]]) -> timedelta:
    """The longest of some rests."""
    return max((rest.end - rest.start for rest in rests), default=NONE)


def _is_made_good(worked: Worked, start: datetime, end: datetime, least: timedelta, needed: timedelta) -> bool:
    """Whether a fortnight has its rest in one piece, or in such pieces as a week should have."""
    rests = rests_in(worked, start, end)
    pieces = sum((rest.end - rest.start) // least for rest in rests)
    return longest_of(rests) >= needed or pieces * least >= needed


def _work_from(worked: Worked, at: datetime) -> datetime | None:
    """The first instant from `at` on that is worked."""
    following = worked[bisect_right(worked, at, key=_end) :][:1]
    return max(following[0].start, at) if following else None


def _total(worked: Worked, week: Span[None]) -> timedelta:
    return sum((part.end - part.start for part in cut(worked, week.start, week.end)), timedelta(0))
