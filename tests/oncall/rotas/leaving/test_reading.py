"""Leave out of a calendar: which events count, when they are, and which files are refused whole."""

import contextlib
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall.rotas.leaving.reading import BadCalendar, read_leave
from oncall.rotas.written import instant_of
from tests.oncall.rotas.calendars.conftest import NOW
from tests.oncall.rotas.leaving.calendars import DENTIST, FRIDAYS, HOLIDAY, calendar, read, spans


def test_days_are_days_and_times_are_times() -> None:
    assert spans(read(HOLIDAY, DENTIST)) == [
        ("2026-11-03T14:00:00+00:00", "2026-11-03T16:00:00+00:00"),
        ("2026-12-21", "2026-12-28"),
    ]


def test_a_recurrence_is_told_one_by_one_by_the_clock_on_the_wall() -> None:
    assert spans(read(FRIDAYS)) == [  # the first is over
        ("2026-10-23T09:00:00+01:00", "2026-10-23T17:00:00+01:00"),
        ("2026-10-30T09:00:00+00:00", "2026-10-30T17:00:00+00:00"),
        ("2026-11-06T09:00:00+00:00", "2026-11-06T17:00:00+00:00"),
    ]


def test_an_occurrence_that_was_moved_or_struck_out_is() -> None:
    moved = [
        "UID:fridays",
        "RECURRENCE-ID;TZID=Europe/London:20261030T090000",
        "DTSTART;TZID=Europe/London:20261031T090000",
        "DTEND;TZID=Europe/London:20261031T120000",
    ]
    struck = [*FRIDAYS, "EXDATE;TZID=Europe/London:20261106T090000"]
    assert [start for start, _ in spans(read(struck, moved))] == [
        "2026-10-23T09:00:00+01:00",
        "2026-10-31T09:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("event", "expected", "skipped"),
    [
        ([*HOLIDAY, "STATUS:CANCELLED"], [], 1),
        (["UID:x", "DTSTART:20261103T140000Z"], [], 1),  # no length
        (["UID:x", "DTSTART:20261103T140000Z", "DTEND:20261103T140000Z"], [], 1),
        (["UID:x", "DTSTART;VALUE=DATE:20261103"], [("2026-11-03", "2026-11-04")], 0),
        (["UID:x", "DTSTART;VALUE=DATE:20261103", "DTEND;VALUE=DATE:20261103"], [("2026-11-03", "2026-11-04")], 0),
        (["UID:x", "DTSTART:20261103T140000", "DURATION:P1D"], [("2026-11-03T14:00:00", "2026-11-04T14:00:00")], 0),
        (["UID:x", "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261101"], [("2026-10-01", "2026-11-01")], 0),
        (["UID:x", "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261020"], [], 0),  # over
        (["UID:x", "DTSTART;VALUE=DATE:20280101"], [], 0),  # too far ahead
        (["UID:x", "DTSTART;VALUE=DATE:20261030", "TRANSP:TRANSPARENT"], [("2026-10-30", "2026-10-31")], 0),
    ],
)  # fmt: skip
def test_what_counts(event: list[str], expected: list[tuple[str, str]], skipped: int) -> None:
    found = read(event)
    assert (spans(found), found.skipped) == (expected, skipped)


def test_only_what_is_looked_for() -> None:
    found = read(HOLIDAY, DENTIST, matching="annual LEAVE")
    assert (spans(found), found.skipped) == ([("2026-12-21", "2026-12-28")], 1)


def test_what_is_kept_says_nothing_of_an_event() -> None:
    assert "entist" not in repr(read(DENTIST))


def test_a_calendar_in_another_zone_and_a_byte_order_mark_are_read() -> None:
    content = b"\xef\xbb\xbf" + calendar(
        ["UID:x", "DTSTART:20261103T140000", "DURATION:PT1H"], head="X-WR-TIMEZONE:Europe/Paris"
    )
    (away,) = read_leave(content, at=NOW).away
    assert instant_of(away.start, zone=ZoneInfo("Europe/London")).isoformat() == "2026-11-03T13:00:00+00:00"


EARLY = ["UID:x", "DTSTART:20260101T000000Z", "DURATION:PT1H"]
DAILY = ["DTSTART;VALUE=DATE:20261101", "RRULE:FREQ=DAILY"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no BEGIN:VCALENDAR"),
        (b"%PDF-1.7", "no BEGIN:VCALENDAR"),
        (b"\xff\xfe\x00", "UTF-8"),
        (calendar(HOLIDAY)[:-15], "cut off"),
        (calendar(HOLIDAY).replace(b"END:VEVENT", b"END:VTODO"), "ends before it begins"),
        (calendar(HOLIDAY).replace(b"END:VEVENT\r\n", b""), "ends before it begins"),
        (calendar([*HOLIDAY, "nonsense"]), "event 1: a line cannot be read"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MiB"),
        (calendar([*EARLY, "RRULE:FREQ=HOURLY"]), "DAILY, WEEKLY, MONTHLY or YEARLY"),
        (calendar([*EARLY, "RRULE:FREQ=DAILY;BYHOUR=1,2,3"]), "BYHOUR"),
        (calendar([*EARLY, "RRULE:FREQ=DAYLY"]), "RRULE cannot be read"),
        (calendar(*([*HOLIDAY, "RRULE:FREQ=DAILY"] for _ in range(201))), "more than 200 that recur"),
        (calendar(*([f"UID:{n}", *DAILY] for n in range(3))), "more than 1000"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(BadCalendar, match=said):
        read_leave(content, at=NOW)


def test_all_that_is_wrong_is_said_at_once_and_nothing_an_event_says() -> None:
    wrong = [
        ["UID:a", "SUMMARY:Secret clinic"],
        ["DTSTART;VALUE=DATE:2026"],
        ["UID:c", "DTSTART;TZID=Nowhere/Else:20261103T100000", "DURATION:PT1H"],
        ["UID:d", "DTSTART:20261103T100000Z", "DTEND:20261102T100000Z"],
        ["UID:e", "DTSTART;VALUE=DATE:20261103", "DTEND:20261104T100000Z"],
        ["UID:f", "DTSTART:20261103T100000", "DTEND:20261104T100000Z"],
        ["UID:g", "DTSTART:20261103T100000Z", "DTSTART:20261104T100000Z"],
        HOLIDAY,
        ["UID:h", "DTSTART;VALUE=DATE:20261103", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"],
    ]
    with pytest.raises(BadCalendar) as refused:
        read(*wrong)
    lines = refused.value.message.splitlines()
    assert [line.split(":")[0] for line in lines] == [f"event {number}" for number in (1, 2, 2, 3, 4, 5, 6, 7, 9)]
    assert "Secret" not in refused.value.message
    assert "DTSTART is missing" in lines[0]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_whatever_is_in_a_file_is_read_or_refused(junk: bytes, where: int) -> None:
    content = calendar(HOLIDAY, FRIDAYS)
    with contextlib.suppress(BadCalendar):
        assert len(read_leave(content[:where] + junk + content[where:], at=NOW).away) <= 4


@given(st.integers(0, 600), st.integers(1, 60))
@settings(deadline=None, max_examples=30)
def test_every_day_away_is_told_wherever_it_lies(after: int, days: int) -> None:
    first = (NOW + timedelta(days=after)).date()
    last = first + timedelta(days=days)
    found = read(["UID:x", f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last:%Y%m%d}"])
    assert spans(found) == ([(first.isoformat(), last.isoformat())] if after <= 366 else [])
