"""Keeps an incident from those it must be kept from while it goes on: pages, rings and the holder move to the leads.

What was already sent cannot be called back; what has not left, or still rings, is dropped, in the same transaction.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.errors import Conflict
from oncall.incidents.actions import record
from oncall.incidents.models import ACKNOWLEDGED, CLOSED, OPEN, Incident
from oncall.incidents.restricting import ALLEGATION, is_kept_from, restriction
from oncall.paging.escalation import advance, locked
from oncall.paging.outbox import drop_pages, hang_up_pages, pages_of
from oncall.paging.policy import PassedOn, Reassessed
from oncall.people.directory import directory_of, practitioner_of
from oncall.people.models import LEAD_ROLES, Practitioner, Team


class LeadsOnly(Conflict):
    """Only a lead who is not named in it may say who an incident is kept from."""


def restrict(  # noqa: PLR0913 - whom, by whom and why
    session: Session, team: Team, incident: Incident, *, named: Collection[UUID], by: str, why: str, at: datetime
) -> None:
    """Keeps an incident to the leads, and from whoever is named. Naming more people later adds to them."""
    locked(session, incident.id)
    session.refresh(incident)
    mark(session, team, incident, named=named)
    record(session, incident, at=at, kind="restricted", by=by, detail=_said(session, team, incident, why))
    if incident.status != CLOSED:
        _let_go(session, team, incident, at=at)


def mark(session: Session, team: Team, incident: Incident, *, named: Collection[UUID]) -> None:
    """Marks an incident as kept from the named, those named before too, and from all who are no leads."""
    before = {UUID(one) for one in incident.restricted["named"]} if incident.restricted else set()
    incident.restricted = restriction(directory_of(session, team_id=team.id).practitioners, {*before, *named})
    session.flush()


def lift(session: Session, incident: Incident, *, by: Practitioner, why: str, at: datetime) -> None:
    """Lets the team see an incident again: a lead's decision, with a reason. Raises LeadsOnly."""
    check_decides(incident, by)
    incident.restricted = None
    record(session, incident, at=at, kind="restricted", by=by.slug, detail=f"{by.name} opened it to the team: {why}")


def check_decides(incident: Incident, by: Practitioner) -> None:
    """Raises LeadsOnly unless `by` is a lead it is not kept from."""
    if by.role not in LEAD_ROLES or is_kept_from(incident, by):
        raise LeadsOnly


def restrict_for(session: Session, team: Team, incident: Incident, flag: str, *, by: str, at: datetime) -> None:
    """A flag that a person has confirmed or added may restrict its incident."""
    if flag == ALLEGATION and incident.restricted is None:
        restrict(session, team, incident, named=(), by=by, why="an allegation against a member of staff", at=at)


def _let_go(session: Session, team: Team, incident: Incident, *, at: datetime) -> None:
    for person_id in {page.practitioner_id for page in pages_of(session, incident.id) if page.practitioner_id}:
        if is_kept_from(incident, practitioner_of(session, team_id=team.id, practitioner_id=person_id)):
            drop_pages(session, incident, at=at, of=person_id)
            hang_up_pages(session, incident, at=at, of=person_id)
    holder_id = incident.holder_id
    if holder_id is None:
        advance(session, team, incident, Reassessed(), at=at)
    elif is_kept_from(incident, practitioner_of(session, team_id=team.id, practitioner_id=holder_id)):
        advance(session, team, incident, PassedOn(str(holder_id)), at=at)
        theirs = update(Incident).where(Incident.id == incident.id, Incident.status == ACKNOWLEDGED)
        changed(session, theirs.values(status=OPEN, holder_id=None, acknowledged_at=None))
        session.refresh(incident)


def _said(session: Session, team: Team, incident: Incident, why: str) -> str:
    kept = incident.restricted or {"named": []}
    people = [practitioner_of(session, team_id=team.id, practitioner_id=UUID(one)).name for one in kept["named"]]
    named = f" {', '.join(people)} must not see it." if people else ""
    return f"For leads only: {why}.{named}"
