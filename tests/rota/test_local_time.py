"""What a clock change does to a wall-clock time that begins something, and to one that ends something."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.local_time import begins_at, ends_at, instant, wall_clock
from tests.rota.strategies import MINUTE, instants, zones


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "begins", "ends"),
    [
        ("Europe/London", "2026-01-15T17:00", "2026-01-15T17:00", "2026-01-15T17:00"),
        ("Europe/London", "2026-07-15T17:00", "2026-07-15T16:00", "2026-07-15T16:00"),
        # forward: 01:00 to 01:59 do not exist on 29 March
        ("Europe/London", "2026-03-29T00:59", "2026-03-29T00:59", "2026-03-29T00:59"),
        ("Europe/London", "2026-03-29T01:00", "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/London", "2026-03-29T01:59:59.999999", "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/London", "2026-03-29T02:00", "2026-03-29T01:00", "2026-03-29T01:00"),
        # back: 01:00 to 01:59 come twice on 25 October
        ("Europe/London", "2026-10-25T00:59", "2026-10-24T23:59", "2026-10-24T23:59"),
        ("Europe/London", "2026-10-25T01:00", "2026-10-25T00:00", "2026-10-25T01:00"),
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30", "2026-10-25T01:30"),
        ("Europe/London", "2026-10-25T02:00", "2026-10-25T02:00", "2026-10-25T02:00"),
        # half an hour
        ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:30", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "2026-04-04T15:15"),
        # over midnight
        ("America/Havana", "2026-03-08T00:30", "2026-03-08T05:00", "2026-03-08T05:00"),
        ("Asia/Beirut", "2024-10-26T23:30", "2024-10-26T20:30", "2024-10-26T21:30"),
        # a whole day that was not
        ("Pacific/Apia", "2011-12-30T00:00", "2011-12-30T10:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-30T17:00", "2011-12-30T10:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00", "2011-12-30T10:00"),
        # backwards in winter, as Ramadan begins
        ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30", "2026-02-15T02:30"),
        ("Europe/Dublin", "2026-10-25T01:30", "2026-10-25T00:30", "2026-10-25T01:30"),
    ],
)
def test_wall_clock_to_instant(zone: str, wall: str, begins: str, ends: str) -> None:
    there, shown = ZoneInfo(zone), datetime.fromisoformat(wall)
    assert begins_at(shown, there) == _utc(begins)
    assert ends_at(shown, there) == _utc(ends)


@pytest.mark.parametrize(
    ("zone", "edge"),
    [("America/New_York", datetime.max.replace(tzinfo=UTC)), ("Asia/Tokyo", datetime.min.replace(tzinfo=UTC))],
)
def test_what_lies_beyond_the_calendar_is_its_edge(zone: str, edge: datetime) -> None:
    wall = edge.replace(tzinfo=None)
    assert begins_at(wall, ZoneInfo(zone)) == edge
    assert ends_at(wall, ZoneInfo(zone)) == edge


@st.composite
def _near_a_change(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    zone = draw(zones)
    return ZoneInfo(zone), draw(instants(zone=zone, within=2))


@given(_near_a_change())
def test_an_instant_lies_between_the_beginning_and_the_end_of_what_the_clock_shows(
    case: tuple[ZoneInfo, datetime],
) -> None:
    zone, at = case
    wall = wall_clock(at, zone)
    assert begins_at(wall, zone) <= at <= ends_at(wall, zone)
    assert at in {begins_at(wall, zone), ends_at(wall, zone)}
    assert wall_clock(begins_at(wall, zone), zone) == wall_clock(ends_at(wall, zone), zone) == wall


@given(_near_a_change(), st.integers(-1440, 1440))
def test_what_begins_later_on_the_wall_never_begins_or_ends_earlier(
    case: tuple[ZoneInfo, datetime], minutes: int
) -> None:
    zone, at = case
    wall = wall_clock(at, zone)
    earlier, later = sorted([wall, wall + minutes * MINUTE])
    assert begins_at(earlier, zone) <= begins_at(later, zone)
    assert ends_at(earlier, zone) <= ends_at(later, zone)
    assert begins_at(later, zone) <= ends_at(later, zone), "what meets on the wall leaves no gap"


@given(_near_a_change())
def test_just_before_something_begins_the_clock_shows_less(case: tuple[ZoneInfo, datetime]) -> None:
    zone, at = case
    wall = at.replace(tzinfo=None)
    begins = begins_at(wall, zone)
    assert wall_clock(begins, zone) >= wall
    assert wall_clock(begins - timedelta(microseconds=1), zone) < wall


@pytest.mark.parametrize(
    ("given_at", "at"),
    [("2026-03-29T02:30:00+01:00", "2026-03-29T01:30"), ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00")],
)
def test_an_instant_is_taken_to_utc(given_at: str, at: str) -> None:
    assert instant(datetime.fromisoformat(given_at)) == _utc(at)
    assert instant(datetime.fromisoformat(given_at)).tzinfo is UTC


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-03-29T02:30", "offset"),
        ("1899-12-31T23:59+00:00", "between the years 1900 and 2900"),
        ("2900-01-01T00:00+00:00", "between the years 1900 and 2900"),
        ("9999-12-31T23:59:59-12:00", "between the years 1900 and 2900"),
    ],
)
def test_an_instant_no_rota_can_be_asked_about_is_refused(at: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        instant(datetime.fromisoformat(at))
