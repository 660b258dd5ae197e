"""The values a team writes down, and what they refuse."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rota.patterns import (
    CoverWindow,
    DailyCover,
    HoursCover,
    Layer,
    Leave,
    Override,
    Rota,
    Turn,
    Unit,
    WeeklyCover,
)

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TURN = Turn(1, Unit.WEEK, time(17), date(2026, 1, 5))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Turn(0, Unit.DAY, time(9), date(2026, 1, 1)), "at least one unit"),
        (lambda: HoursCover(time(9), 0), "at least one hour"),
        (lambda: Layer("Empty", (), TURN), "at least one person"),
        (lambda: Override("duty", "sam", NOON, NOON), "ends after it starts"),
        (lambda: Leave("sam", NOON, NOON - HOUR), "ends after it starts"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(make: Callable[[], object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        make()


@pytest.mark.parametrize(
    ("window", "hours"),
    [
        (DailyCover(time(9), time(17)), 8),
        (DailyCover(time(17), time(9)), 16),
        (DailyCover(time(9), time(9)), 24),
        (DailyCover(time(0), time(0)), 24),
        (WeeklyCover(4, time(17), 0, time(9)), 64),
        (WeeklyCover(0, time(9), 4, time(17)), 104),
        (WeeklyCover(0, time(9), 0, time(17)), 8),
        (WeeklyCover(0, time(17), 0, time(9)), 160),
        (WeeklyCover(2, time(17), 2, time(17)), 168),
        (HoursCover(time(9), 30), 30),
        (HoursCover(time(9), 10**12), 14 * 24),
    ],
)
def test_how_long_a_window_lasts(window: CoverWindow, hours: int) -> None:
    assert window.lasts_for == hours * HOUR


@pytest.mark.parametrize(
    ("every", "unit", "lasts_for"),
    [
        (3, Unit.HOUR, 3 * HOUR),
        (2, Unit.DAY, 48 * HOUR),
        (2, Unit.WEEK, 14 * 24 * HOUR),
        (10**15, Unit.DAY, timedelta(days=1_000_000)),
    ],
)
def test_how_long_a_turn_lasts(every: int, unit: Unit, lasts_for: timedelta) -> None:
    assert Turn(every, unit, time(9), date(2026, 1, 1)).lasts_for == lasts_for


def test_leave_is_a_stretch_of_time() -> None:
    leave = Leave("sam", NOON, NOON + HOUR)
    assert (leave.start, leave.end) == (NOON, NOON + HOUR)


def test_overrides_between_keep_the_order_they_were_written_in() -> None:
    late = Override("duty", "sam", NOON + 5 * HOUR, NOON + 9 * HOUR)
    early = Override("duty", "eli", NOON, NOON + 6 * HOUR)
    past = Override("duty", "eli", NOON - 5 * HOUR, NOON)
    other = Override("backup", "eli", NOON, NOON + 6 * HOUR)
    unknown = Override("nobody", "eli", NOON, NOON + 6 * HOUR)
    rota = Rota(ZoneInfo("Europe/London"), {"duty": (), "backup": ()}, (late, past, early, other, unknown))
    assert rota.overrides_between("duty", NOON, NOON + 9 * HOUR) == [late, early]
    assert rota.overrides_between("duty", NOON, NOON + 5 * HOUR) == [early]
    assert rota.overrides_between("duty", NOON + 6 * HOUR, NOON + 7 * HOUR) == [late]
    assert rota.overrides_between("manager", NOON, NOON + HOUR) == []
