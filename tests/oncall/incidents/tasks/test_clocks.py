"""When a task is due: hours over clock changes, working days over bank holidays and weekends, and when it is said."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.incidents.tasks.clocks import GRACE, Look, Says, Within, due_at, first_look, is_working, late_look
from oncall.rotas.checking.bank_holidays import bank_holidays

CARDIFF = ZoneInfo("Europe/London")
HOLIDAYS = bank_holidays(date(2026, 1, 1), date(2027, 12, 31))
AT_ONCE = Within()
DAY = Within(hours=24)
NEXT_DAY = Within(working_days=1, by=time(17))
WEEK = Within(working_days=7, by=time(17))
DAY_OR_NEXT = Within(hours=24, working_days=1, by=time(17))


def local(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=CARDIFF).astimezone(UTC)


def due(within: Within, opened_at: datetime) -> datetime:
    return due_at(within, opened_at=opened_at, zone=CARDIFF, is_holiday=HOLIDAYS.__contains__)


@pytest.mark.parametrize(
    ("within", "opened", "expected"),
    [
        (AT_ONCE, "2026-03-14T02:00", "2026-03-14T02:00"),
        (DAY, "2026-03-14T02:00", "2026-03-15T02:00"),
        (DAY, "2026-03-28T12:00", "2026-03-29T13:00"),  # the clocks go forward: 24 hours all the same
        (DAY, "2026-10-24T12:00", "2026-10-25T11:00"),
        (NEXT_DAY, "2026-03-14T02:00", "2026-03-16T17:00"),  # Saturday: Monday
        (NEXT_DAY, "2026-03-16T02:00", "2026-03-16T17:00"),  # Monday before the office opens: today
        (NEXT_DAY, "2026-03-16T09:00", "2026-03-17T17:00"),
        (NEXT_DAY, "2026-04-02T21:00", "2026-04-07T17:00"),  # Maundy Thursday: the Tuesday after Easter
        (NEXT_DAY, "2026-12-24T21:00", "2026-12-29T17:00"),  # Christmas, Boxing Day kept on the Monday
        (NEXT_DAY, "2026-03-27T17:00", "2026-03-30T17:00"),  # over the clock change, by the wall clock
        (WEEK, "2026-03-13T22:00", "2026-03-24T17:00"),
        (WEEK, "2026-03-31T10:00", "2026-04-13T17:00"),  # Good Friday and Easter Monday do not count
        (DAY_OR_NEXT, "2026-03-17T22:00", "2026-03-18T22:00"),
        (DAY_OR_NEXT, "2026-03-13T22:00", "2026-03-16T17:00"),  # would end on a Saturday
        (DAY_OR_NEXT, "2026-04-02T10:00", "2026-04-07T17:00"),  # would end on Good Friday
    ],
)
def test_when_it_is_due(within: Within, opened: str, expected: str) -> None:
    assert due(within, local(opened)) == local(expected)


instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001
withins = st.sampled_from([AT_ONCE, DAY, Within(hours=72), NEXT_DAY, WEEK, DAY_OR_NEXT])


@given(withins, instants)
def test_it_is_never_due_before_it_is_asked_and_working_days_are_working_days(within: Within, at: datetime) -> None:
    found = due(within, at)
    assert found >= at
    if within.hours is None and within.working_days is not None:
        assert is_working(found.astimezone(CARDIFF).date(), HOLIDAYS.__contains__)
        assert found.astimezone(CARDIFF).time() == within.by
    if within == DAY_OR_NEXT:
        assert found - at >= timedelta(hours=24) or is_working(found.astimezone(CARDIFF).date(), HOLIDAYS.__contains__)


@given(withins.filter(lambda within: within != DAY_OR_NEXT), instants, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_what_is_asked_later_is_never_due_sooner(within: Within, at: datetime, later: timedelta) -> None:
    assert due(within, at) <= due(within, at + later)


@pytest.mark.parametrize(
    ("hours", "repeats", "expected"),
    [
        (24, False, (18, Says.SOON)),
        (72, False, (54, Says.SOON)),
        (2, False, (1, Says.SOON)),
        (1, False, (1, Says.LATE)),  # an hour before is when it was asked
        (0, False, (1, Says.LATE)),  # at once: late after an hour's grace
        (1, True, (1, Says.ROUND)),
    ],
)
def test_when_somebody_is_first_reminded(hours: int, repeats: bool, expected: tuple[int, Says]) -> None:
    opened = local("2026-03-14T02:00")
    look = first_look(opened_at=opened, due_at=opened + timedelta(hours=hours), repeats=repeats)
    assert look == Look(opened + timedelta(hours=expected[0]), expected[1])


@given(instants, st.timedeltas(timedelta(0), timedelta(days=12)))
def test_a_reminder_comes_after_it_was_asked_and_a_warning_before_it_is_due(at: datetime, lasts: timedelta) -> None:
    look = first_look(opened_at=at, due_at=at + lasts, repeats=False)
    late = late_look(opened_at=at, due_at=at + lasts)
    assert at < look.at <= late.at
    assert late.at >= max(at + lasts, at + GRACE)
    assert (look.says is Says.SOON) is (look.at <= at + lasts - timedelta(hours=1) and look.at > at)
