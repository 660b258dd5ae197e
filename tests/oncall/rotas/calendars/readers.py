"""Calendars read in three ways: by the letter of RFC 5545, and by two libraries that know nothing of each other."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import recurring_ical_events
import vobject
from icalendar import Calendar

LINE = re.compile(r"^[A-Z-]+(;[A-Z-]+=[^;:\"]+)*:[^\x00-\x08\x0a-\x1f\x7f]*$")
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "TRANSP", "CLASS", "LAST-MODIFIED")
YEARS = timedelta(days=5 * 366)

Seen = tuple[str, datetime, datetime, str]


@dataclass(frozen=True)
class Found:
    """An event as it stands in the text."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    sequence: int
    status: str

    @property
    def seen(self) -> Seen:
        return self.uid, self.start, self.end, self.summary


def lines(text: str) -> list[str]:
    """The unfolded lines of a text that keeps to the letter: CRLF and nothing else, 75 octets, no stray control."""
    assert text.endswith("\r\n")
    folded = text[:-2].split("\r\n")
    assert not any("\n" in line or "\r" in line for line in folded)
    assert max(len(line.encode()) for line in folded) <= 75
    unfolded = "\r\n".join(folded).replace("\r\n ", "").split("\r\n")
    assert all(LINE.match(line) for line in unfolded)
    return unfolded


def events(text: str) -> list[Found]:
    """The events of a calendar, by the letter."""
    unfolded = lines(text)
    assert unfolded[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert unfolded[-1] == "END:VCALENDAR"
    assert sum(line.startswith("PRODID:") for line in unfolded) == 1
    assert {line.split(":")[1] for line in unfolded if line.startswith("BEGIN:")} > {"VCALENDAR"}
    starts = [at for at, line in enumerate(unfolded) if line == "BEGIN:VEVENT"]
    ends = [at for at, line in enumerate(unfolded) if line == "END:VEVENT"]
    return [_event(unfolded[start + 1 : end]) for start, end in zip(starts, ends, strict=True)]


def confirmed(text: str) -> list[Found]:
    """The events that are not cancelled."""
    return [event for event in events(text) if event.status == "CONFIRMED"]


def by_icalendar(text: str, *, around: datetime) -> list[Seen]:
    """What icalendar and recurring-ical-events make of it, over some years."""
    calendar: Any = Calendar.from_ical(text)
    assert all(not part.errors for part in calendar.walk())
    between = recurring_ical_events.of(calendar).between(around - YEARS, around + YEARS)
    found = ((str(e["UID"]), _utc(e["DTSTART"].dt), _utc(e["DTEND"].dt), str(e["SUMMARY"])) for e in between)
    return sorted(found, key=_order)


def by_vobject(text: str) -> list[Seen]:
    """What vobject makes of it."""
    calendar = vobject.readOne(text)
    found = (
        (str(e.uid.value), _utc(e.dtstart.value), _utc(e.dtend.value), str(e.summary.value))
        for e in calendar.contents.get("vevent", [])
    )
    return sorted(found, key=_order)


def by_the_letter(text: str) -> list[Seen]:
    """What stands there."""
    return sorted((event.seen for event in events(text)), key=_order)


def _order(seen: Seen) -> tuple[datetime, str]:
    return seen[1], seen[0]


def _event(parts: list[str]) -> Found:
    values = [part.partition(":")[::2] for part in parts]
    assert sorted(name for name, _ in values) == sorted(ONCE)
    of = dict(values)
    assert of["TRANSP"] == "TRANSPARENT"
    summary = re.sub(r"\\(.)", lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], of["SUMMARY"])
    return Found(of["UID"], _instant(of["DTSTART"]), _instant(of["DTEND"]), summary, int(of["SEQUENCE"]), of["STATUS"])


def _instant(written: str) -> datetime:
    return datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _utc(at: datetime) -> datetime:
    assert at.tzinfo is not None
    return at.astimezone(UTC)
