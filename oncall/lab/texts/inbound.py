"""Texts from a handset: the keyword filter, the webhook to the number's address, its fallback, the answer.

A text that neither address takes is lost, as it is in life; only the journal knows.
"""

from dataclasses import dataclass
from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.records import Media, Message, Number, ReceivedText
from oncall.lab.exchange.refusals import Refused
from oncall.lab.texts.keywords import REPLIES, keyword
from oncall.lab.texts.outbound import TextOrder, accept
from oncall.lab.texts.segments import segments
from oncall.lab.twiml.script.document import BadDocument, parse
from oncall.lab.webhooks.delivery import Answer, Delivery
from oncall.lab.webhooks.signing import Params

_PLACES = ("City", "State", "Zip")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A text on its way to one of the number's two addresses."""

    message: Message
    number: Number
    is_fallback: bool = False


def receive(exchange: Exchange, message: Message, *, at: datetime) -> None:
    """Takes a text from a handset: records it, answers the company's own words, and calls the number's address."""
    exchange.records.messages[message.sid] = message
    number = exchange.number_of_account(message.to)
    if number is None:
        exchange.note("text to nobody", about=message.sender, at=at)
        return
    _keep_keyword(exchange, message, at=at)
    if number.url("SmsUrl"):
        _call(exchange, Attempt(message, number), (), at=at)


def _keep_keyword(exchange: Exchange, message: Message, *, at: datetime) -> None:
    meaning = keyword(message.body)
    pair = (message.to, message.sender)
    if meaning is None:
        return
    if meaning == "stop":
        exchange.records.opted_out.add(pair)
    elif meaning == "start":
        if pair not in exchange.records.opted_out:
            return
        exchange.records.opted_out.discard(pair)
    reply = ReceivedText(at=at, sender=message.to, body=REPLIES[meaning], sid="")
    exchange.phone(message.sender).inbox.append(reply)
    exchange.note(f"keyword {meaning}", about=message.sender, at=at)


def _call(exchange: Exchange, attempt: Attempt, extra: Params, *, at: datetime) -> None:
    prefix = "SmsFallback" if attempt.is_fallback else "Sms"
    delivery = Delivery(
        kind="sms",
        url=attempt.number.url(f"{prefix}Url"),
        method=attempt.number.method(f"{prefix}Method"),
        params=(*_params(exchange, attempt.message), *extra),
        about=attempt.message.sid,
        on_answer=lambda answer, now: _answered(exchange, attempt, answer, at=now),
    )
    exchange.send(delivery, at=at)


def _params(exchange: Exchange, message: Message) -> Params:
    given = {
        "ToCountry": "GB",
        "FromCountry": "GB",
        **{f"{side}{place}": "" for side in ("From", "To") for place in _PLACES},
        **dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), message.sid),
        "AccountSid": exchange.account_sid,
        "From": message.sender,
        "To": message.to,
        "Body": message.body,
        "NumMedia": str(len(message.media)),
        "NumSegments": str(segments(message.body)),
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
    }
    for place, media in enumerate(message.media):
        given[f"MediaUrl{place}"] = exchange.base_url + media_path(exchange, message, media)
        given[f"MediaContentType{place}"] = media.content_type
    return tuple(given.items())


def media_path(exchange: Exchange, message: Message, media: Media) -> str:
    """Where a picture that came with a text is fetched."""
    return f"/2010-04-01/Accounts/{exchange.account_sid}/Messages/{message.sid}/Media/{media.sid}"


def _answered(exchange: Exchange, attempt: Attempt, answer: Answer, *, at: datetime) -> None:
    try:
        replies = _replies(answer)
    except BadDocument as bad:
        _fall_back(exchange, attempt, bad.code, at=at)
        return
    for to, reply in replies:
        order = TextOrder(to or attempt.message.sender, attempt.message.to, reply, direction="outbound-reply")
        try:
            accept(exchange, order, at=at)
        except Refused as refused:
            exchange.warn(refused.code, about=attempt.message.sid, at=at)


def _replies(answer: Answer) -> list[tuple[str, str]]:
    """The texts an answer sends: each <Message>, to whom it says or back, or all of a plain text."""
    if answer.error is not None:
        raise BadDocument(answer.error)
    if not answer.body.strip():
        return []
    if answer.content_type == "text/plain":
        return [("", answer.body)]
    document = parse(answer.body, content_type=answer.content_type, verbs=frozenset({"Message"}))
    return [(verb.get("to", ""), "".join(verb.itertext()).strip()) for verb in document]


def _fall_back(exchange: Exchange, attempt: Attempt, code: int, *, at: datetime) -> None:
    exchange.warn(code, about=attempt.message.sid, at=at)
    if not attempt.is_fallback and attempt.number.url("SmsFallbackUrl"):
        extra = (("ErrorCode", str(code)), ("ErrorUrl", attempt.number.url("SmsUrl")))
        _call(exchange, Attempt(attempt.message, attempt.number, is_fallback=True), extra, at=at)
    else:
        exchange.note("text lost", about=attempt.message.sender, at=at)
