"""Handovers and whose turn it is."""

import itertools
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.patterns import Layer, Turn, Unit
from rota.turns import handover_at, turn_at, turns
from tests.rota.strategies import CHANGES, MINUTE, instants, zones
from tests.rota.strategies import turns as some_turns

LONDON = ZoneInfo("Europe/London")


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("turn", "number", "at"),
    [
        (Turn(1, Unit.WEEK, time(17), date(2026, 3, 23)), 0, "2026-03-23T17:00"),
        (Turn(1, Unit.WEEK, time(17), date(2026, 3, 23)), 1, "2026-03-30T16:00"),  # the same time on the wall
        (Turn(2, Unit.DAY, time(9), date(2026, 10, 24)), 1, "2026-10-26T09:00"),
        (Turn(12, Unit.HOUR, time(9), date(2026, 3, 28)), 2, "2026-03-29T09:00"),  # 24 elapsed hours: 10:00 on the wall
        (Turn(1, Unit.DAY, time(1, 30), date(2026, 3, 28)), 1, "2026-03-29T01:00"),  # skipped: after the gap
        (Turn(1, Unit.DAY, time(1, 30), date(2026, 10, 24)), 1, "2026-10-25T00:30"),  # twice: the first
        (Turn(6, Unit.HOUR, time(1, 30), date(2026, 3, 29)), 1, "2026-03-29T07:00"),
        (Turn(6, Unit.HOUR, time(1, 30), date(2026, 10, 25)), 1, "2026-10-25T06:30"),
    ],
)
def test_l33_handovers_at_a_time_the_clock_skips_or_shows_twice(turn: Turn, number: int, at: str) -> None:
    assert handover_at(turn, number, LONDON) == _utc(at)


@pytest.mark.parametrize("unit", [Unit.HOUR, Unit.DAY, Unit.WEEK])
def test_a_turn_longer_than_the_calendar_has_no_end(unit: Unit) -> None:
    turn = Turn(10**9, unit, time(9), date(2026, 1, 1))
    assert handover_at(turn, 5, LONDON) == datetime.max.replace(tzinfo=UTC)
    assert turn_at(turn, _utc("2899-12-31T00:00"), LONDON) == 0


def test_a_handover_made_stays_made_when_the_clock_goes_back_behind_it() -> None:
    turn = Turn(1, Unit.DAY, time(1, 30), date(2026, 10, 24))
    for at, number in (("00:29", 0), ("00:30", 1), ("01:00", 1), ("01:29", 1), ("01:30", 1)):
        assert turn_at(turn, _utc(f"2026-10-25T{at}"), LONDON) == number


def test_a_handover_on_a_day_that_was_skipped_leaves_its_turn_no_time() -> None:
    layer = Layer("Daily", ("sam", "eli", "mair"), Turn(1, Unit.DAY, time(0), date(2011, 12, 29)))
    held = list(turns(layer, ZoneInfo("Pacific/Apia"), _utc("2011-12-29T10:00"), _utc("2012-01-01T10:00")))
    assert [span.held for span in held] == ["sam", "mair", "sam"]
    assert held[1].start == _utc("2011-12-30T10:00")


@st.composite
def _cases(draw: st.DrawFn) -> tuple[ZoneInfo, Turn, datetime]:
    zone = draw(zones)
    return ZoneInfo(zone), draw(some_turns(near=date(*CHANGES[zone]))), draw(instants(zone=zone))


@given(_cases())
@settings(deadline=None)
def test_the_turn_at_an_instant_has_begun_and_the_next_has_not(case: tuple[ZoneInfo, Turn, datetime]) -> None:
    zone, turn, at = case
    number = turn_at(turn, at, zone)
    assert handover_at(turn, number, zone) <= at < handover_at(turn, number + 1, zone)


@given(_cases(), st.integers(1, 20_000))
@settings(deadline=None)
def test_turns_meet_and_follow_one_another(case: tuple[ZoneInfo, Turn, datetime], minutes: int) -> None:
    zone, turn, start = case
    layer = Layer("Any", ("sam", "eli", "mair", "eli"), turn)
    held = list(turns(layer, zone, start, start + minutes * MINUTE))
    assert (held[0].start, held[-1].end) == (start, start + minutes * MINUTE)
    for one, other in itertools.pairwise(held):
        assert one.end == other.start == handover_at(turn, turn_at(turn, other.start, zone), zone)
    for span in held:
        assert span.held == layer.people[turn_at(turn, span.start, zone) % 4]
