"""Settles a claimed row with what its send came to; what follows from that is decided in `outcomes`."""

import random
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from oncall.db.database import announce
from oncall.incidents.models import Media
from oncall.paging.alarms import raise_alarm
from oncall.paging.escalation import is_wanted
from oncall.paging.models import Outgoing
from oncall.paging.outbox import OUTBOX, About, Kind, Letter, Way, ask, was_answered
from oncall.paging.sending.claims import Job, drop, mine
from oncall.paging.sending.media import Stored
from oncall.paging.sending.outcomes import has_failed, has_left
from oncall.paging.sending.ways import Answer, NotWanted, TooLate
from oncall.telephony.codes import Verdict
from oncall.telephony.port import Accepted, MediaRefused, NotProcessed, OutcomeUnknown, Refused
from oncall.telephony.statuses import call_is_over, text_is_over

LOOK_AFTER = timedelta(seconds=4)
"""How long an unknown outcome is left to a callback before it is looked up."""
LONGEST_BACK_OFF = timedelta(seconds=30)
TRIES_BEFORE_ALARM = 3


def settle(session: Session, job: Job, answer: Answer, *, at: datetime) -> bool:
    """Stores the outcome; False if the row is no longer this job's."""
    row = mine(session, job)
    if row is None:
        return False
    row.lease_token, row.lease_until_at = None, None
    if row.sid is not None and not isinstance(answer, Accepted):
        has_left(session, row, at=at)  # a callback has said meanwhile that it went out
    else:
        _apply(session, row, answer, at=at)
    session.flush()
    _take_back_if_not_wanted(session, row, at=at)
    announce(session, OUTBOX)  # what waited for this row may leave now
    return True


def _apply(session: Session, row: Outgoing, answer: Answer, *, at: datetime) -> None:
    match answer:
        case Accepted(sid=sid, status=status):
            _accepted(session, row, sid, status, at=at)
        case OutcomeUnknown():
            _wait(session, row, LOOK_AFTER, at=at)
            row.unknown_at = row.unknown_at or at
        case NotProcessed(retry_after=after):
            _wait(session, row, min(after or _back_off(row.attempts), LONGEST_BACK_OFF), at=at)
        case Refused(code=code, verdict=verdict):
            _refused(session, row, code, verdict, at=at)
        case Stored() | MediaRefused():
            _fetched(session, row, answer, at=at)
        case NotWanted():
            drop(row, at=at)
        case TooLate():
            row.error = "too late"
            has_failed(session, row, None, Verdict.OTHER_CHANNEL, at=at)


def _take_back_if_not_wanted(session: Session, row: Outgoing, *, at: datetime) -> None:
    """A call that was on its way to the network while somebody took the incident is hung up."""
    is_ringing = row.kind == Kind.PAGE_CALL and row.state == "accepted" and row.sid and not was_answered(row)
    if is_ringing and not is_wanted(session, row):
        ask(session, Letter(kind=Kind.HANG_UP, to=row.sid or ""), About(team_id=row.team_id), at=at)


def _accepted(session: Session, row: Outgoing, sid: str, status: str, *, at: datetime) -> None:
    if row.channel not in {Way.TEXT, Way.CALL}:  # done, and nothing more is heard of it
        row.state, row.settled_at = "delivered", at
        return
    row.sid = row.sid or sid
    is_over = text_is_over(status) or call_is_over(status)
    row.provider_status = row.provider_status or (None if is_over else status)
    has_left(session, row, at=at)
    if is_over:  # found by a look-up, with an end that was not told yet: it is asked after at the next sweep
        row.check_at = at


def _refused(session: Session, row: Outgoing, code: int, verdict: Verdict, *, at: datetime) -> None:
    if verdict is Verdict.RETRY:
        _wait(session, row, _back_off(row.attempts), at=at)
    else:
        has_failed(session, row, code, verdict, at=at)


def _wait(session: Session, row: Outgoing, after: timedelta, *, at: datetime) -> None:
    row.state, row.due_at = "waiting", at + after
    if row.attempts >= TRIES_BEFORE_ALARM:
        detail = "Sends to the telephone network are not being processed. They are tried again."
        raise_alarm(session, "telephony_unreachable", subject="send", at=at, detail=detail)


def _back_off(attempts: int) -> timedelta:
    longest = min(2.0 ** (attempts - 1), LONGEST_BACK_OFF.total_seconds())
    return timedelta(seconds=longest * random.uniform(0.5, 1))  # noqa: S311 - jitter


def _fetched(session: Session, row: Outgoing, answer: Stored | MediaRefused, *, at: datetime) -> None:
    media = session.get_one(Media, row.media_id)
    if isinstance(answer, Stored):
        row.state, media.state = "delivered", "stored"
        media.content_type, media.size, media.fetched_at = answer.content_type, answer.size, at
        if row.kind == Kind.RECORDING:  # it is safe with us now, so it need not lie elsewhere
            ask(session, Letter(kind=Kind.DELETE_RECORDING, to=row.body), About(team_id=row.team_id), at=at)
    else:
        row.state, media.state = "failed", "refused"
        row.error = media.error = answer.reason
        if row.kind == Kind.RECORDING:
            detail = f"A caller's message could not be fetched ({answer.reason}). It is still at the network."
            raise_alarm(session, "message_not_fetched", subject=str(row.id), at=at, detail=detail, team_id=row.team_id)
    row.settled_at = at
