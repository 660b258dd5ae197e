"""The addresses at which texts arrive and at which Twilio tells how ours fared.

A text is stored and all it asks for decided in one transaction, before the answer; one that comes again changes
nothing and is answered the same.
"""

from hashlib import sha256
from http import HTTPStatus
from uuid import UUID

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from oncall.clock import Clock
from oncall.db.claims import insert_row_once
from oncall.db.database import Database
from oncall.errors import OnCallError
from oncall.incidents.models import InboundEvent
from oncall.paging.sending.receipts import receive as receive_status
from oncall.people.directory import directory_by_number, present
from oncall.telephony import twiml
from oncall.telephony.inbound import Form, Gate
from oncall.texts import callers, staff
from oncall.texts.callers import Attachment, Message

log = structlog.get_logger()
MOST_ATTACHMENTS = 10


class NoSuchTeam(OnCallError):
    """No team has this number; another line must take it."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


def build_router(*, database: Database, clock: Clock, gate: Gate) -> APIRouter:
    """The router of texts."""
    router = APIRouter()

    @router.post("/twilio/sms")
    async def arrived(request: Request) -> Response:
        form = await gate.form(request)
        await database.in_thread(_take_in, form)
        return Response(twiml.empty(), media_type=twiml.CONTENT_TYPE)

    @router.post("/twilio/sms/status/{row_id}")
    async def status(row_id: UUID, request: Request) -> Response:
        form = await gate.form(request)
        await database.in_thread(_note_status, row_id, form)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    def _take_in(form: Form) -> None:
        with database.transaction() as session:
            take_in(session, message_of(form), fields=form.fields, clock=clock)

    def _note_status(row_id: UUID, form: Form) -> None:
        code = form.get("ErrorCode")
        with database.transaction() as session:
            receive_status(
                session,
                row_id,
                sid=form.get("MessageSid"),
                status=form.get("MessageStatus"),
                code=int(code) if code.isascii() and code.isdigit() else None,
                at=clock.now(),
            )

    return router


def take_in(session: Session, message: Message, *, fields: tuple[tuple[str, str], ...], clock: Clock) -> bool:
    """Stores a text and does what it asks; False if it had come before. Raises NoSuchTeam."""
    directory = directory_by_number(session, number=message.to)
    if directory is None:
        log.error("text_to_no_team")
        raise NoSuchTeam
    at, team = clock.now(), present(session, directory.team)
    event = InboundEvent(team_id=team.id, key=message.key, kind="sms", at=at, payload=[list(pair) for pair in fields])
    if not insert_row_once(session, event):
        return False
    practitioner = directory.practitioner_by_mobile(session, message.sender)
    if practitioner is not None:
        staff.receive(session, team, practitioner, message.body, attachments=len(message.attachments), at=at)
    else:
        callers.receive(session, team, message, at=at)
    return True


def message_of(form: Form) -> Message:
    """The text that a webhook's form holds; whatever is missing is blank, never a reason to lose it."""
    sid = form.get("MessageSid") or form.get("SmsSid") or form.get("SmsMessageSid")
    key = sid or sha256(repr(form.fields).encode()).hexdigest()
    number = form.get("NumMedia")
    count = min(int(number), MOST_ATTACHMENTS) if number.isascii() and number.isdigit() else 0
    attachments = (
        Attachment(url=form.get(f"MediaUrl{i}"), content_type=form.get(f"MediaContentType{i}", "unknown"))
        for i in range(count)
    )
    return Message(
        key=key,
        sender=form.get("From"),
        to=form.get("To"),
        body=form.get("Body"),
        attachments=tuple(attachment for attachment in attachments if attachment.url),
    )
