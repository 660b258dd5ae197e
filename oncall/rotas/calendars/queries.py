"""Every look at calendars: whose an address is, which a team has, what was last told."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from oncall.auth.tokens import hash_of
from oncall.people.models import Practitioner, Team
from oncall.rotas.calendars.models import CalendarEvent, CalendarFeed
from oncall.rotas.calendars.policy import Window


class Whose(NamedTuple):
    """Whose calendar an address opens: the practitioner's, or the whole team's; and the team's version."""

    team_id: UUID
    practitioner_id: UUID | None
    version: int


class Listed(NamedTuple):
    """An address, without its secret; `person` is a slug, None for the team's."""

    id: UUID
    person: str | None
    created_at: datetime
    revoked_at: datetime | None


def whose(session: Session, *, secret: str) -> Whose | None:
    """Whose calendar it is; None if there is no such secret, it was revoked, or its practitioner has left."""
    found = (
        select(CalendarFeed.team_id, CalendarFeed.practitioner_id, Team.version)
        .join(Team, Team.id == CalendarFeed.team_id)
        .outerjoin(Practitioner, Practitioner.id == CalendarFeed.practitioner_id)
        .where(CalendarFeed.secret_hash == hash_of(secret), CalendarFeed.revoked_at.is_(None))
        .where(or_(Practitioner.id.is_(None), Practitioner.is_active))
    )
    row = session.execute(found).one_or_none()
    return None if row is None else Whose(*row)


def listed(session: Session, *, team_id: UUID) -> list[Listed]:
    """A team's addresses, oldest first, revoked ones included."""
    columns = (CalendarFeed.id, Practitioner.slug, CalendarFeed.created_at, CalendarFeed.revoked_at)
    theirs = select(*columns).outerjoin(Practitioner, Practitioner.id == CalendarFeed.practitioner_id)
    ordered = theirs.where(CalendarFeed.team_id == team_id).order_by(CalendarFeed.created_at, CalendarFeed.id)
    return [Listed(*row) for row in session.execute(ordered)]


def told(session: Session, of: Whose, *, covers: Window) -> list[CalendarEvent]:
    """What was last told in a calendar of the shifts that may touch a window, cancelled ones too, in their order."""
    theirs = CalendarEvent.team_id == of.team_id, CalendarEvent.practitioner_id == of.practitioner_id
    found = select(CalendarEvent).where(*theirs, CalendarEvent.to_at >= covers.asked_from)
    return list(session.scalars(found.order_by(CalendarEvent.from_at, CalendarEvent.tier)))
