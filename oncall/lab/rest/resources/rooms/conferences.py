"""The Conferences resource: list, read, announce to all, end.

A list shows a conference only after the lag lists have; by its SID one is there at once.
"""

from datetime import datetime

from oncall.lab.conferences.joining import end_room
from oncall.lab.conferences.room import Room
from oncall.lab.conferences.steering import announce
from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.rest.request import Answer, Request, as_json, rfc2822
from oncall.lab.rest.resources.listing import Row, is_within, page
from oncall.lab.twiml.fetching import Wanted


def list_all(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    newest_first = reversed(exchange.records.rooms.values())
    rows = [as_row(exchange, room) for room in newest_first if _is_asked(exchange, request, room, at)]
    return page(request, "conferences", rows, path=request.path)


def _is_asked(exchange: Exchange, request: Request, room: Room, at: datetime) -> bool:
    return (
        request.asked("FriendlyName", room.name) == room.name
        and request.asked("Status", room.status) == room.status
        and is_within(request, "DateCreated", at=room.created_at)
        and at - room.created_at >= exchange.settings.list_lag
    )


def read(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    room = named(exchange, request)
    return as_json(200, as_row(exchange, room), about=room.sid)


def update(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    """Ends a conference, or plays something to all in it."""
    room = named(exchange, request)
    if request.given("Status") not in {"", "completed"}:
        raise Refused(20001, "Invalid Status")
    if not room.is_live:
        raise Refused(20001, "Conference is not in-progress")
    if request.given("AnnounceUrl"):
        announce(exchange, room, announcement(request), list(room.participants.values()), at=at)
    if request.given("Status"):
        end_room(exchange, room, "conference-ended-via-api", at=at)
    return as_json(200, as_row(exchange, room), about=room.sid)


def announcement(request: Request) -> Wanted:
    return Wanted(request.given("AnnounceUrl"), request.given("AnnounceMethod", "POST").upper())


def named(exchange: Exchange, request: Request) -> Room:
    """The conference whose SID is in the address, or `Refused`."""
    sid = request.path.split("/Conferences/")[1].split("/")[0].removesuffix(".json")
    room = exchange.records.rooms.get(sid)
    if room is None:
        raise Refused(20404)
    return room


def as_row(exchange: Exchange, room: Room) -> Row:
    """A conference as the API shows it."""
    uri = f"/2010-04-01/Accounts/{exchange.account_sid}/Conferences/{room.sid}"
    return {
        "sid": room.sid,
        "account_sid": exchange.account_sid,
        "api_version": "2010-04-01",
        "friendly_name": room.name,
        "region": "us1",
        "status": room.status,
        "reason_conference_ended": room.reason_ended or None,
        "call_sid_ending_conference": room.ended_by or None,
        "date_created": rfc2822(room.created_at),
        "date_updated": rfc2822(room.updated_at),
        "uri": f"{uri}.json",
        "subresource_uris": {"participants": f"{uri}/Participants.json", "recordings": f"{uri}/Recordings.json"},
    }
