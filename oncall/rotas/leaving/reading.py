"""Reads leave out of an iCalendar file: every event of it that is not cancelled, each occurrence by itself.

One rule: a file that cannot be wholly understood is refused, with all that is wrong in it, and nothing of it is used.
What an event is about is looked at only to choose among them, and never kept or repeated. Recurrences are left to
libraries, and bounded here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from oncall.errors import Unusable
from oncall.people.teamfile.values import Moment
from oncall.rotas.leaving.checking import MOST_OCCURRENCES, problems_of, unbalanced

MOST_BYTES = 5 * 1024 * 1024
AHEAD_FOR = timedelta(days=366)
_DAY = timedelta(days=1)


class BadCalendar(Unusable):
    """That is no calendar that can be used."""


@dataclass(frozen=True)
class Away:
    """One occurrence; `key` tells it from all others of its calendar, whenever it lies."""

    key: str
    start: Moment
    end: Moment


@dataclass(frozen=True)
class Read:
    """What was read, and how many occurrences were passed over: cancelled, of no length, or not what was looked for."""

    away: tuple[Away, ...]
    skipped: int


def read_leave(content: bytes, *, at: datetime, matching: str | None = None) -> Read:
    """The leave that ends after `at` and begins within a year; with `matching`, of events so summarised.

    Raises BadCalendar, naming everything that is wrong.
    """
    calendars = _calendars(content)
    if wrong := [line for calendar in calendars for line in problems_of(calendar)]:
        raise BadCalendar("\n".join(wrong))
    found: dict[str, Away] = {}
    skipped = 0
    for calendar in calendars:
        repeated = _repeated(calendar)
        for event in _occurrences(calendar, at):
            away = _away(event, repeated)
            if away is None or _is_cancelled(event) or not _matches(event, matching):
                skipped += 1
            else:
                found[away.key] = away
    if len(found) > MOST_OCCURRENCES:
        raise BadCalendar(f"It has more than {MOST_OCCURRENCES} times away in a year: that is no calendar of leave.")
    return Read(tuple(sorted(found.values(), key=lambda away: (away.start.written, away.key))), skipped)


def _calendars(content: bytes) -> list[Calendar]:
    if len(content) > MOST_BYTES:
        raise BadCalendar("It is larger than 5 MiB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadCalendar("It is not written in UTF-8, as a calendar is.") from None
    if wrong := unbalanced(text):
        raise BadCalendar(wrong)
    try:
        return [part for part in Calendar.from_ical(text, multiple=True) if isinstance(part, Calendar)]
    except (ValueError, IndexError, KeyError):
        raise BadCalendar("It has a line that is no iCalendar.") from None


def _occurrences(calendar: Calendar, at: datetime) -> list[Any]:
    try:
        found: list[Any] = list(recurring_ical_events.of(calendar).between(at, at + AHEAD_FOR))
    except (ValueError, TypeError, KeyError, OverflowError):
        raise BadCalendar("It has a recurrence that cannot be reckoned.") from None
    return found


def _away(event: Any, repeated: set[str]) -> Away | None:
    """None for one that has no length."""
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    if not isinstance(start, datetime) and start == end:
        end = start + _DAY
    if end <= start:
        return None
    uid = str(event["UID"])
    which = event["RECURRENCE-ID"].dt.isoformat() if uid in repeated else ""
    return Away(sha256(f"{uid}\n{which}".encode()).hexdigest(), _moment(start), _moment(end))


def _moment(at: date | datetime) -> Moment:
    """A day is its midnight in the team's zone, and so is a time without a zone that zone's."""
    value = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day)  # noqa: DTZ001 - wall clock
    return Moment(at.isoformat(), value)


def _repeated(calendar: Calendar) -> set[str]:
    """The series: of each occurrence it has to be told which it is."""
    return {str(event["UID"]) for event in _events(calendar) if {"RRULE", "RDATE", "RECURRENCE-ID"} & event.keys()}


def _events(calendar: Calendar) -> Iterator[Any]:
    return iter(calendar.walk("VEVENT"))


def _is_cancelled(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _matches(event: Any, matching: str | None) -> bool:
    return matching is None or matching.casefold() in str(event.get("SUMMARY", "")).casefold()
