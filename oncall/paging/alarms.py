"""Alarms: what an engineer or a lead must know of, one standing row per kind and subject.

An alarm holds ids and plain words, never a name, a number or what anybody wrote.
"""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed, insert_once
from oncall.paging.models import Alarm

log = structlog.get_logger()


def raise_alarm(
    session: Session, kind: str, *, subject: str, at: datetime, detail: str, team_id: UUID | None = None
) -> bool:
    """Raises an alarm; True if it was not standing already, else it counts one more."""
    log.error("alarm_raised", kind=kind, subject=subject)
    new = insert_once(
        session, Alarm, team_id=team_id, kind=kind, subject=subject, raised_at=at, last_at=at, count=1, detail=detail
    )
    if not new:
        standing = update(Alarm).where(Alarm.kind == kind, Alarm.subject == subject, Alarm.cleared_at.is_(None))
        changed(session, standing.values(last_at=at, count=Alarm.count + 1, detail=detail))
    return new


def clear_alarm(session: Session, kind: str, *, subject: str, at: datetime) -> bool:
    """Clears an alarm; False if it does not stand."""
    standing = update(Alarm).where(Alarm.kind == kind, Alarm.subject == subject, Alarm.cleared_at.is_(None))
    return changed(session, standing.values(cleared_at=at)) > 0


def standing(session: Session) -> dict[str, int]:
    """How many alarms of each kind stand."""
    counted = select(Alarm.kind, func.count()).where(Alarm.cleared_at.is_(None)).group_by(Alarm.kind)
    return {row.kind: row[1] for row in session.execute(counted)}
