"""The addresses Twilio asks when a page by call is answered, when a key was pressed, and how the call fared."""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from oncall.calls import page_call
from oncall.clock import Clock
from oncall.db.database import Database
from oncall.paging.links import call_key
from oncall.paging.sending.receipts import receive
from oncall.telephony import twiml
from oncall.telephony.inbound import Form, Gate


def build_router(*, database: Database, clock: Clock, gate: Gate, public_url: str) -> APIRouter:
    """The router of page calls."""
    router = APIRouter()

    def told(row_id: UUID, form: Form, answer: Callable[[page_call.PageCall], str]) -> str:
        with database.transaction() as session:
            _note(session, row_id, form)  # that it was answered may be heard here first
            page = page_call.find(session, row_id, key_url=call_key(public_url, row_id), at=clock.now())
            return answer(page)

    @router.post("/twilio/page/{row_id}")
    async def answered(row_id: UUID, request: Request) -> Response:
        form = await gate.form(request)
        return _document(await database.in_thread(told, row_id, form, page_call.answered))

    @router.post("/twilio/page/{row_id}/key")
    async def key(row_id: UUID, request: Request) -> Response:
        form = await gate.form(request)
        digits, sid = form.get("Digits"), form.get("CallSid")
        return _document(
            await database.in_thread(told, row_id, form, lambda page: page_call.key(page, digits, call_sid=sid))
        )

    @router.post("/twilio/page/{row_id}/status")
    async def status(row_id: UUID, request: Request) -> Response:
        form = await gate.form(request)
        await database.in_thread(_note_status, row_id, form)
        return Response(status_code=204)

    def _note_status(row_id: UUID, form: Form) -> None:
        with database.transaction() as session:
            _note(session, row_id, form)

    def _note(session: Session, row_id: UUID, form: Form) -> None:
        receive(session, row_id, sid=form.get("CallSid"), status=form.get("CallStatus"), code=None, at=clock.now())

    return router


def _document(xml: str) -> Response:
    return Response(xml, media_type=twiml.CONTENT_TYPE)
