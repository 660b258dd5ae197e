"""The addresses asked about practitioners' phones, and about a caller's own when they are rung back.

Each is one transaction, before the answer, and holds the caller's line while it lasts.
"""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from oncall.calls.caller import documents
from oncall.calls.legs import desk, keys, paged, phone, prompts, talks
from oncall.calls.legs.phone import NoSuchLeg, Phone
from oncall.calls.line.moving import reconcile
from oncall.calls.line.scene import find as find_line
from oncall.calls.models import Leg
from oncall.clock import Clock
from oncall.db.database import Database
from oncall.paging.sending.receipts import receive
from oncall.telephony import twiml
from oncall.telephony.inbound import Form, Gate
from oncall.telephony.statuses import call_is_over

Answer = Callable[[Phone, Form, str], str]


def build_router(*, database: Database, clock: Clock, gate: Gate) -> APIRouter:
    """The router of legs."""
    router = APIRouter()

    @router.post("/twilio/leg/{leg_id}")
    async def answered(leg_id: UUID, request: Request) -> Response:
        form = await gate.form(request)
        return _xml(await database.in_thread(_answered, leg_id, form))

    def _answered(leg_id: UUID, form: Form) -> str:
        with database.transaction() as session:
            return answer_leg(session, leg_id, form, clock=clock)

    @router.post("/twilio/leg/{leg_id}/status")
    async def status(leg_id: UUID, request: Request) -> Response:
        form = await gate.form(request)
        await database.in_thread(_status, leg_id, form)
        return Response(status_code=204)

    def _status(leg_id: UUID, form: Form) -> None:
        with database.transaction() as session:
            note_status(session, leg_id, form, clock=clock)

    @router.post("/twilio/leg/{leg_id}/{what}")
    async def asked(leg_id: UUID, what: str, request: Request) -> Response:
        form = await gate.form(request)
        refs = request.query_params.get("refs", "")
        return _xml(await database.in_thread(_asked, leg_id, what, form, refs))

    def _asked(leg_id: UUID, what: str, form: Form, refs: str) -> str:
        answer = ANSWERS.get(what)
        if answer is None:
            raise NoSuchLeg
        with database.transaction() as session:
            return answer(phone.find(session, leg_id, at=clock.now()), form, refs)

    return router


def answer_leg(session: Session, leg_id: UUID, form: Form, *, clock: Clock) -> str:
    """The first document of a call of ours that was answered: a practitioner's, or a caller's who is rung back."""
    leg = session.get(Leg, leg_id)
    if leg is None:
        raise NoSuchLeg
    at = clock.now()
    if leg.practitioner_id is not None or leg.call_id is None:
        return prompts.answered(phone.find(session, leg_id, at=at), sid=form.get("CallSid"))
    line = find_line(session, leg.call_id, at=at)
    session.refresh(leg)
    leg.answered_at, leg.sid = leg.answered_at or at, leg.sid or form.get("CallSid")
    line.call.sid = line.call.sid or leg.sid
    session.flush()
    return documents.rung_back(line)


def note_status(session: Session, leg_id: UUID, form: Form, *, clock: Clock) -> None:
    """How a call of ours fares; its line is held first, then its row."""
    leg, at = session.get(Leg, leg_id), clock.now()
    line = find_line(session, leg.call_id, at=at) if leg is not None and leg.call_id is not None else None
    receive(session, leg_id, sid=form.get("CallSid"), status=form.get("CallStatus"), code=None, at=at)
    if leg is None:
        return
    if line is not None:
        session.refresh(leg)
        reconcile(line, leg)
    elif call_is_over(form.get("CallStatus")):
        leg.ended_at = leg.ended_at or at


def _pressed(to: Phone, form: Form, refs: str) -> str:
    return keys.pressed(to, form.get("Digits"))


def _left(to: Phone, form: Form, refs: str) -> str:
    return talks.left(
        to, status=form.get("CallStatus"), was_in_room=form.get("DialCallStatus") in {"answered", "completed"}
    )


def _chosen(to: Phone, form: Form, refs: str) -> str:
    return talks.chosen(to, form.get("Digits"))


def _alone(to: Phone, form: Form, refs: str) -> str:
    return talks.alone_pressed(to, form.get("Digits"))


def _desk(to: Phone, form: Form, refs: str) -> str:
    return desk.pressed(to, form.get("Digits"), refs=refs)


def _page(to: Phone, form: Form, refs: str) -> str:
    return paged.pressed(to, form.get("Digits"))


ANSWERS: dict[str, Answer] = {
    "key": _pressed,
    "left": _left,
    "choice": _chosen,
    "back": lambda to, form, refs: talks.back(to),
    "moved": lambda to, form, refs: talks.moved(to),
    "alone": _alone,
    "wait": lambda to, form, refs: talks.waiting(to),
    "absent": lambda to, form, refs: talks.absent(to),
    "desk": _desk,
    "page": _page,
}


def _xml(document: str) -> Response:
    return Response(document, media_type=twiml.CONTENT_TYPE)
