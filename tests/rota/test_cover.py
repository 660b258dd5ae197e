"""When cover windows apply."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rota.cover import cover
from rota.patterns import CoverWindow, DailyCover, HoursCover, WeeklyCover

MON_TO_THU = frozenset({0, 1, 2, 3})
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (frozenset({day}) for day in (0, 3, 4, 5, 6))


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _covered(windows: list[CoverWindow], start: str, end: str, zone: str = "Europe/London") -> list[str]:
    spans = cover(tuple(windows), ZoneInfo(zone), _utc(start), _utc(end))
    return [f"{span.start:%a %d %H:%M} to {span.end:%a %d %H:%M}" for span in spans]


@pytest.mark.parametrize(
    ("windows", "start", "end", "covered"),
    [
        ([], "2026-01-05T03:00", "2026-01-06T03:00", ["Mon 05 03:00 to Tue 06 03:00"]),
        ([DailyCover(time(9), time(17))], "2026-01-05T00:00", "2026-01-06T00:00", ["Mon 05 09:00 to Mon 05 17:00"]),
        # L36: across midnight, whole
        (
            [DailyCover(time(17), time(9), MON_TO_THU)],
            "2026-01-08T00:00",
            "2026-01-10T00:00",
            ["Thu 08 00:00 to Thu 08 09:00", "Thu 08 17:00 to Fri 09 09:00"],
        ),
        # the day is the one a window starts on
        (
            [DailyCover(time(17), time(9), SUNDAY)],
            "2026-01-05T00:00",
            "2026-01-12T00:00",
            ["Mon 05 00:00 to Mon 05 09:00", "Sun 11 17:00 to Mon 12 00:00"],
        ),
        # equal: 24 hours, so every day is every hour
        (
            [DailyCover(time(9), time(9), SATURDAY)],
            "2026-01-05T00:00",
            "2026-01-12T00:00",
            ["Sat 10 09:00 to Sun 11 09:00"],
        ),
        (
            [WeeklyCover(4, time(17), 0, time(9))],
            "2026-01-05T00:00",
            "2026-01-12T00:00",
            ["Mon 05 00:00 to Mon 05 09:00", "Fri 09 17:00 to Mon 12 00:00"],
        ),
        (
            [WeeklyCover(2, time(9), 2, time(9))],
            "2026-01-05T00:00",
            "2026-01-12T00:00",
            ["Mon 05 00:00 to Mon 12 00:00"],
        ),
        (
            [HoursCover(time(20), 30, FRIDAY)],
            "2026-01-09T00:00",
            "2026-01-12T00:00",
            ["Fri 09 20:00 to Sun 11 02:00"],
        ),
        # windows that overlap or meet are one
        (
            [DailyCover(time(9), time(12)), DailyCover(time(11), time(13)), HoursCover(time(13), 2)],
            "2026-01-05T00:00",
            "2026-01-06T00:00",
            ["Mon 05 09:00 to Mon 05 15:00"],
        ),
        # a week and more of elapsed hours fills every week; exactly a week does not when the clock goes back
        ([HoursCover(time(9), 192, MONDAY)], "2026-10-20T00:00", "2026-10-28T00:00", ["Tue 20 00:00 to Wed 28 00:00"]),
        (
            [HoursCover(time(9), 168, MONDAY)],
            "2026-10-20T00:00",
            "2026-10-28T00:00",
            ["Tue 20 00:00 to Mon 26 08:00", "Mon 26 09:00 to Wed 28 00:00"],
        ),
    ],
)
def test_cover(windows: list[CoverWindow], start: str, end: str, covered: list[str]) -> None:
    assert _covered(windows, start, end) == covered


@pytest.mark.parametrize(
    ("window", "day", "covered"),
    [
        # L33: forward on 29 March at 01:00, instants in UTC
        (DailyCover(time(1, 30), time(4), SUNDAY), "2026-03-29", ["Sun 29 01:00 to Sun 29 03:00"]),
        (DailyCover(time(23), time(1, 30), SATURDAY), "2026-03-29", ["Sun 29 00:00 to Sun 29 01:00"]),
        (DailyCover(time(1, 15), time(1, 45), SUNDAY), "2026-03-29", []),
        (DailyCover(time(0), time(0), SUNDAY), "2026-03-29", ["Sun 29 00:00 to Sun 29 23:00"]),
        (HoursCover(time(0), 24, SUNDAY), "2026-03-29", ["Sun 29 00:00 to Mon 30 00:00"]),
        (HoursCover(time(1, 30), 2, SUNDAY), "2026-03-29", ["Sun 29 01:00 to Sun 29 03:00"]),
        # back on 25 October at 02:00
        (DailyCover(time(1, 30), time(4), SUNDAY), "2026-10-25", ["Sun 25 00:30 to Sun 25 04:00"]),
        (DailyCover(time(23), time(1, 30), SATURDAY), "2026-10-25", ["Sun 25 00:00 to Sun 25 01:30"]),
        (DailyCover(time(1, 15), time(1, 45), SUNDAY), "2026-10-25", ["Sun 25 00:15 to Sun 25 01:45"]),
        (HoursCover(time(1, 30), 2, SUNDAY), "2026-10-25", ["Sun 25 00:30 to Sun 25 02:30"]),
    ],
)
def test_l33_windows_on_the_days_the_clock_changes(window: CoverWindow, day: str, covered: list[str]) -> None:
    after = datetime.fromisoformat(day) + timedelta(days=2)
    assert _covered([window], f"{day}T00:00", after.isoformat()) == covered


def test_a_window_that_starts_on_a_skipped_day_starts_after_it() -> None:
    window = DailyCover(time(17), time(9), FRIDAY)  # 30 December 2011 was not, in Samoa
    assert _covered([window], "2011-12-30T00:00", "2012-01-02T00:00", "Pacific/Apia") == [
        "Fri 30 10:00 to Fri 30 19:00"
    ]


def test_l36_a_night_is_whole_to_the_microsecond() -> None:
    midnight = _utc("2026-01-06T00:00")
    nights = cover((DailyCover(time(17), time(9)),), ZoneInfo("UTC"), midnight - timedelta(hours=3), midnight)
    assert nights[-1].end == midnight
    nights = cover((DailyCover(time(17), time(9)),), ZoneInfo("UTC"), midnight - timedelta(microseconds=1), midnight)
    assert nights == [(midnight - timedelta(microseconds=1), midnight, None)]
