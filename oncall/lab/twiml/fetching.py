"""Fetches the document a leg is to go on with; the leg stays silent meanwhile.

What cannot be fetched or read, or could not be carried out, goes to the fallback address, once;
without one, or if that fails too, whoever is on the line hears of an error and the call ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element, SubElement

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.script.document import SPOKEN_TYPES, BadDocument, parse
from oncall.lab.twiml.script.verbs import VOICE_VERBS
from oncall.lab.twiml.speaking import later
from oncall.lab.twiml.stage import Part, Stage
from oncall.lab.voice.ending import standing
from oncall.lab.voice.leg import Leg
from oncall.lab.webhooks.delivery import Answer, Delivery
from oncall.lab.webhooks.signing import Params

APPLICATION_ERROR = "We are sorry. An application error has occurred. Goodbye."
_FETCHING_TAKES = timedelta(milliseconds=50)
Begin = Callable[[Stage, datetime], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to fetch, and what to say besides the call's own standing."""

    url: str
    method: str = "POST"
    extra: Params = ()
    is_fallback: bool = False
    part: Part | None = None


def fetch(exchange: Exchange, leg: Leg, wanted: Wanted, begin: Begin, *, at: datetime) -> None:
    """Asks for a document, and begins it when it is there, unless the leg went on to something else meanwhile."""
    leg.cut_short(at)
    turn = leg.turn

    def answered(answer: Answer, now: datetime) -> None:
        if not leg.is_live() or leg.turn != turn:
            return
        try:
            stage = Stage(answer.url, verbs_of(answer), is_fallback=wanted.is_fallback, part=wanted.part)
        except BadDocument as bad:
            fail(exchange, leg, Failure(bad.code, wanted.url, wanted.is_fallback, wanted.part), begin, at=now)
        else:
            begin(stage, now)

    def ask(now: datetime) -> None:
        exchange.send(_asking(exchange, leg, wanted, answered), at=now)

    later(exchange, leg, ask, at=at + _FETCHING_TAKES)


def report(exchange: Exchange, leg: Leg, wanted: Wanted, *, at: datetime) -> None:
    """Asks for a document that nobody waits for any more; what it says is not done."""

    def answered(answer: Answer, now: datetime) -> None:
        if answer.error is not None:
            exchange.warn(answer.error, about=leg.sid, at=now)

    exchange.send(_asking(exchange, leg, wanted, answered), at=at)


def _asking(exchange: Exchange, leg: Leg, wanted: Wanted, answered: Callable[[Answer, datetime], None]) -> Delivery:
    return Delivery(
        kind="twiml",
        url=wanted.url,
        method=wanted.method,
        params=(*standing(exchange, leg), *wanted.extra),
        about=leg.sid,
        voice=True,
        cookies=leg.cookies,
        on_answer=answered,
    )


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, with which address, whether that was the fallback already, and in which part of the call."""

    code: int
    url: str
    in_fallback: bool
    part: Part | None = None


def fail(exchange: Exchange, leg: Leg, failure: Failure, begin: Begin, *, at: datetime) -> None:
    """Goes on with the fallback, or says that there was an error."""
    exchange.warn(failure.code, about=leg.sid, at=at)
    if failure.part is not None:
        failure.part.failed(failure.code, at)
        return
    orders = leg.orders
    if failure.in_fallback or not orders.fallback_url:
        begin(Stage("", spoken(APPLICATION_ERROR), is_fallback=True), at)
        return
    extra = (("ErrorCode", str(failure.code)), ("ErrorUrl", failure.url))
    fetch(exchange, leg, Wanted(orders.fallback_url, orders.fallback_method, extra, is_fallback=True), begin, at=at)


def spoken(text: str) -> list[Element]:
    """The verbs that say a text and end the call."""
    root = Element("Response")
    SubElement(root, "Say").text = text
    SubElement(root, "Hangup")
    return list(root)


def _played(url: str) -> list[Element]:
    root = Element("Response")
    SubElement(root, "Play").text = url
    return list(root)


def verbs_of(answer: Answer) -> list[Element]:
    """The verbs of an answer: a document's, or those that read a plain text aloud or play a sound."""
    if answer.error is not None:
        raise BadDocument(answer.error)
    if answer.content_type in SPOKEN_TYPES and not answer.body.lstrip().startswith("<"):
        return spoken(answer.body)
    if answer.content_type.startswith("audio/"):
        return _played(answer.url)
    return parse(answer.body, content_type=answer.content_type, verbs=VOICE_VERBS)
