"""Rest: what breaks it, and what does not."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.checks.rest import Average, daily_rest_missed, weekly_hours, weekly_rest_missed
from rota.checks.rules import Rules
from rota.spans import Span, join
from tests.rota.checks.rotas import at, layer, report, rota, told, worked

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
MONDAY = datetime(2026, 7, 6, tzinfo=UTC)
WHOLE = rota({"duty": [layer("All hours", "sam", "eli")]})


def _worked(*hours: tuple[float, float]) -> list[Span[None]]:
    """Spells given in hours from Monday's midnight."""
    return [Span(MONDAY + one * HOUR, MONDAY + other * HOUR, None) for one, other in hours]


def _weeks(count: int) -> list[Span[None]]:
    return [Span(MONDAY + n * 168 * HOUR, MONDAY + (n + 1) * 168 * HOUR, None) for n in range(count)]


def _in_hours(spans: list[Span[timedelta]]) -> list[tuple[float, float, float]]:
    return [((one.start - MONDAY) / HOUR, (one.end - MONDAY) / HOUR, one.held / HOUR) for one in spans]


@pytest.mark.parametrize(
    ("spells", "missed"),
    [
        ([], []),
        ([(9, 22)], []),  # thirteen hours, then eleven
        ([(9, 22.5)], [(9, 33, 10.5)]),
        ([(9, 17), (27, 27.5)], [(9, 33, 10)]),  # a day at work, and a call at three
        ([(9, 17), (28, 28.5)], []),  # at four: eleven hours had gone by
        ([(9, 17), (27, 27.5), (33, 41)], [(9, 33, 10)]),
        ([(9, 17), (27, 27.5), (33, 41), (51, 51.5)], [(9, 57, 10)]),  # two such days are one stretch
        ([(9, 17), (23, 23.5), (27, 27.5), (51, 51.5)], [(9, 33, 6)]),
        ([(0, 168)], [(0, 168, 0)]),
        ([(9, 9.5), (20.5, 21)], []),  # exactly eleven between two calls
        ([(9, 9.5), (20, 20.5), (31, 31.5)], [(9, 33, 10.5)]),
    ],
)
def test_daily_rest_is_eleven_hours_in_the_24_from_when_work_starts(
    spells: list[tuple[float, float]], missed: list[tuple[float, float, float]]
) -> None:
    assert _in_hours(daily_rest_missed(_worked(*spells), least=11 * HOUR)) == missed


spells = st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 900)), max_size=12).map(
    lambda listed: join(
        sorted(Span(MONDAY + start * MINUTE, MONDAY + (start + lasts) * MINUTE, None) for start, lasts in listed)
    )
)


