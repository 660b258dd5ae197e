"""Calendars of leave as a colleague's app would write them."""

from oncall.rotas.leaving.reading import Read, read_leave
from tests.oncall.rotas.calendars.conftest import NOW

HOLIDAY = ["UID:holiday", "DTSTART;VALUE=DATE:20261221", "DTEND;VALUE=DATE:20261228", "SUMMARY:Annual leave"]
DENTIST = ["UID:dentist", "DTSTART:20261103T140000Z", "DURATION:PT2H", "SUMMARY:Dentist"]
FRIDAYS = [
    "UID:fridays",
    "DTSTART;TZID=Europe/London:20261016T090000",
    "DTEND;TZID=Europe/London:20261016T170000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
    "SUMMARY:Annual leave",
]


def calendar(*events: list[str], head: str = "") -> bytes:
    """A calendar with these events, each a list of lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Else//EN", *head.split()]
    for event in events:
        lines += ["BEGIN:VEVENT", "DTSTAMP:20261001T000000Z", *event, "END:VEVENT"]
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def spans(read: Read) -> list[tuple[str, str]]:
    return [(away.start.written, away.end.written) for away in read.away]


def read(*events: list[str], matching: str | None = None) -> Read:
    return read_leave(calendar(*events), at=NOW, matching=matching)
