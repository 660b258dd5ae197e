"""The tick: every escalation whose time has come is moved on, each in a transaction of its own.

The tick is the safety net, not the way: what a contact asks for has been written with it. One that cannot be moved on
is put off for a minute with an alarm and tried again; it never stops the others.
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from oncall.clock import Clock
from oncall.db.claims import changed, skip_locked
from oncall.db.database import Database
from oncall.incidents.models import Incident
from oncall.paging.alarms import raise_alarm
from oncall.paging.escalation import advance
from oncall.paging.models import Escalation
from oncall.paging.policy import Due
from oncall.people.models import Team

log = structlog.get_logger()
BATCH = 200
PUT_OFF_FOR = timedelta(seconds=60)


def due(session: Session, *, at: datetime) -> list[UUID]:
    """The incidents whose escalation is due, longest overdue first."""
    wanted = select(Escalation.incident_id).where(Escalation.due_at.is_not(None), Escalation.due_at <= at)
    return list(session.scalars(wanted.order_by(Escalation.due_at).limit(BATCH)))


def tick(database: Database, clock: Clock) -> int:
    """Moves on every escalation that is due; gives how many."""
    moved = 0
    with database.reading() as session:
        incidents = due(session, at=clock.now())
    for incident_id in incidents:
        try:
            with database.transaction() as session:
                count = _move_on(session, incident_id, at=clock.now())
            moved += count
        except DBAPIError as error:
            log.error("tick_failed", incident=str(incident_id), error=type(error).__name__)
        except Exception as error:  # one bad row never stops the tick
            log.error("escalation_failed", incident=str(incident_id), error=type(error).__name__)
            _put_off(database, incident_id, error, at=clock.now())
    return moved


def _move_on(session: Session, incident_id: UUID, *, at: datetime) -> int:
    wanted = select(Escalation).where(Escalation.incident_id == incident_id, Escalation.due_at <= at)
    row = session.scalars(skip_locked(wanted)).first()
    if row is None:  # another process has it, or had it
        return 0
    incident = session.get_one(Incident, incident_id)
    advance(session, session.get_one(Team, row.team_id), incident, Due(), at=at)
    return 1


def _put_off(database: Database, incident_id: UUID, error: Exception, *, at: datetime) -> None:
    named = type(error).__name__
    try:
        with database.transaction() as session:
            row = update(Escalation).where(Escalation.incident_id == incident_id)
            changed(session, row.values(due_at=at + PUT_OFF_FOR, set_aside_at=at, error=named))
            detail = f"An escalation could not be moved on: {named}. It is tried again every minute."
            raise_alarm(session, "escalation_failed", subject=str(incident_id), at=at, detail=detail)
    except Exception as again:  # tried again at the next tick
        log.error("putting_off_failed", incident=str(incident_id), error=type(again).__name__)
