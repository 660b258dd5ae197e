"""The addresses Twilio asks when a test call at the start of a duty is answered, and when a key was pressed in it."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from oncall.clock import Clock
from oncall.db.database import Database
from oncall.errors import NotFound
from oncall.paging.links import test_key
from oncall.paging.models import Outgoing
from oncall.paging.outbox import Kind
from oncall.paging.sending.receipts import receive
from oncall.paging.shifts.confidence.testing import answered
from oncall.paging.shifts.wording import say
from oncall.paging.wording import language_of
from oncall.people.models import Practitioner, Team
from oncall.telephony import twiml
from oncall.telephony.inbound import Form, Gate

ASKED_TIMES = 2


class NoSuchTest(NotFound):
    """There is no such test call."""


def build_router(*, database: Database, clock: Clock, gate: Gate, public_url: str) -> APIRouter:
    """The router of test calls; how they fared is told where that of pages by call is."""
    router = APIRouter()

    @router.post("/twilio/test/{row_id}")
    async def asked(row_id: UUID, request: Request) -> Response:
        return _document(await database.in_thread(ask, row_id, await gate.form(request)))

    @router.post("/twilio/test/{row_id}/key")
    async def key(row_id: UUID, request: Request) -> Response:
        return _document(await database.in_thread(press, row_id, await gate.form(request)))

    def ask(row_id: UUID, form: Form) -> str:
        with database.transaction() as session:
            _note(session, row_id, form)
            person, team = _of(session, row_id)
            language, url = language_of(person), test_key(public_url, row_id)
            prompt = twiml.say(say(language, "test_call", team=team.name), language)
            asking = [twiml.gather(prompt, action=url) for _ in range(ASKED_TIMES)]
            return twiml.document(*asking, twiml.hang_up())

    def press(row_id: UUID, form: Form) -> str:
        with database.transaction() as session:
            _note(session, row_id, form)
            person, _ = _of(session, row_id)
            answered(session, row_id, at=clock.now())
            language = language_of(person)
            return twiml.document(twiml.say(say(language, "test_thanks"), language), twiml.hang_up())

    def _note(session: Session, row_id: UUID, form: Form) -> None:
        receive(session, row_id, sid=form.get("CallSid"), status=form.get("CallStatus"), code=None, at=clock.now())

    return router


def _of(session: Session, row_id: UUID) -> tuple[Practitioner, Team]:
    row = session.get(Outgoing, row_id)
    if row is None or row.kind != Kind.TEST_CALL or row.practitioner_id is None:
        raise NoSuchTest
    return session.get_one(Practitioner, row.practitioner_id), session.get_one(Team, row.team_id)


def _document(xml: str) -> Response:
    return Response(xml, media_type=twiml.CONTENT_TYPE)
