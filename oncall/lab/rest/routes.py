"""Which function answers which request, and what every request must bring: the account's own SID and token.

The exchange's lock is held while a request is carried out, and never while anything is sent.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Callable

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.rest import serverless
from oncall.lab.rest.request import Answer, Request, as_error
from oncall.lab.rest.resources import calls, messages, numbers, recordings
from oncall.lab.rest.resources.rooms import conferences, participants

Handler = Callable[..., Answer]

_ROUTES: list[tuple[str, str, Handler]] = [
    ("POST", r"/Messages\.json", messages.create),
    ("GET", r"/Messages\.json", messages.list_all),
    ("GET", r"/Messages/[^/]+\.json", messages.read),
    ("POST", r"/Messages/[^/]+\.json", messages.redact),
    ("DELETE", r"/Messages/[^/]+\.json", messages.delete),
    ("GET", r"/Messages/[^/]+/Media\.json", messages.list_media),
    ("GET", r"/Messages/[^/]+/Media/[^/]+", messages.read_media),
    ("POST", r"/Calls\.json", calls.create),
    ("GET", r"/Calls\.json", calls.list_all),
    ("GET", r"/Calls/[^/]+\.json", calls.read),
    ("POST", r"/Calls/[^/]+\.json", calls.update),
    ("DELETE", r"/Calls/[^/]+\.json", calls.delete),
    ("GET", r"/Calls/[^/]+/Recordings\.json", recordings.list_all),
    ("GET", r"/Conferences\.json", conferences.list_all),
    ("GET", r"/Conferences/[^/]+\.json", conferences.read),
    ("POST", r"/Conferences/[^/]+\.json", conferences.update),
    ("GET", r"/Conferences/[^/]+/Participants\.json", participants.list_all),
    ("POST", r"/Conferences/[^/]+/Participants\.json", participants.create),
    ("GET", r"/Conferences/[^/]+/Participants/[^/]+\.json", participants.read),
    ("POST", r"/Conferences/[^/]+/Participants/[^/]+\.json", participants.update),
    ("DELETE", r"/Conferences/[^/]+/Participants/[^/]+\.json", participants.delete),
    ("GET", r"/Recordings\.json", recordings.list_all),
    ("GET", r"/Recordings/[^/]+\.json", recordings.read),
    ("GET", r"/Recordings/[^/.]+(\.wav)?", recordings.read_sound),
    ("DELETE", r"/Recordings/[^/]+\.json", recordings.delete),
    ("GET", r"/IncomingPhoneNumbers\.json", numbers.list_all),
    ("GET", r"/IncomingPhoneNumbers/[^/]+\.json", numbers.read),
    ("POST", r"/IncomingPhoneNumbers/[^/]+\.json", numbers.update),
    ("GET", r"\.json", numbers.read_account),
]
_PATH = re.compile(r"/2010-04-01/Accounts/(?P<account>[^/.]+)(?P<rest>.+)")


def answer(exchange: Exchange, request: Request, *, authorization: str) -> Answer:
    """Carries out one request, errors included."""
    try:
        _refuse_stranger(exchange, authorization)
        if request.path.startswith("/v1/"):
            with exchange.at_now() as at:
                return serverless.answer(exchange, request, at=at)
        handler = _handler(exchange, request)
        with exchange.at_now() as at:
            return handler(exchange, request, at=at)
    except Refused as refused:
        return as_error(refused)


def _refuse_stranger(exchange: Exchange, authorization: str) -> None:
    scheme, _, encoded = authorization.partition(" ")
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Refused(20003) from error
    known = any(hmac.compare_digest(password.encode(), token.encode()) for token in exchange.tokens)
    if scheme.lower() != "basic" or name != exchange.account_sid or not known:
        raise Refused(20003)


def _handler(exchange: Exchange, request: Request) -> Handler:
    parts = _PATH.fullmatch(request.path)
    if parts is None or parts["account"] != exchange.account_sid:
        raise Refused(20404)
    fitting = [(method, handler) for method, path, handler in _ROUTES if re.fullmatch(path, parts["rest"])]
    if not fitting:
        raise Refused(20404)
    for method, handler in fitting:
        if method == request.method:
            return handler
    raise Refused(20004)


def kept_media(exchange: Exchange, path: str) -> Answer:
    """A picture from where it is kept: whoever has the address may fetch it, as at the telephone company's store."""
    message_sid, _, media_sid = path.rpartition("/kept-media/")[2].partition("/")
    with exchange.lock:
        message = exchange.records.messages.get(message_sid)
        media = [each for each in message.media if each.sid == media_sid] if message else []
    if not media:
        return as_error(Refused(20404))
    return Answer(200, media[0].data, {"content-type": media[0].content_type}, message_sid)
