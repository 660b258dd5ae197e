"""Moves an incident's escalation on: lock, decide, store, and write what follows, all in the caller's transaction.

The decision is the policy's; what it asks for becomes rows and lines of the record in `effects`.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.errors import NotFound
from oncall.incidents.models import CLOSED, Incident
from oncall.paging.cover import cover
from oncall.paging.effects import Scene, apply
from oncall.paging.ladders import policy_of
from oncall.paging.models import Escalation, Outgoing
from oncall.paging.outbox import BESIDE_A_RING
from oncall.paging.policy import CallerWaits, Channel, Decision, EscalationState, Event, Opened, Page, Phase, decide
from oncall.people.models import Team
from oncall.people.severity import Severity


class NoEscalation(NotFound):
    """This incident has no escalation."""


def begin(session: Session, team: Team, incident: Incident, *, at: datetime) -> Decision:
    """Begins an incident's escalation: its first pages are written."""
    return _decide(session, team, incident, None, Opened(Severity(incident.severity)), at=at)


def begin_waiting(session: Session, team: Team, incident: Incident, *, at: datetime) -> Decision:
    """Begins an escalation that stands still while the caller waits on the line, or has one that goes on do so."""
    found = session.scalar(select(Escalation.id).where(Escalation.incident_id == incident.id))
    row = locked(session, incident.id) if found else None
    return _decide(session, team, incident, row, CallerWaits(Severity(incident.severity)), at=at)


def advance(session: Session, team: Team, incident: Incident, event: Event, *, at: datetime) -> Decision:
    """What `event` leads to, stored and written down."""
    return _decide(session, team, incident, locked(session, incident.id), event, at=at)


def locked(session: Session, incident_id: UUID) -> Escalation:
    """The escalation of an incident, held until the transaction ends: one change at a time. Raises NoEscalation."""
    wanted = select(Escalation).where(Escalation.incident_id == incident_id).with_for_update()
    found = session.scalars(wanted.execution_options(populate_existing=True)).first()
    if found is None:
        raise NoEscalation
    return found


def lock_around(session: Session, row_id: UUID) -> None:
    """Holds the escalation an outbox row belongs to. Everybody locks it before the row: none wait in a ring."""
    wanted = select(Escalation.id).join(Outgoing, Outgoing.incident_id == Escalation.incident_id)
    session.execute(wanted.where(Outgoing.id == row_id).with_for_update(of=Escalation))


def is_wanted(session: Session, page: Outgoing) -> bool:
    """Whether a page still stands: not taken, passed on, failed, or followed by the next step since it was written."""
    stored = session.scalar(select(Escalation.state).where(Escalation.incident_id == page.incident_id))
    if stored is None:
        return True
    state = EscalationState.from_row(stored)
    if page.step == BESIDE_A_RING:
        return state.phase is Phase.WAITING
    if page.step is None:  # asked for apart from the steps, because its practitioner holds the incident
        return state.phase is not Phase.CLOSED and state.holder == str(page.practitioner_id)
    asked = Page(str(page.practitioner_id), Channel(page.channel))
    return (page.step, page.round) == (state.step, state.round) and asked in state.standing


def can_be_joined(session: Session, incident: Incident) -> bool:
    """Whether it is not closed; it is held from here on, so that nobody takes or closes it meanwhile."""
    if incident.status == CLOSED:
        return False
    locked(session, incident.id)
    session.refresh(incident)
    return incident.status != CLOSED


def state_of(escalation: Escalation) -> EscalationState:
    """The stored state as the policy's value."""
    return EscalationState.from_row(escalation.state)


def _decide(
    session: Session, team: Team, incident: Incident, row: Escalation | None, event: Event, *, at: datetime
) -> Decision:
    before = state_of(row) if row else None
    here = cover(session, team, at=at, incident=incident)
    decision = decide(before, event, policy=policy_of(team), cover=here, now=at)
    if row is None:
        row = Escalation(team_id=team.id, incident_id=incident.id, state=decision.state.to_row())
        session.add(row)
    elif decision.state != before:
        row.state = decision.state.to_row()
    row.due_at = decision.state.due_at
    row.set_aside_at, row.error = None, None
    apply(session, Scene(team, incident, decision.state, at), decision.effects)
    session.flush()
    return decision
