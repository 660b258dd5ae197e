"""Which staff meeting a handover belongs to, and the span of contacts it covers: wall clock in the team's zone.

One rule: every contact falls into exactly one handover, since each covers `(last publish, own publish]`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncall.errors import Unusable
from oncall.people.models import Team

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = timedelta(days=7)


class NoMeeting(Unusable):
    """There is no staff meeting on that day."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A meeting and what its handover covers: what was received after `since` and up to `until`."""

    meeting_at: datetime
    since: datetime
    until: datetime


def next_meeting(team: Team, *, at: datetime) -> Period:
    """The period of the next staff meeting at or after an instant."""
    zone = ZoneInfo(team.time_zone)
    today = at.astimezone(zone).date()
    ahead = (DAYS.index(team.staff_meeting["day"]) - today.weekday()) % 7
    period = _period(team, today + timedelta(days=ahead), zone)
    return period if period.meeting_at >= at else _period(team, today + timedelta(days=ahead) + WEEK, zone)


def meeting_on(team: Team, day: date) -> Period:
    """The period of the staff meeting on a day. Raises NoMeeting, naming the nearest days that have one."""
    wanted = DAYS.index(team.staff_meeting["day"])
    if day.weekday() != wanted:
        before = day - timedelta(days=(day.weekday() - wanted) % 7)
        raise NoMeeting(
            f"There is no staff meeting on {day.isoformat()}: it is on {team.staff_meeting['day'].capitalize()}s,"
            f" the nearest {before.isoformat()} and {(before + WEEK).isoformat()}."
        )
    return _period(team, day, ZoneInfo(team.time_zone))


def _period(team: Team, day: date, zone: ZoneInfo) -> Period:
    meeting = team.staff_meeting
    return Period(
        meeting_at=_instant(day, meeting["time"], zone),
        since=_instant(day - WEEK, meeting["publish"], zone),
        until=_instant(day, meeting["publish"], zone),
    )


def _instant(day: date, written: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(written), tzinfo=zone).astimezone(UTC)
