"""The Recordings resource: list, read, fetch the sound itself, delete.

The sound wants the password, as in an account that protects its media; before it is ready it is not there.
"""

from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.recordings.recording import Recording, sound
from oncall.lab.rest.request import Answer, Request, as_json, rfc2822
from oncall.lab.rest.resources.listing import Row, page


def list_all(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    call_sid = request.path.partition("/Calls/")[2].partition("/")[0] or request.asked("CallSid")
    newest_first = reversed(exchange.records.recordings.values())
    rows = [as_row(exchange, each) for each in newest_first if call_sid in {"", each.call_sid}]
    return page(request, "recordings", rows, path=request.path)


def read(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    recording = _named(exchange, request)
    return as_json(200, as_row(exchange, recording), about=recording.sid)


def read_sound(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    recording = _named(exchange, request)
    if not recording.is_ready:
        raise Refused(20404)
    return Answer(200, sound(recording), {"content-type": "audio/x-wav"}, recording.sid)


def delete(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    recording = _named(exchange, request)
    if not recording.is_ready:
        raise Refused(20009, "The recording is still being made")
    del exchange.records.recordings[recording.sid]
    return Answer(204, about=recording.sid)


def _named(exchange: Exchange, request: Request) -> Recording:
    sid = request.path.rpartition("/")[2].removesuffix(".json").removesuffix(".wav")
    recording = exchange.records.recordings.get(sid)
    if recording is None:
        raise Refused(20404)
    return recording


def as_row(exchange: Exchange, recording: Recording) -> Row:
    """A recording as the API shows it."""
    uri = f"/2010-04-01/Accounts/{exchange.account_sid}/Recordings/{recording.sid}"
    return {
        "sid": recording.sid,
        "account_sid": exchange.account_sid,
        "api_version": "2010-04-01",
        "call_sid": recording.call_sid,
        "conference_sid": None,
        "status": recording.status,
        "duration": str(recording.seconds) if recording.seconds is not None else None,
        "channels": 1,
        "source": "RecordVerb",
        "error_code": None,
        "price": None,
        "price_unit": "USD",
        "encryption_details": None,
        "start_time": rfc2822(recording.created_at),
        "date_created": rfc2822(recording.created_at),
        "date_updated": rfc2822(recording.updated_at),
        "uri": f"{uri}.json",
        "media_url": f"{exchange.base_url}{uri}",
        "subresource_uris": {},
    }
