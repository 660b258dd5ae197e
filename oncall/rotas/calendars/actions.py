"""Gives out the addresses of calendars and takes them back. An address is told once, and kept as a hash only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from oncall.auth.tokens import hash_of, new_secret
from oncall.db.claims import changed
from oncall.errors import NotFound, Unusable
from oncall.people import queries as people
from oncall.people.models import Team
from oncall.rotas.calendars.models import CalendarFeed
from oncall.rotas.calendars.queries import Listed

PLACE = "/calendar/"


class NoPublicAddress(Unusable):
    """ONCALL_PUBLIC_URL is missing: the address of a calendar begins with it."""


class NobodyToFollow(Unusable):
    """There is nobody of that name who works in this team."""


class NoSuchFeed(NotFound):
    """There is no such calendar address, or it was revoked before."""


def create_feed(session: Session, team: Team, *, person: str | None, at: datetime) -> tuple[Listed, str]:
    """Makes an address of one person's calendar (a slug), or the team's; the address is told this once.

    Raises NobodyToFollow, NoPublicAddress.
    """
    public_url = session.info.get("public_url")
    if not public_url:
        raise NoPublicAddress
    practitioner = None if person is None else people.practitioner_by_slug(session, team=team, slug=person)
    if person is not None and (practitioner is None or not practitioner.is_active):
        raise NobodyToFollow
    secret = new_secret()
    feed = CalendarFeed(
        team_id=team.id,
        practitioner_id=practitioner.id if practitioner else None,
        secret_hash=hash_of(secret),
        created_at=at,
    )
    session.add(feed)
    session.flush()
    return Listed(feed.id, person, at, None), f"{public_url}{PLACE}{secret}.ics"


def revoke_feed(session: Session, team: Team, *, feed_id: UUID, at: datetime) -> None:
    """Ends an address. Raises NoSuchFeed if it had ended, or is not theirs."""
    live = update(CalendarFeed).where(
        CalendarFeed.id == feed_id, CalendarFeed.team_id == team.id, CalendarFeed.revoked_at.is_(None)
    )
    if not changed(session, live.values(revoked_at=at)):
        raise NoSuchFeed
