"""What Twilio tells, or is asked, of how a send fared. Told twice, late or out of order, it comes to the same."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.incidents.models import Incident
from oncall.paging.cover import LONGEST_CALL
from oncall.paging.escalation import lock_around
from oncall.paging.models import DUE, Outgoing
from oncall.paging.notices import note
from oncall.paging.outbox import Kind, Way
from oncall.paging.sending.outcomes import has_arrived, has_failed, has_left, line
from oncall.people.models import Practitioner
from oncall.telephony.codes import Verdict, verdict_for
from oncall.telephony.statuses import (
    call_has_failed,
    call_is_over,
    call_moves_on,
    text_has_failed,
    text_is_over,
    text_moves_on,
)

CHECK_AGAIN_AFTER = timedelta(minutes=10)
CHECKED_FOR = timedelta(hours=1)
CALL_ENDS = {
    "completed": "The call to {whom} ended.",
    "busy": "{whom}'s phone was busy.",
    "no-answer": "{whom} did not answer.",
    "canceled": "The call to {whom} was taken back.",
}


def receive(
    session: Session, row_id: UUID, *, sid: str, status: str, code: int | None, at: datetime
) -> Outgoing | None:
    """Takes in a status of a text or a call of ours; None if there is no such row."""
    lock_around(session, row_id)
    row = session.scalars(select(Outgoing).where(Outgoing.id == row_id).with_for_update()).first()
    if row is None or not _is_news(row, sid, status):
        return row
    row.provider_status = status
    if row.state in DUE:
        row.sid = sid
        if row.state == "waiting":
            has_left(session, row, at=at)
    if row.settled_at is None:
        _text(session, row, status, code, at=at) if row.channel == Way.TEXT else _call(session, row, status, at=at)
    session.flush()
    return row


def _is_news(row: Outgoing, sid: str, status: str) -> bool:
    if row.sid is not None and row.sid != sid:  # sent twice: the one we keep has its own callbacks
        return False
    moves_on = text_moves_on if row.channel == Way.TEXT else call_moves_on
    return moves_on(was=row.provider_status, now=status)


def _text(session: Session, row: Outgoing, status: str, code: int | None, *, at: datetime) -> None:
    if text_has_failed(status):
        _has_left_first(session, row, at=at)
        has_failed(session, row, code, verdict_for(code), at=at)
    elif text_is_over(status):
        _has_left_first(session, row, at=at)
        has_arrived(session, row, at=at)


def _call(session: Session, row: Outgoing, status: str, *, at: datetime) -> None:
    if not call_is_over(status):
        return
    _has_left_first(session, row, at=at)
    if call_has_failed(status):
        has_failed(session, row, None, Verdict.OTHER_CHANNEL, at=at)
        return
    row.state, row.settled_at, row.check_at = "delivered", at, None
    line(session, row, {Kind.PAGE_CALL: CALL_ENDS[status], Kind.RING: CALL_ENDS[status]}, "call_ended", at=at)


def _has_left_first(session: Session, row: Outgoing, *, at: datetime) -> None:
    """A final status may arrive before the answer to the request that sent it."""
    if row.sent_at is None:
        has_left(session, row, at=at)
        row.lease_token, row.lease_until_at = None, None


def to_check(session: Session, *, at: datetime, limit: int = 50) -> list[tuple[UUID, str, Way]]:
    """What left a while ago and has not been heard of: rows with their SIDs."""
    due = select(Outgoing).where(Outgoing.check_at.is_not(None), Outgoing.check_at <= at, Outgoing.sid.is_not(None))
    rows = session.scalars(due.order_by(Outgoing.check_at).limit(limit))
    return [(row.id, row.sid or "", Way(row.channel)) for row in rows]


def no_news(session: Session, row_id: UUID, *, at: datetime) -> None:
    """It was asked after and there is still no receipt: the record says so, once; it has not failed."""
    lock_around(session, row_id)
    row = session.scalars(select(Outgoing).where(Outgoing.id == row_id).with_for_update()).first()
    if row is None or row.settled_at is not None or row.check_at is None:
        return
    is_first = row.sent_at is None or row.check_at - row.sent_at < CHECK_AGAIN_AFTER
    checked_for = CHECKED_FOR if row.channel == Way.TEXT else LONGEST_CALL
    goes_on = row.sent_at is not None and at - row.sent_at < checked_for
    row.check_at = at + CHECK_AGAIN_AFTER if goes_on else None
    incident = session.get(Incident, row.incident_id) if row.incident_id else None
    if is_first and incident is not None and row.channel == Way.TEXT:
        person = session.get(Practitioner, row.practitioner_id) if row.practitioner_id else None
        whom = person.name if person and row.kind != Kind.CALLER_RELAY else "the caller"
        note(session, incident, at=at, kind="no_receipt", detail=f"No receipt has come for the text to {whom} yet.")
