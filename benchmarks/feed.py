"""A calendar at its address, on a rota with a long past; and the same rota as another library would expand it.

The library is given the layers as recurring events and every override as an event, already parsed. It says what recurs,
not who wins where two overlap: less than a rota has to. Run by `benchmarks.rota`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from benchmarks.past import NOW
from oncall.db.database import Database
from oncall.people.models import Team
from oncall.people.teamfile import TeamFile
from oncall.rotas.calendars.actions import create_feed
from oncall.rotas.calendars.policy import window
from oncall.rotas.calendars.publishing import read_calendar
from tests.oncall.rotas.calendars.readers import events

COVERS = window(NOW)
RECURRING = (
    ("sam", "20260105T170000", "PT16H", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH"),
    ("eli", "20260112T170000", "PT16H", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH"),
    ("eli", "20260109T170000", "PT64H", "FREQ=WEEKLY;INTERVAL=2"),
    ("sam", "20260116T170000", "PT64H", "FREQ=WEEKLY;INTERVAL=2"),
    ("mair", "20260201T120000", "PT1H", "FREQ=DAILY"),
    ("mair", "20260204T140000", "PT2H", "FREQ=WEEKLY"),
)
"""The layers of the tests' example."""


def read_often(database: Database, team: Team) -> Callable[[], object]:
    """The team's calendar, asked for as apps do: it has not changed since."""
    secret = _secret(database, team)
    return lambda: read_calendar(database, secret=secret, at=NOW)


def read_anew(database: Database, team: Team) -> Callable[[], object]:
    """The team's calendar, by a process that knows nothing of it by heart; it was read once before."""
    secret = _secret(database, team)

    def read() -> object:
        with database.reading() as session:
            session.info["memory"].clear()
        return read_calendar(database, secret=secret, at=NOW)

    return read


def expanded(file: TeamFile, start: datetime, end: datetime) -> Callable[[], object]:
    """What the library makes of the rota in a span."""
    calendar: Any = Calendar.from_ical(_as_calendar(file))
    return lambda: recurring_ical_events.of(calendar).between(start, end)


def _secret(database: Database, team: Team) -> str:
    with database.transaction() as session:
        session.info["public_url"] = "https://on-call.example"
        _, address = create_feed(session, team, person=None, at=NOW)
    secret = address.rpartition("/")[2].removesuffix(".ics")
    found = read_calendar(database, secret=secret, at=NOW)
    assert found is not None
    assert len(events(found.text)) > 500
    return secret


def _as_calendar(file: TeamFile) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Benchmark//EN"]
    for number, event in enumerate(_events(file)):
        lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20260101T000000Z", *event, "END:VEVENT"]
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"])


def _events(file: TeamFile) -> Iterator[tuple[str, ...]]:
    for person, begins, lasts_for, rule in RECURRING:
        yield (
            f"SUMMARY:{person}",
            f"DTSTART;TZID={file.team.time_zone}:{begins}",
            f"DURATION:{lasts_for}",
            f"RRULE:{rule}",
        )
    for override in file.rota.overrides:
        start, end = (f"{moment.value:%Y%m%dT%H%M%S}" for moment in (override.start, override.end))
        yield (
            f"SUMMARY:{override.person}",
            f"DTSTART;TZID={file.team.time_zone}:{start}",
            f"DTEND;TZID={file.team.time_zone}:{end}",
        )
