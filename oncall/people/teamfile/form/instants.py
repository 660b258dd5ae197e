"""Which of two instants of a team file comes first, in the team's zone.

One rule: a wall-clock time that occurs twice is the first, one that a clock change skips is the first after the gap.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from oncall.people.teamfile.values import Moment

MINUTE = timedelta(minutes=1)


def instant(moment: Moment, zone: ZoneInfo) -> datetime:
    """The instant, in UTC."""
    if moment.value.tzinfo is not None:
        return moment.value.astimezone(UTC)
    wall = moment.value
    while not _exists(wall, zone):
        wall = wall.replace(second=0) + MINUTE
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
