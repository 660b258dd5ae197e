"""The clocks: aware, in UTC, and only ever moved on."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from oncall.clock import Clock, ManualClock, ShiftedClock, SystemClock

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("clock", [SystemClock(), ShiftedClock(), ManualClock(AT)], ids=lambda c: type(c).__name__)
def test_every_clock_tells_an_aware_instant_in_utc_and_never_runs_backwards(clock: Clock) -> None:
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second


def test_the_demo_s_clock_runs_on_from_where_it_was_moved() -> None:
    clock, real = ShiftedClock(), SystemClock()
    clock.move(timedelta(hours=3))
    clock.move(timedelta(minutes=5))
    ahead = clock.now() - real.now()
    assert timedelta(0) <= timedelta(hours=3, minutes=5) - ahead < timedelta(seconds=5)


def test_a_clock_that_stands_still_moves_when_it_is_moved() -> None:
    clock = ManualClock(AT.astimezone(timezone(timedelta(hours=2))))
    assert (clock.now(), clock.now().tzinfo) == (AT, UTC)
    clock.move(timedelta(minutes=5))
    assert clock.now() == AT + timedelta(minutes=5)
    clock.set(AT)
    assert clock.now() == AT


@pytest.mark.parametrize("clock", [ShiftedClock(), ManualClock(AT)], ids=lambda c: type(c).__name__)
def test_no_clock_is_moved_back(clock: ShiftedClock | ManualClock) -> None:
    clock.move(timedelta(0))
    with pytest.raises(ValueError, match="only ever moved on"):
        clock.move(timedelta(seconds=-1))
