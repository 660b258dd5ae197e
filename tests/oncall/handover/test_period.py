"""Which meeting a handover belongs to and what it covers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from oncall.handover.period import NoMeeting, meeting_on, next_meeting
from oncall.people.models import Team


def a_team(zone: str = "Europe/London") -> Team:
    meeting = {"day": "monday", "time": "09:30", "publish": "09:00"}
    return Team(slug="torfaen", name="MIST Torfaen", time_zone=zone, staff_meeting=meeting)


@pytest.mark.parametrize(
    ("at", "meeting"),
    [
        ("2026-03-13T02:00Z", "2026-03-16T09:30Z"),  # a Friday night
        ("2026-03-16T09:30Z", "2026-03-16T09:30Z"),  # as it begins
        ("2026-03-16T09:31Z", "2026-03-23T09:30Z"),  # a minute later
        ("2026-03-29T12:00Z", "2026-03-30T08:30Z"),  # after the clocks went forward
    ],
)
def test_the_next_meeting_is_by_the_teams_clocks(at: str, meeting: str) -> None:
    period = next_meeting(a_team(), at=datetime.fromisoformat(at))
    assert period.meeting_at == datetime.fromisoformat(meeting)


def test_consecutive_handovers_leave_nothing_between_them() -> None:
    first = meeting_on(a_team(), date(2026, 3, 23))
    for week in range(1, 60):
        then = meeting_on(a_team(), date(2026, 3, 23) + timedelta(weeks=week))
        assert then.since == first.until
        first = then


def test_it_covers_from_the_last_publish_to_its_own() -> None:
    period = meeting_on(a_team(), date(2026, 3, 16))
    assert (period.since, period.until) == (
        datetime(2026, 3, 9, 9, 0, tzinfo=UTC),
        datetime(2026, 3, 16, 9, 0, tzinfo=UTC),
    )


def test_a_day_without_a_meeting_names_the_nearest_that_have_one() -> None:
    with pytest.raises(NoMeeting, match="2026-03-16 and 2026-03-23"):
        meeting_on(a_team(), date(2026, 3, 18))