@given(spells)
@settings(deadline=None, max_examples=80)
def test_daily_rest_is_missed_in_the_minutes_that_somebody_with_a_stopwatch_says(worked: list[Span[None]]) -> None:
    busy = {(one.start - MONDAY) // MINUTE + n for one in worked for n in range((one.end - one.start) // MINUTE)}
    missed = daily_rest_missed(worked, least=11 * HOUR)
    told = {(one.start - MONDAY) // MINUTE + n for one in missed for n in range((one.end - one.start) // MINUTE)}
    assert told == _by_the_minute(busy)
    assert all(one.held < 11 * HOUR for one in missed)
    assert all(one.end < other.start for one, other in pairwise(missed))


def _by_the_minute(busy: set[int]) -> set[int]:
    """The minutes of the 24 hours, counted from a minute of work, that have no eleven free ones in a row."""
    missed: set[int] = set()
    minute, last = min(busy, default=0), max(busy, default=-1)
    while minute <= last:
        if minute not in busy:
            minute += 1
            continue
        free, rested = 0, None
        for later in range(minute, minute + 24 * 60):
            free = 0 if later in busy else free + 1
            if free == 11 * 60:
                rested = later + 1
                break
        if rested is None:
            missed.update(range(minute, minute + 24 * 60))
        minute = rested or minute + 24 * 60
    return missed


@given(spells)
@settings(deadline=None, max_examples=80)
def test_less_work_never_breaks_a_weeks_rest(worked: list[Span[None]]) -> None:
    stretched = [Span(MONDAY + (one.start - MONDAY) * 8, MONDAY + (one.end - MONDAY) * 8, None) for one in worked]
    for left_out in range(len(stretched)):
        fewer = stretched[:left_out] + stretched[left_out + 1 :]
        assert len(_weeks_missed(fewer)) <= len(_weeks_missed(stretched))


def _weeks_missed(worked: list[Span[None]]) -> list[Span[timedelta]]:
    return list(weekly_rest_missed(worked, _weeks(4), least=24 * HOUR, in_fortnight=48 * HOUR))


@pytest.mark.parametrize(
    ("spells", "missed"),
    [
        ([], []),
        ([(n * 24 + 9, n * 24 + 17) for n in range(5)], []),
        ([(n * 24 + 9, n * 24 + 17) for n in range(7)], []),  # made good by the week after
        ([(n * 24 + 9, n * 24 + 17) for n in range(14)], [0]),  # the second is made good by the third
        ([(n * 24 + 9, n * 24 + 17) for n in range(13)], [0]),  # one day off in a fortnight is not enough
        ([(n * 24 + 9, n * 24 + 17) for n in range(12)], []),  # two are
        ([(n * 24 + 9, n * 24 + 17) for n in [*range(7), 8, 10, 12]], []),  # pieces of forty hours
        ([(n * 24 + 9, n * 24 + 17) for n in range(7, 14)], []),  # made good by the week before
        ([(n * 24 + 9, n * 24 + 17) for n in [*range(7), *range(8, 13), *range(14, 21)]], [2]),  # one week, two askers
        ([(0, 504)], [0, 1, 2]),
        ([(0, 144), (168, 312), (336, 480)], []),  # exactly 24 hours each
        ([(0, 145), (168, 313), (336, 481)], [0, 1, 2]),
    ],
)
def test_weekly_rest_is_24_hours_in_a_week_or_48_in_a_fortnight(
    spells: list[tuple[float, float]], missed: list[int]
) -> None:
    found = weekly_rest_missed(_worked(*spells), _weeks(3), least=24 * HOUR, in_fortnight=48 * HOUR)
    assert [(one.start - MONDAY) // (168 * HOUR) for one in found] == missed


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        ([40, 40, 40, 40], []),
        ([48, 44, 0, 44], [(2, 2, 46.0, False)]),
        ([44, 44, 44, 44], [(2, 4, 44.0, False)]),
        ([48, 48, 48, 48], [(2, 4, 48.0, False)]),
        ([48, 50, 60, 30], [(2, 3, 55.0, True), (4, 4, 45.0, False)]),
        ([60, 60, 20, 20], [(2, 2, 60.0, True)]),
    ],
)
def test_weekly_hours_are_an_average_that_ends_with_each_week(
    hours: list[int], found: list[tuple[int, int, float, bool]]
) -> None:
    spells = [(number * 168.0, number * 168.0 + lasts) for number, lasts in enumerate(hours) if lasts]
    told = weekly_hours(_worked(*spells), _weeks(4), over=2, most=48 * HOUR, warn_from=44 * HOUR)
    numbered = [((one.start - MONDAY).days // 7 + 1, (one.end - MONDAY).days // 7, *one.held) for one in told]
    assert numbered == found


def test_a_warning_above_the_most_warns_of_nothing_less() -> None:
    told = weekly_hours(_worked((0, 50)), _weeks(1), over=1, most=48 * HOUR, warn_from=60 * HOUR)
    assert [one.held for one in told] == [Average(50.0, is_over=True)]


def test_standby_breaks_no_rest() -> None:
    found = report(WHOLE, "2026-03-02", "2026-09-28").findings
    assert {one.kind.value for one in found} <= {"unfair"}
    assert found == ()


def test_standby_that_the_team_counts_as_work_breaks_rest() -> None:
    rules = Rules(standby_is_work=frozenset({"duty"}))
    found = report(WHOLE, "2026-06-01", "2026-06-15", rules=rules)
    assert {one.kind.value for one in found.findings} == {"daily_rest", "weekly_hours"}
    assert {one.person for one in told(found, "daily_rest")} == {"sam", "eli"}
    assert "of rest in one piece in each 24 hours from" in told(found, "daily_rest")[0].detail
    sam = next(one for one in told(found, "weekly_hours") if one.person == "sam")
    assert sam.detail == "sam works 87.9 hours a week on average over 17 weeks; the most is 48."
    alone = rota({"duty": [layer("All hours", "sam")]})
    assert told(report(alone, "2026-06-01", "2026-06-15", rules=rules), "weekly_rest")[0].detail == (
        "sam has no more than 0 minutes without work in one piece in this week; "
        "the rule is 24 hours, or 48 in a fortnight."
    )
    other = report(WHOLE, "2026-06-01", "2026-06-15", rules=Rules(standby_is_work=frozenset({"manager"})))
    assert other.findings == ()


def test_a_disturbed_night_is_told_with_what_is_owed() -> None:
    spells = worked(
        "sam",
        "2026-07-06T20:00 2026-07-06T20:30",
        "2026-07-07T03:10 2026-07-07T03:40",
        "2026-07-07T09:00 2026-07-07T17:00",
    )
    found = report(WHOLE, "2026-07-06", "2026-07-13", worked=spells)
    assert [(one.tier, one.person, one.start, one.end) for one in told(found, "daily_rest")] == [
        (None, "sam", at("2026-07-06T20:00"), at("2026-07-07T20:00"))
    ]
    assert found.findings[0].detail == (
        "sam has no more than 6 hours 40 minutes of rest in one piece in the 24 hours from Mon 06 Jul 2026 20:00 BST; "
        "the rule is 11 hours, so 4 hours 20 minutes are owed."
    )
    assert report(WHOLE, "2026-07-08", "2026-07-13", worked=spells).findings == ()
    gentle = Rules(daily_rest_hours=6)
    assert report(WHOLE, "2026-07-06", "2026-07-13", worked=spells, rules=gentle).findings == ()


def test_a_spell_of_no_length_is_no_work() -> None:
    instants = [f"2026-07-{day:02}T{hour:02}:00" for day in range(6, 20) for hour in (2, 8, 14, 20)]
    spells = worked("sam", *(f"{instant} {instant}" for instant in instants))
    assert report(WHOLE, "2026-07-06", "2026-07-20", worked=spells).findings == ()


def test_a_week_without_rest_is_told_by_the_teams_clock() -> None:
    days = [date(2026, 3, 9) + n * timedelta(days=1) for n in range(35)]
    spells = worked("eli", *(f"{day}T09:00 {day}T17:00" for day in days))
    found = told(report(WHOLE, "2026-03-16", "2026-04-01", worked=spells), "weekly_rest")
    assert [(one.person, one.start, one.end) for one in found] == [
        ("eli", at("2026-03-16"), at("2026-03-23")),
        ("eli", at("2026-03-23"), at("2026-03-30")),
        ("eli", at("2026-03-30"), at("2026-04-06")),
    ]
    assert "no more than 16 hours without work in one piece in this week" in found[0].detail


def test_the_week_that_makes_another_good_may_lie_beside_the_span_asked_about() -> None:
    before = [f"2026-07-{day:02}T09:00 2026-07-{day:02}T17:00" for day in range(6, 13)]
    assert report(WHOLE, "2026-07-06", "2026-07-13", worked=worked("sam", *before)).findings == ()
    both = [f"{day}T09:00 {day}T17:00" for day in (date(2026, 6, 29) + timedelta(days=n) for n in range(21))]
    found = report(WHOLE, "2026-07-06", "2026-07-13", worked=worked("sam", *both))
    assert [one.start for one in told(found, "weekly_rest")] == [at("2026-07-06")]


def test_nearly_too_many_hours_is_a_warning() -> None:
    days = [date(2026, 3, 2) + n * timedelta(days=1) for n in range(26 * 7) if n % 7 < 5]
    spells = worked("eli", *(f"{day}T09:00 {day}T18:00" for day in days))
    found = told(report(WHOLE, "2026-07-06", "2026-07-20", worked=spells), "weekly_hours")
    assert [(one.start, one.end, one.detail) for one in found] == [
        (
            at("2026-07-06"),
            at("2026-07-20"),
            "eli works 45 hours a week on average over 17 weeks: near the most, which is 48.",
        )
    ]
