"""What changes how a practitioner can be reached: blocked texts, texts allowed again, a number that does not work."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.incidents.models import CLOSED, Incident
from oncall.paging.alarms import clear_alarm, raise_alarm
from oncall.paging.effects import ask_for_call
from oncall.paging.escalation import advance, locked
from oncall.paging.models import Outgoing
from oncall.paging.notices import tell_leads
from oncall.paging.outbox import PAGES, Kind, pages_of
from oncall.paging.policy import PassedOn, Reassessed
from oncall.people.models import Practitioner, Team
from oncall.people.reach import is_reachable_by_call


def mark_opted_out(session: Session, team: Team, person: Practitioner, *, at: datetime) -> bool:
    """Their phone blocks our texts: they are rung instead and the leads are told; False if it was known."""
    first = update(Practitioner).where(Practitioner.id == person.id, Practitioner.opted_out_at.is_(None))
    if changed(session, first.values(opted_out_at=at)) == 0:
        return False
    session.refresh(person)
    detail = "A practitioner has blocked texts from this line and is paged by call only."
    raise_alarm(session, "opted_out", subject=str(person.id), at=at, detail=detail, team_id=team.id)
    tell_leads(session, team, "lead_opted_out", person, at=at)
    return True


def mark_opted_in(session: Session, team: Team, person: Practitioner, *, at: datetime) -> bool:
    """Texts reach them again; False if they always did."""
    again = update(Practitioner).where(Practitioner.id == person.id, Practitioner.opted_out_at.is_not(None))
    if changed(session, again.values(opted_out_at=None)) == 0:
        return False
    session.refresh(person)
    clear_alarm(session, "opted_out", subject=str(person.id), at=at)
    tell_leads(session, team, "lead_opted_in", person, at=at)
    return True


def mark_number_dead(session: Session, team: Team, person: Practitioner, *, at: datetime) -> bool:
    """Nobody is at their number: the leads are told; False if it was known. A new number in the team file ends it."""
    first = update(Practitioner).where(Practitioner.id == person.id, Practitioner.number_dead_at.is_(None))
    if changed(session, first.values(number_dead_at=at)) == 0:
        return False
    session.refresh(person)
    detail = "A practitioner's mobile number does not work."
    raise_alarm(session, "number_dead", subject=str(person.id), at=at, detail=detail, team_id=team.id)
    tell_leads(session, team, "lead_dead_number", person, at=at)
    return True


def reach_otherwise(session: Session, team: Team, incident: Incident, holder: Practitioner, *, at: datetime) -> None:
    """What the caller wrote cannot be texted to its holder: they are rung, or else it is passed on, never left."""
    if not is_reachable_by_call(holder):
        advance(session, team, incident, PassedOn(str(holder.id)), at=at)
        return
    pages = pages_of(session, incident.id, practitioner_id=holder.id)
    if not any(page.kind == Kind.PAGE_CALL and page.settled_at is None for page in pages):
        ask_for_call(session, team, incident, holder, at=at)


def hold_pages_to(session: Session, person: Practitioner) -> Sequence[Incident]:
    """What somebody was paged for and is not closed, each held, before they are marked: a failed page does it so."""
    paged = select(Outgoing.incident_id).where(Outgoing.practitioner_id == person.id, Outgoing.kind.in_(PAGES))
    waiting = select(Incident).where(Incident.id.in_(paged), Incident.status != CLOSED)
    incidents = session.scalars(waiting.order_by(Incident.id)).all()
    for incident in incidents:
        locked(session, incident.id)
    return incidents


def reassess_pages_to(session: Session, team: Team, person: Practitioner, *, at: datetime) -> None:
    """How somebody can be reached has changed: what waits for them is decided anew."""
    for incident in hold_pages_to(session, person):
        advance(session, team, incident, Reassessed(), at=at)
