"""Calendars as text, by RFC 5545: what must be escaped is, lines end in CRLF and are folded at 75 octets.

One rule: every instant is written in UTC, so that no reader needs to know a zone or a clock change. What is written in
an event is for the caller to choose.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

LONGEST_LINE = 75
PRODUCT = "-//MIST//On-call line//EN"
LOOK_EVERY = "PT15M"
_ESCAPED: dict[int, str | None] = {
    **dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029)),  # whatever a reader might take for a line's end
    **{ord(letter): f"\\{letter}" for letter in "\\;,"},
    ord("\n"): "\\n",
}
# A calendar must hold something; one without an event holds this.
_NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Event:
    """One event: free, not busy; private; cancelled or not."""

    uid: UUID
    sequence: int
    changed_at: datetime
    start: datetime
    end: datetime
    summary: str
    is_cancelled: bool


def written(title: str, events: Iterable[Event]) -> str:
    """A calendar with these events."""
    return "".join(folded(line) for line in _calendar(title, events))


def folded(line: str) -> str:
    """A line with its CRLF, in as many pieces as 75 octets demand; no character is cut in two."""
    if line.isascii() and len(line) <= LONGEST_LINE:
        return f"{line}\r\n"
    pieces, piece, room = [], "", LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", LONGEST_LINE - 1
        piece += letter
        room -= size
    return "".join(f"{one}\r\n" for one in [*pieces, piece])


def _calendar(title: str, events: Iterable[Event]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield from (f"NAME:{_text(title)}", f"X-WR-CALNAME:{_text(title)}")
    yield from (f"REFRESH-INTERVAL;VALUE=DURATION:{LOOK_EVERY}", f"X-PUBLISHED-TTL:{LOOK_EVERY}")
    lines = [line for event in events for line in _event(event)]
    yield from lines or _NOTHING
    yield "END:VCALENDAR"


def _event(event: Event) -> tuple[str, ...]:
    changed = _instant(event.changed_at)
    return (
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{_instant(event.start)}",
        f"DTEND:{_instant(event.end)}",
        f"SUMMARY:{_text(event.summary)}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    )


def _instant(at: datetime) -> str:
    at = at.astimezone(UTC)
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)
