"""Asks the network after lines that rang us and of whose end we have not been told: news of it gets lost.

A caller who has hung up must not be taken for one who still waits, nor a practitioner for one who is still on the line.
What the network cannot be asked about, or does not know, stays as it is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.calls.legs.desk import hung_up
from oncall.calls.line.flow import CallerGone
from oncall.calls.line.moving import advance
from oncall.calls.line.scene import call_of_sid, find
from oncall.calls.models import Call
from oncall.clock import Clock
from oncall.db.database import Database
from oncall.paging.cover import LONGEST_CALL
from oncall.paging.models import Engaged
from oncall.telephony.port import Telephony, TelephonyUnavailable
from oncall.telephony.statuses import call_is_over

log = structlog.get_logger()
ASKED_AFTER = timedelta(seconds=45)
BATCH = 50


def check_lines(database: Database, telephony: Telephony, clock: Clock) -> int:
    """Ends every line that is over at the network and not here; gives how many."""
    with database.reading() as session:
        sids = list(_going_on(session, at=clock.now()))
    over = 0
    for sid in sids:
        try:
            found = telephony.call_state(sid)
        except TelephonyUnavailable:
            break
        if found is not None and call_is_over(found.status):
            over += _end(database, sid, at=clock.now())
    return over


def _end(database: Database, sid: str, *, at: datetime) -> int:
    try:
        with database.transaction() as session:
            ended(session, sid, at=at)
    except Exception as error:  # one that cannot be ended keeps no other from it; it is tried again
        log.error("line_not_ended", error=type(error).__name__)
        return 0
    return 1


def ended(session: Session, sid: str, *, at: datetime) -> None:
    """A call to the line has ended, a caller's or a practitioner's; told or found twice, it comes to the same."""
    known = call_of_sid(session, sid)
    if known is not None:
        advance(find(session, known.id, at=at), CallerGone())
    else:
        hung_up(session, sid, at=at)


def _going_on(session: Session, *, at: datetime) -> Iterable[str]:
    since, until = at - LONGEST_CALL, at - ASKED_AFTER
    callers = select(Call.sid).where(Call.ended_at.is_(None), Call.began_at > since, Call.began_at <= until)
    yield from (sid for sid in session.scalars(callers.order_by(Call.began_at).limit(BATCH)) if sid is not None)
    staff = select(Engaged.call_sid).where(
        Engaged.ended_at.is_(None), Engaged.since_at > since, Engaged.since_at <= until
    )
    yield from session.scalars(staff.order_by(Engaged.since_at).limit(BATCH))
