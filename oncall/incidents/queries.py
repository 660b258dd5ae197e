"""Every look at the record; each names its team."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import Session

from oncall.errors import NotFound
from oncall.incidents.flags.policy import standing
from oncall.incidents.models import CLOSED, FlagEntry, Incident, Media, TimelineEntry
from oncall.people.models import Team


class NoSuchIncident(NotFound):
    """There is no incident with that ref."""


def by_ref(session: Session, *, team_id: UUID, ref: str) -> Incident:
    """The newest incident of the team with that ref, in capitals or not. Raises NoSuchIncident."""
    named = select(Incident).where(Incident.team_id == team_id, Incident.ref == ref.upper())
    found = session.scalars(named.order_by(Incident.opened_at.desc()).limit(1)).first()
    if found is None:
        raise NoSuchIncident
    return found


def get(session: Session, incident_id: UUID) -> Incident:
    """An incident by its id. Raises NoSuchIncident."""
    found = session.get(Incident, incident_id)
    if found is None:
        raise NoSuchIncident
    return found


def last_of_caller(
    session: Session, team: Team, *, contact_id: UUID | None, phone_indexes: Sequence[str]
) -> Incident | None:
    """The caller's newest incident, a live one before a closed one; None for a caller who cannot be told apart."""
    if contact_id is not None:
        found = session.connection().execute(_LAST_OF_CONTACT, {"team_id": team.id, "contact_id": contact_id})
    elif phone_indexes:
        found = session.connection().execute(_LAST_OF_PHONE, {"team_id": team.id, "indexes": phone_indexes})
    else:
        return None
    incident_id = found.scalar()
    return session.get(Incident, incident_id) if incident_id else None


_COLUMNS = Incident.__table__.c
_LAST = (
    select(_COLUMNS.id)
    .where(_COLUMNS.team_id == bindparam("team_id"))
    .order_by((_COLUMNS.status == CLOSED), _COLUMNS.opened_at.desc(), _COLUMNS.id.desc())
    .limit(1)
)
_LAST_OF_CONTACT = _LAST.where(_COLUMNS.contact_id == bindparam("contact_id"))
_LAST_OF_PHONE = _LAST.where(
    _COLUMNS.phone_index.in_(bindparam("indexes", expanding=True)), _COLUMNS.contact_id.is_(None)
)


def held_by(session: Session, *, practitioner_id: UUID) -> Sequence[Incident]:
    """What a practitioner holds and has not closed, oldest first."""
    held = select(Incident).where(Incident.holder_id == practitioner_id, Incident.status == "acknowledged")
    return session.scalars(held.order_by(Incident.opened_at, Incident.id)).all()


def timeline(session: Session, incident_id: UUID) -> Sequence[TimelineEntry]:
    """An incident's record, oldest first."""
    lines = select(TimelineEntry).where(TimelineEntry.incident_id == incident_id)
    return session.scalars(lines.order_by(TimelineEntry.at, TimelineEntry.id)).all()


def received(session: Session, incident_id: UUID) -> Sequence[TimelineEntry]:
    """What the caller wrote, oldest first."""
    lines = select(TimelineEntry).where(TimelineEntry.incident_id == incident_id, TimelineEntry.kind == "received")
    return session.scalars(lines.order_by(TimelineEntry.at, TimelineEntry.id)).all()


def flags(session: Session, incident_id: UUID) -> Sequence[FlagEntry]:
    """What stands of each flag, in the order in which the flags first came."""
    entries = select(FlagEntry).where(FlagEntry.incident_id == incident_id)
    return list(standing(session.scalars(entries.order_by(FlagEntry.at, FlagEntry.id))).values())


def media(session: Session, incident_id: UUID) -> Sequence[Media]:
    """What came with the caller's texts, oldest first."""
    return session.scalars(select(Media).where(Media.incident_id == incident_id).order_by(Media.at, Media.id)).all()


def page_of(  # noqa: PLR0913 - one for each part of the query
    session: Session,
    *,
    team_id: UUID,
    status: str | None = None,
    since: datetime | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
    with_restricted: bool = True,
) -> Sequence[Incident]:
    """The team's incidents, newest first: `limit` of those opened since `since` and listed after `before`."""
    wanted = select(Incident).where(Incident.team_id == team_id)
    if status is not None:
        wanted = wanted.where(Incident.status == status)
    if not with_restricted:
        wanted = wanted.where(Incident.restricted.is_(None))
    if since is not None:
        wanted = wanted.where(Incident.opened_at >= since)
    if before is not None:
        wanted = wanted.where(tuple_(Incident.opened_at, Incident.id) < before)
    return session.scalars(wanted.order_by(Incident.opened_at.desc(), Incident.id.desc()).limit(limit)).all()
