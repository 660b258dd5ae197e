"""The Participants in a conference: list, read, add by ringing a number, mute, hold, announce to, take out.

Only those who are in a live conference are shown; whoever was added here has no document, and leaving ends their call.
"""

from datetime import datetime

from oncall.lab.conferences.joining import join
from oncall.lab.conferences.room import Participant, Room
from oncall.lab.conferences.steering import Change, announce, change
from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.rest.request import Answer, Request, as_json, rfc2822
from oncall.lab.rest.resources.listing import Row, page
from oncall.lab.rest.resources.rooms.conferences import announcement, named
from oncall.lab.twiml.fetching import Wanted
from oncall.lab.twiml.script.bridging import Callback, Joining
from oncall.lab.voice.ending import end
from oncall.lab.voice.leg import Leg, Manner, Orders
from oncall.lab.voice.outbound import CallOrder, place


def list_all(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    room = named(exchange, request)
    rows = [
        as_row(exchange, room, each)
        for each in room.participants.values()
        if _flag_is(request, "Muted", each.is_muted) and _flag_is(request, "Hold", each.on_hold)
    ]
    return page(request, "participants", rows, path=request.path)


def _flag_is(request: Request, name: str, value: bool) -> bool:
    return request.asked(name, str(value)).lower() == str(value).lower()


def read(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    room, participant = _named(exchange, request)
    return as_json(200, as_row(exchange, room, participant), about=participant.leg.sid)


def create(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    """Rings a number, and brings whoever or whatever answers into the conference: nobody is asked for a key."""
    name = request.path.split("/Conferences/")[1].split("/")[0]
    known = exchange.records.rooms.get(name)
    if known is not None and not known.is_live:
        raise Refused(20404)
    joining = _joining(request, known.name if known is not None else name)
    order = CallOrder(request.given("To"), request.given("From"), _orders(request))

    def answered(leg: Leg, now: datetime) -> None:
        join(exchange, leg, joining, lambda manner, then: _left(exchange, leg, manner, at=then), at=now)

    leg = place(exchange, order, answered, at=at)
    row = {
        "account_sid": exchange.account_sid,
        "call_sid": leg.sid,
        "conference_sid": known.sid if known is not None else None,
        "label": joining.label or None,
        "status": "queued",
        "muted": joining.is_muted,
        "hold": False,
        "coaching": False,
        "end_conference_on_exit": joining.ends,
        "start_conference_on_enter": joining.starts,
        "date_created": rfc2822(at),
        "date_updated": rfc2822(at),
    }
    return as_json(201, row, about=leg.sid)


def _left(exchange: Exchange, leg: Leg, manner: Manner, *, at: datetime) -> None:
    if manner is not Manner.REDIRECTED:
        end(exchange, leg, "completed", at=at)


def _joining(request: Request, name: str) -> Joining:
    return Joining(
        name=name,
        is_muted=_given_flag(request, "Muted", default=False),
        beep=request.given("Beep", "true"),
        starts=_given_flag(request, "StartConferenceOnEnter", default=True),
        ends=_given_flag(request, "EndConferenceOnExit", default=False),
        label=request.given("Label"),
        wait_url=request.given("WaitUrl") if request.has("WaitUrl") else None,
        wait_method=request.given("WaitMethod", "POST").upper(),
        callback=Callback(
            request.given("ConferenceStatusCallback"),
            request.given("ConferenceStatusCallbackMethod", "POST").upper(),
            frozenset(" ".join(request.all_given("ConferenceStatusCallbackEvent")).split()),
        ),
    )


def _orders(request: Request) -> Orders:
    return Orders(
        status_url=request.given("StatusCallback"),
        status_method=request.given("StatusCallbackMethod", "POST").upper(),
        status_events=frozenset(" ".join(request.all_given("StatusCallbackEvent")).split()) or frozenset({"completed"}),
        ring_for=request.number("Timeout", 60),
    )


def update(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    room, participant = _named(exchange, request)
    wanted = Change(
        muted=_asked_flag(request, "Muted"),
        on_hold=_asked_flag(request, "Hold"),
        hold=Wanted(request.given("HoldUrl"), request.given("HoldMethod", "POST").upper()),
        ends=_asked_flag(request, "EndConferenceOnExit"),
    )
    change(exchange, room, participant, wanted, at=at)
    if request.given("AnnounceUrl"):
        announce(exchange, room, announcement(request), [participant], at=at)
    return as_json(200, as_row(exchange, room, participant), about=participant.leg.sid)


def _asked_flag(request: Request, name: str) -> bool | None:
    return request.given(name).lower() == "true" if request.has(name) else None


def _given_flag(request: Request, name: str, *, default: bool) -> bool:
    return request.given(name, str(default)).lower() == "true"


def delete(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    """Takes one out; their call goes on with its own document."""
    _, participant = _named(exchange, request)
    participant.leg.let_go(Manner.REMOVED, at)
    return Answer(204, about=participant.leg.sid)


def _named(exchange: Exchange, request: Request) -> tuple[Room, Participant]:
    room = named(exchange, request)
    asked = request.path.rpartition("/")[2].removesuffix(".json")
    for participant in room.participants.values():
        if asked in {participant.leg.sid, participant.joining.label}:
            return room, participant
    raise Refused(20404)


def as_row(exchange: Exchange, room: Room, participant: Participant) -> Row:
    """A participant as the API shows one."""
    uri = f"/2010-04-01/Accounts/{exchange.account_sid}/Conferences/{room.sid}/Participants/{participant.leg.sid}"
    return {
        "account_sid": exchange.account_sid,
        "call_sid": participant.leg.sid,
        "conference_sid": room.sid,
        "label": participant.joining.label or None,
        "status": "connected",
        "muted": participant.is_muted,
        "hold": participant.on_hold,
        "coaching": False,
        "call_sid_to_coach": None,
        "end_conference_on_exit": participant.ends,
        "start_conference_on_enter": participant.joining.starts,
        "date_created": rfc2822(participant.joined_at),
        "date_updated": rfc2822(participant.updated_at),
        "queue_time": "0",
        "uri": f"{uri}.json",
    }
