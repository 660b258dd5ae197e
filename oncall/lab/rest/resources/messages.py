"""The Messages resource and the media that came with one: create, list, read, redact, delete."""

from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.records import Message
from oncall.lab.exchange.refusals import Refused
from oncall.lab.rest.request import Answer, Request, as_json, rfc2822
from oncall.lab.rest.resources.listing import Row, is_within, page
from oncall.lab.texts.inbound import media_path
from oncall.lab.texts.outbound import TextOrder, accept
from oncall.lab.texts.segments import segments

_ON_ITS_WAY = frozenset({"accepted", "scheduled", "queued", "sending"})


def create(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    if request.has("MessagingServiceSid"):
        raise Refused(20404, "The lab has no messaging services")
    order = TextOrder(
        to=request.given("To"),
        sender=request.given("From"),
        body=request.given("Body"),
        status_url=request.given("StatusCallback"),
        valid_for=request.number("ValidityPeriod", 36_000),
    )
    message = accept(exchange, order, at=at)
    return as_json(201, as_row(exchange, message), about=message.sid)


def list_all(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    newest_first = reversed(exchange.records.messages.values())
    rows = [as_row(exchange, message) for message in newest_first if _is_asked(exchange, request, message, at)]
    return page(request, "messages", rows, path=f"/2010-04-01/Accounts/{exchange.account_sid}/Messages.json")


def _is_asked(exchange: Exchange, request: Request, message: Message, at: datetime) -> bool:
    return (
        request.asked("To", message.to) == message.to
        and request.asked("From", message.sender) == message.sender
        and is_within(request, "DateSent", at=message.sent_at or message.created_at)
        and at - message.created_at >= exchange.settings.list_lag
    )


def read(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    message = _named(exchange, request)
    return as_json(200, as_row(exchange, message), about=message.sid)


def redact(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    """An empty Body is the only change a message takes."""
    message = _named(exchange, request)
    if not request.has("Body") or request.given("Body"):
        raise Refused(20001, "Only an empty Body may be set")
    if message.status in _ON_ITS_WAY:
        raise Refused(20009)
    message.body, message.updated_at = "", at
    return as_json(200, as_row(exchange, message), about=message.sid)


def delete(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    message = _named(exchange, request)
    if message.status in _ON_ITS_WAY:
        raise Refused(20009)
    del exchange.records.messages[message.sid]
    return Answer(204, about=message.sid)


def list_media(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    message = _named(exchange, request)
    rows = [
        {
            "sid": media.sid,
            "account_sid": exchange.account_sid,
            "parent_sid": message.sid,
            "content_type": media.content_type,
            "date_created": rfc2822(message.created_at),
            "date_updated": rfc2822(message.updated_at),
            "uri": media_path(exchange, message, media) + ".json",
        }
        for media in message.media
    ]
    return page(request, "media_list", rows, path=request.path)


def read_media(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    """The bytes themselves, or the way to where they are kept, which wants no password."""
    message = _named(exchange, request)
    asked = request.path.rpartition("/")[2]
    media = next((each for each in message.media if each.sid == asked), None)
    if media is None:
        raise Refused(20404)
    if exchange.settings.redirects_media:
        kept_at = f"{exchange.base_url}/kept-media/{message.sid}/{media.sid}"
        return Answer(307, headers={"location": kept_at}, about=message.sid)
    return Answer(200, media.data, {"content-type": media.content_type}, message.sid)


def _named(exchange: Exchange, request: Request) -> Message:
    sid = request.path.split("/Messages/")[1].split("/")[0].removesuffix(".json")
    message = exchange.records.messages.get(sid)
    if message is None:
        raise Refused(20404)
    return message


def as_row(exchange: Exchange, message: Message) -> Row:
    """A message as the API shows it."""
    uri = f"/2010-04-01/Accounts/{exchange.account_sid}/Messages/{message.sid}"
    return {
        "sid": message.sid,
        "account_sid": exchange.account_sid,
        "api_version": "2010-04-01",
        "to": message.to,
        "from": message.sender,
        "body": message.body,
        "status": message.status,
        "direction": message.direction,
        "num_segments": str(segments(message.body)),
        "num_media": str(len(message.media)),
        "error_code": message.error_code,
        "error_message": None,
        "messaging_service_sid": None,
        "price": None,
        "price_unit": "USD",
        "date_created": rfc2822(message.created_at),
        "date_updated": rfc2822(message.updated_at),
        "date_sent": rfc2822(message.sent_at),
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }
