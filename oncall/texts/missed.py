"""Texts whose webhook never reached us, found at Twilio and taken in: nothing is worse than a contact nobody sees.

A webhook is lost when the service is away for longer than Twilio tries; Twilio itself keeps the text. Asked every
minute, this takes in what is missing, says in the record when it had been sent, and raises an alarm.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.clock import Clock
from oncall.db.database import Database
from oncall.incidents.actions import SERVICE, record
from oncall.incidents.models import InboundEvent, Incident, TimelineEntry
from oncall.paging.alarms import raise_alarm
from oncall.paging.wording import clock_time
from oncall.people.models import Team
from oncall.people.queries import teams
from oncall.telephony.account.port import Account, Received
from oncall.telephony.port import TelephonyUnavailable
from oncall.texts.callers import Attachment, Message
from oncall.texts.webhooks import take_in

log = structlog.get_logger()
LOOKS_BACK_FOR = timedelta(hours=24)
GIVES_WEBHOOKS = timedelta(seconds=60)
"""How long a webhook may be under way before its text counts as missed."""


def take_in_missed(database: Database, account: Account, clock: Clock) -> int:
    """Takes in every team's missed texts; gives how many. What Twilio cannot be asked now is asked next time."""
    with database.reading() as session:
        lines = [team.number for team in teams(session)]
    taken = 0
    for number in lines:
        try:
            found = account.received(number, since=clock.now() - LOOKS_BACK_FOR)
        except TelephonyUnavailable:
            continue
        for received in _missed(database, found, at=clock.now()):
            taken += _take_in(database, received, clock)
    return taken


def _missed(database: Database, found: list[Received], *, at: datetime) -> list[Received]:
    late = {one.sid: one for one in found if one.at <= at - GIVES_WEBHOOKS}
    with database.reading() as session:
        known = set(session.scalars(select(InboundEvent.key).where(InboundEvent.key.in_(late))))
        began = _began(session)
    return [one for sid, one in late.items() if sid not in known and began is not None and one.at >= began]


def _began(session: Session) -> datetime | None:
    """When the first team was loaded: what was texted before is not ours."""
    return session.scalar(select(Team.created_at).order_by(Team.created_at).limit(1))


def _take_in(database: Database, received: Received, clock: Clock) -> int:
    attachments = tuple(Attachment(url=url, content_type="unknown") for url in received.media)
    message = Message(
        key=received.sid, sender=received.sender, to=received.to, body=received.body, attachments=attachments
    )
    fields = (("MessageSid", received.sid), ("From", received.sender), ("To", received.to), ("Body", received.body))
    with database.transaction() as session:
        if not take_in(session, message, fields=fields, clock=clock):
            return 0
        _say_so(session, received, at=clock.now())
    log.error("text_was_missed", sid=received.sid)
    return 1


def _say_so(session: Session, received: Received, *, at: datetime) -> None:
    detail = "A text's webhook had not reached the service; it was found at Twilio and taken in."
    raise_alarm(session, "text_was_missed", subject=received.sid, at=at, detail=detail)
    session.flush()
    newest = select(TimelineEntry).where(TimelineEntry.kind == "received", TimelineEntry.at == at)
    line = session.scalars(newest.order_by(TimelineEntry.id.desc()).limit(1)).first()
    if line is None or line.detail != received.body:  # a practitioner's text has no line of its own
        return
    incident = session.get_one(Incident, line.incident_id)
    sent = clock_time(session.get_one(Team, incident.team_id), received.at)
    said = f"It was sent at {sent}; word of it reached the service only now."
    record(session, incident, at=at, kind="late", by=SERVICE, detail=said)
