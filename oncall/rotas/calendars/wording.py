"""What a calendar says, and what is said of its addresses: tiers and practitioners, nobody else and no number."""

from typing import Any
from zoneinfo import ZoneInfo

from oncall.rotas.calendars.queries import Listed


def title(team: str, person: str | None) -> str:
    """What a calendar is called."""
    return f"On call, {team}" if person is None else f"On call: {person}, {team}"


def summary(tier: str, person: str | None, *, is_cancelled: bool) -> str:
    """A shift; with the person, in a team's calendar. Readers that show cancelled events say so in these words."""
    shift = f"On call: {tier}" if person is None else f"{tier}: {person}"
    return f"Cancelled: {shift}" if is_cancelled else shift


def as_feed_json(feed: Listed, *, zone: ZoneInfo) -> dict[str, Any]:
    """An address as a program reads of it; the address itself is told once, by whoever made it."""
    return {
        "feed": str(feed.id),
        "person": feed.person,
        "created_at": feed.created_at.astimezone(zone).isoformat(),
        "revoked_at": feed.revoked_at.astimezone(zone).isoformat() if feed.revoked_at else None,
    }


def feed_text(feed: Listed, *, zone: ZoneInfo) -> str:
    """The same in a line."""
    since = f"since {feed.created_at.astimezone(zone):%d %b %Y %H:%M}"
    ended = f", revoked {feed.revoked_at.astimezone(zone):%d %b %Y %H:%M}" if feed.revoked_at else ""
    return f"{feed.id}  {feed.person or 'the whole team'}, {since}{ended}"
