"""What people hold: hours, nights, weekends, bank holidays; by the minute, too."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.checks.load import Load, nights_in_a_row, weeks_of
from rota.checks.rules import Rules
from rota.local_time import wall_clock
from rota.patterns import DailyCover, Override, Rota
from rota.resolve import show
from rota.spans import Span
from tests.rota.checks.rotas import LONDON, NIGHTS, WEEKENDS, at, layer, report, report_between, rota, told
from tests.rota.strategies import CHANGES, MINUTE, instants, rotas, zones

HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28)})
TEAM = rota(
    {
        "duty": [
            layer("Weeknights", "sam", "eli", cover=NIGHTS),
            layer("Weekends", "eli", "sam", cover=WEEKENDS, starts=date(2026, 1, 9)),
        ],
        "manager": [layer("Managers", "pat", "mair")],
    }
)


def test_a_week_of_a_team() -> None:
    load = report(TEAM, "2026-07-06T17:00", "2026-07-13T17:00").load
    assert load == {
        "sam": Load(64.0, 4, 0.0, 0.0),
        "eli": Load(64.0, 3, 48.0, 0.0),
        "pat": Load(168.0, 7, 48.0, 0.0),
        "mair": Load(0.0, 0, 0.0, 0.0),
    }


def test_christmas() -> None:
    load = report(TEAM, "2026-12-21", "2027-01-04", bank_holidays=HOLIDAYS).load
    assert load["eli"].bank_holiday_hours == 7 + 24 + 9 + 7
    assert load["sam"].bank_holiday_hours == 9
    assert load["pat"].bank_holiday_hours + load["mair"].bank_holiday_hours == 72


def test_two_tiers_at_once_are_no_more_hours_than_the_clock_shows() -> None:
    both = rota({"duty": [layer("One", "sam")], "backup": [layer("Other", "sam")]})
    assert report(both, "2026-07-06", "2026-07-07").load == {"sam": Load(24.0, 1, 0.0, 0.0)}


@pytest.mark.parametrize(
    ("start", "end", "nights"),
    [
        ("2026-07-06T23:00", "2026-07-07T02:00", 1),
        ("2026-07-06T23:00", "2026-07-07T01:59", 0),
        ("2026-07-07T03:00", "2026-07-07T06:00", 1),
        ("2026-07-07T06:00", "2026-07-07T23:00", 0),
        ("2026-07-07T05:00", "2026-07-08T01:00", 0),
        ("2026-07-06T00:00", "2026-07-13T00:00", 7),
        ("2026-10-24T22:00", "2026-10-25T07:00", 1),
        ("2026-03-28T23:00", "2026-03-29T03:00", 1),
    ],
)
def test_a_night_counts_from_three_hours_of_it(start: str, end: str, nights: int) -> None:
    one = rota({"duty": []}, [Override("duty", "sam", at(start), at(end))])
    assert report(one, "2026-01-01", "2027-01-01").load["sam"].nights == nights


def test_from_how_many_hours_a_night_counts_is_the_teams() -> None:
    one = rota({"duty": []}, [Override("duty", "sam", at("2026-07-06T23:00"), at("2026-07-07T02:00"))])
    span = ("2026-01-01", "2027-01-01")
    assert report(one, *span, rules=Rules(night_counts_from_hours=4)).load["sam"].nights == 0


@given(zones.flatmap(lambda zone: st.tuples(rotas(zone=zone), instants(zone=zone))), st.integers(1, 4000))
@settings(deadline=None, max_examples=60)
def test_the_load_is_what_a_clock_on_the_wall_counts_minute_by_minute(
    asked: tuple[Rota, datetime], minutes: int
) -> None:
    one, start = asked
    end = start + minutes * MINUTE
    holiday = date(*CHANGES[one.zone.key])
    load = report_between(one, start, end, bank_holidays={holiday}).load
    shifts = show(one, start, end)["duty"]
    for person in load:
        held = [s.start + n * MINUTE for s in shifts if s.person == person for n in range((s.end - s.start) // MINUTE)]
        walls = [wall_clock(minute, one.zone) for minute in held]
        assert load[person].hours == pytest.approx(len(walls) / 60)
        if not _day_is_shown_out_of_order(one.zone):
            assert load[person].weekend_hours == pytest.approx(sum(wall.weekday() > 4 for wall in walls) / 60)
            assert load[person].bank_holiday_hours == pytest.approx(sum(w.date() == holiday for w in walls) / 60)
            assert load[person].nights == len([n for n in _night_minutes(walls).values() if n >= 180])


def _day_is_shown_out_of_order(zone: ZoneInfo) -> bool:
    """Where the clock goes back over midnight or into the night's ends, a day has minutes in two pieces."""
    return zone.key in {"America/Havana", "America/Nuuk", "America/St_Johns", "Asia/Beirut", "Asia/Gaza", "Asia/Tehran",
                        "Africa/Cairo", "Pacific/Apia"}  # fmt: skip


def _night_minutes(walls: list[datetime]) -> dict[date, int]:
    counted: dict[date, int] = {}
    for wall in walls:
        if wall.hour >= 23 or wall.hour < 6:
            night = (wall - timedelta(hours=6)).date()
            counted[night] = counted.get(night, 0) + 1
    return counted


@given(zones.flatmap(lambda zone: st.tuples(rotas(zone=zone), instants(zone=zone))), st.integers(1, 4000))
@settings(deadline=None, max_examples=40)
def test_hours_held_and_gaps_together_are_the_span(asked: tuple[Rota, datetime], minutes: int) -> None:
    one, start = asked
    end = start + minutes * MINUTE
    found = report_between(one, start, end)
    gaps = sum((gap.end - gap.start for gap in told(found, "gap")), timedelta(0))
    assert sum(load.hours for load in found.load.values()) * 60 == pytest.approx(minutes - gaps / MINUTE)


def test_weeks_begin_on_monday_whatever_the_clocks_do() -> None:
    weeks = weeks_of(LONDON, at("2026-03-29T12:00"), at("2026-03-30"), before=1, after=1)
    assert [(one.start, one.end) for one in weeks] == [
        (at("2026-03-16"), at("2026-03-23")),
        (at("2026-03-23"), at("2026-03-30")),
        (at("2026-03-30"), at("2026-04-06")),
    ]


def test_nights_in_a_row() -> None:
    def night(day: int) -> Span[date]:
        return Span(at(f"2026-07-{day:02}T23:00"), at(f"2026-07-{day + 1:02}T06:00"), date(2026, 7, day))

    runs = [night(day) for day in (1, 2, 4, 5, 6, 8, 10, 11, 12, 13)]
    assert [(run.start.day, run.held) for run in nights_in_a_row(runs, most=2)] == [(4, 3), (10, 4)]
    assert [run.held for run in nights_in_a_row(runs, most=1)] == [2, 3, 4]
    assert list(nights_in_a_row([], most=1)) == []


def test_nights_in_a_row_are_counted_beyond_the_span_asked_about() -> None:
    one = rota({"duty": [layer("Always", "sam", cover=(DailyCover(time(22), time(7)),))]})
    found = told(report(one, "2026-07-06", "2026-07-08"), "nights")
    assert len(found) == 1
    assert found[0].person == "sam"
    assert "nights in a row; the most is 7 nights" in found[0].detail
    assert found[0].start < at("2026-07-06") < at("2026-07-08") < found[0].end
    assert told(report(TEAM, "2026-07-06", "2026-08-03"), "nights") == []
    strict = told(report(TEAM, "2026-07-06", "2026-07-08", rules=Rules(nights_in_a_row=1)), "nights")
    assert "the most is 1 night." in strict[0].detail
