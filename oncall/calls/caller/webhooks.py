"""The addresses asked about a caller's own call: when it arrives, while it waits, when it leaves the room or ends.

Each is one transaction, before the answer; what cannot be done is answered 5xx, so that the number's fallback takes
over.
"""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from oncall.calls.caller import arriving, checking, comings, documents, messages
from oncall.calls.legs import desk
from oncall.calls.line.flow import CallerGone, CallerJoined, Due, Stage, Star, Why
from oncall.calls.line.moving import advance, caller_is_in_room
from oncall.calls.line.scene import Line, NoSuchCall, call_of_sid, find
from oncall.clock import Clock
from oncall.db.claims import insert_row_once
from oncall.db.database import Database
from oncall.errors import OnCallError
from oncall.incidents.models import InboundEvent
from oncall.people.models import Team
from oncall.people.queries import practitioner_by_mobile, team_by_number
from oncall.telephony import twiml
from oncall.telephony.inbound import Form, Gate
from oncall.telephony.statuses import call_is_over

log = structlog.get_logger()
RINGING = (Stage.WAITING, Stage.ALONE)


class NoSuchTeam(OnCallError):
    """No team has this number; another line must take it."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


def build_router(*, database: Database, clock: Clock, gate: Gate) -> APIRouter:
    """The router of callers' calls."""
    router = APIRouter()

    @router.post("/twilio/voice")
    async def arrived(request: Request) -> Response:
        form = await gate.form(request)
        return xml(await database.in_thread(_arrived, form))

    def _arrived(form: Form) -> str:
        with database.transaction() as session:
            return take_in(session, form, clock=clock)

    @router.post("/twilio/voice/status")
    async def ended(request: Request) -> Response:
        form = await gate.form(request)
        return xml(await database.in_thread(_ended, form))

    def _ended(form: Form) -> str:
        with database.transaction() as session:
            note_end(session, form, clock=clock)
        return twiml.empty()

    @router.post("/twilio/voice/{call_id}/{room}/{what}")
    async def asked(call_id: UUID, room: int, what: str, request: Request) -> Response:
        form = await gate.form(request)
        return xml(await database.in_thread(_asked, call_id, room, what, form))

    def _asked(call_id: UUID, room: int, what: str, form: Form) -> str:
        answer = ANSWERS.get(what)
        if answer is None:
            raise NoSuchCall
        with database.transaction() as session:
            return answer(find(session, call_id, at=clock.now()), room, form)

    return router


def take_in(session: Session, form: Form, *, clock: Clock) -> str:
    """The first document of a call that arrives; one that comes again hears the same. Raises NoSuchTeam."""
    team = team_by_number(session, number=form.get("To"))
    if team is None:
        log.error("call_to_no_team")
        raise NoSuchTeam
    at, sid, number = clock.now(), form.get("CallSid"), form.get("From")
    payload = [list(pair) for pair in form.fields]
    is_new = insert_row_once(session, InboundEvent(team_id=team.id, key=sid, kind="voice", at=at, payload=payload))
    practitioner = practitioner_by_mobile(session, team=team, number=number)
    if practitioner is not None:
        return desk.rang_in(session, team, practitioner, sid=sid, at=at)
    return _caller(session, team, number=number, sid=sid, is_new=is_new, clock=clock)


def _caller(session: Session, team: Team, *, number: str, sid: str, is_new: bool, clock: Clock) -> str:
    if is_new:
        line = arriving.receive(session, team, number=number, sid=sid, at=clock.now())
    else:
        known = call_of_sid(session, sid)
        if known is None:
            raise NoSuchTeam
        line = find(session, known.id, at=clock.now())
    is_answered_at_once = line.state.stage is Stage.PROMISED and line.call.room == 0
    is_greeted = line.state.stage in RINGING or is_answered_at_once
    return documents.arrival(line) if is_greeted else documents.current(line)


def note_end(session: Session, form: Form, *, clock: Clock) -> None:
    """The number's status callback: a call to the line has ended, a caller's or a practitioner's."""
    if call_is_over(form.get("CallStatus")):
        checking.ended(session, form.get("CallSid"), at=clock.now())


def _wait(line: Line, room: int, form: Form) -> str:
    if room == line.call.room and form.get("CallSid") == line.call.sid and not line.state.is_caller_in_room:
        caller_is_in_room(line)  # asked only from within; the network's own word of it may have been lost
    if line.call.due_at is not None and line.call.due_at <= line.at:  # the clock of the waiting, should ours stand
        advance(line, Due())
    return documents.waiting(line)


def _left(line: Line, room: int, form: Form) -> str:
    """The caller left the room: by `*`, because it ended, or because they were sent on (an older room: no news)."""
    if call_is_over(form.get("CallStatus")):
        advance(line, CallerGone())
    elif room == line.call.room and line.state.stage in RINGING:
        line.call.moved_for = Why.MESSAGE.value
        line.call.room += 1
        advance(line, Star())
    return documents.current(line)


def _moved(line: Line, room: int, form: Form) -> str:
    return documents.current(line)


def _moment(line: Line, room: int, form: Form) -> str:
    return documents.moment(line)


def _said(line: Line, room: int, form: Form) -> str:
    url = form.get("RecordingUrl")
    if url:
        messages.keep(line, url=url, can_be_had=False)
    if form.get("Digits") == "hangup" or call_is_over(form.get("CallStatus")):
        advance(line, CallerGone())
    return documents.thanks(line, has_message=bool(url))


def _recording(line: Line, room: int, form: Form) -> str:
    if form.get("RecordingStatus", "completed") == "completed" and form.get("RecordingUrl"):
        messages.keep(line, url=form.get("RecordingUrl"), can_be_had=True)
    return twiml.empty()


def _room(line: Line, room: int, form: Form) -> str:
    event, sid = form.get("StatusCallbackEvent"), form.get("CallSid")
    if room == line.call.room:
        comings.note_conference(line, form.get("ConferenceSid"))
    if event == "conference-start" and len(line.state.joined) == 1 and room == line.call.room:
        advance(line, CallerJoined())  # two are in it: the caller is one, whatever became of the word of it
    if event == "participant-join":
        comings.came(line, sid, room=room)
    elif event == "participant-leave":
        comings.went(line, sid, status=form.get("ParticipantCallStatus"))
    return twiml.empty()


ANSWERS: dict[str, Callable[[Line, int, Form], str]] = {
    "wait": _wait,
    "left": _left,
    "moved": _moved,
    "moment": _moment,
    "said": _said,
    "recording": _recording,
    "room": _room,
}


def xml(document: str) -> Response:
    """A document as an answer."""
    return Response(document, media_type=twiml.CONTENT_TYPE)
