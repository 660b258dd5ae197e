"""What is wrong with a calendar that leave should be read from, in lines a person can act on.

One rule: an event is named by its number in the file, never by what it says.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from icalendar import Calendar

MOST_EVENTS = 5_000
MOST_SERIES = 200
MOST_OCCURRENCES = 1_000
RECURS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
FINER_THAN_DAYS = ("BYHOUR", "BYMINUTE", "BYSECOND")
_ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "STATUS")


def unbalanced(text: str) -> str | None:
    """What is wrong with the outline of a file: each part that begins must end, so that nothing was cut off."""
    open_still: list[str] = []
    calendars = 0
    for line in text.splitlines():
        what, _, name = line.strip().upper().partition(":")
        if what == "BEGIN":
            calendars += name == "VCALENDAR"
            open_still.append(name)
        elif what == "END" and (not open_still or open_still.pop() != name):
            return "It has a part that ends before it begins: END without its BEGIN."
    if not calendars:
        return "It is no iCalendar file: there is no BEGIN:VCALENDAR in it."
    return "It is cut off: a part of it has no END." if open_still else None


def problems_of(calendar: Calendar) -> Iterator[str]:
    """A line for all that is wrong in each event."""
    events: list[Any] = calendar.walk("VEVENT")
    if len(events) > MOST_EVENTS or sum("RRULE" in event for event in events) > MOST_SERIES:
        yield f"It has more than {MOST_EVENTS} events, or more than {MOST_SERIES} that recur."
        return
    for number, event in enumerate(events, start=1):
        yield from (f"event {number}: {wrong}" for wrong in _wrong(event))


def _wrong(event: Any) -> Iterator[str]:
    wrong = [f"{name or 'a line'} cannot be read" for name in _unread(event)]
    wrong += [f"{name} is missing" for name in ("UID", "DTSTART") if name not in event]
    wrong += [f"{name} stands there twice" for name in _ONCE if isinstance(event.get(name), list)]
    yield from wrong or (*_wrong_times(event), *_wrong_recurrence(event))


def _unread(event: Any) -> list[str]:
    """What of it is no iCalendar, as far as it matters; a line that has no name at all does."""
    names = {name or "" for name, _ in event.errors}
    return sorted(names & {"", *_ONCE, "RDATE", "EXDATE"})


def _wrong_times(event: Any) -> Iterator[str]:
    start = event["DTSTART"].dt
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        time = event.get(name)
        if time is not None and "TZID" in time.params and getattr(time.dt, "tzinfo", None) is None:
            yield f"{name} is in a time zone that is not known"
    if "DTEND" not in event:
        return
    end = event["DTEND"].dt
    if isinstance(start, datetime) != isinstance(end, datetime):
        yield "DTSTART and DTEND must both be days, or both be times"
    elif _is_naive(start) != _is_naive(end):
        yield "DTSTART and DTEND must both have a time zone, or neither"
    elif end < start:
        yield "DTEND lies before DTSTART"


def _wrong_recurrence(event: Any) -> Iterator[str]:
    rule = event.get("RRULE", {})
    often = [str(one).upper() for one in rule.get("FREQ", [])]
    if rule and (len(often) != 1 or often[0] not in RECURS):
        yield f"RRULE must recur {', '.join(RECURS[:-1])} or {RECURS[-1]}"
    if any(name in rule for name in FINER_THAN_DAYS):
        yield f"RRULE may have none of {', '.join(FINER_THAN_DAYS)}"


def _is_naive(at: object) -> bool:
    return isinstance(at, datetime) and at.tzinfo is None
