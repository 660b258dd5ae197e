"""Raises and clears the alarms that no single event would: webhooks that all fail their check, a line that is back."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oncall.incidents.models import OPEN, Incident
from oncall.paging.alarms import clear_alarm, raise_alarm
from oncall.paging.models import Alarm, Outgoing

FAILURES_BEFORE_ALARM = 3
QUIET_FOR = timedelta(minutes=2)


def keep_up(session: Session, *, failures: int, passes: int, at: datetime) -> None:
    """Looks at the wrong signatures since one was right, and at alarms whose cause may be gone."""
    if failures >= FAILURES_BEFORE_ALARM:
        detail = (
            "Every webhook has failed its signature: is ONCALL_PUBLIC_URL what Twilio calls, and the token current?"
        )
        raise_alarm(session, "signatures_failing", subject="webhooks", at=at, detail=detail)
    elif failures == 0 and passes > 0:
        clear_alarm(session, "signatures_failing", subject="webhooks", at=at)
    _clear_if_sending_again(session, at=at)
    _clear_where_somebody_holds_it(session, at=at)


def _clear_if_sending_again(session: Session, *, at: datetime) -> None:
    standing = select(Alarm).where(Alarm.kind == "telephony_unreachable", Alarm.cleared_at.is_(None))
    for alarm in session.scalars(standing).all():
        last = session.scalar(select(func.max(Outgoing.sent_at)))
        if last is not None and last > alarm.last_at:
            clear_alarm(session, alarm.kind, subject=alarm.subject, at=at)


def _clear_where_somebody_holds_it(session: Session, *, at: datetime) -> None:
    waiting = {str(incident) for incident in session.scalars(select(Incident.id).where(Incident.status == OPEN))}
    standing = select(Alarm).where(Alarm.kind == "nobody_reachable", Alarm.cleared_at.is_(None))
    for alarm in session.scalars(standing).all():
        if alarm.subject not in waiting:
            clear_alarm(session, alarm.kind, subject=alarm.subject, at=at)
