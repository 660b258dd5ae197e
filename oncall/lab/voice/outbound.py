"""Calls the service places: what is refused at once, when one starts, and how it rings, is answered or not.

Calls start in the order they were asked for, so many a second; the document is asked for only when somebody answers.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.records import Phone
from oncall.lab.exchange.refusals import Refused
from oncall.lab.texts.outbound import is_number, is_url
from oncall.lab.twiml.fetching import Wanted
from oncall.lab.twiml.performance import fetch_and_perform, perform_inline
from oncall.lab.voice.ending import end, tell
from oncall.lab.voice.leg import Leg, Orders

_CONNECTING_TAKES = timedelta(milliseconds=700)
_GRACE = timedelta(seconds=5)
_NOT_ANSWERED = 487
_ENGAGED = 486


@dataclass(frozen=True, slots=True)
class CallOrder:
    """What a request to place a call asks for."""

    to: str
    sender: str
    orders: Orders


def place(exchange: Exchange, order: CallOrder, *, at: datetime) -> Leg:
    """Queues a call, or raises `Refused`."""
    _refuse_unplaceable(exchange, order)
    phone = exchange.phone(order.to)
    leg = Leg(
        sid=exchange.new_sid("CA"),
        to=order.to,
        sender=order.sender,
        direction="outbound-api",
        status="queued",
        created_at=at,
        updated_at=at,
        orders=order.orders,
        persona=phone.call_persona,
    )
    leg.starts_at = _next_start(exchange, at)
    exchange.records.legs[leg.sid] = leg
    exchange.schedule.add(leg.starts_at, lambda now: _start(exchange, leg, phone, at=now), about=leg.sid)
    return leg


def _refuse_unplaceable(exchange: Exchange, order: CallOrder) -> None:
    orders = order.orders
    wrong = {
        21201: not order.to,
        21213: not order.sender,
        21211: not is_number(order.to),
        21210: exchange.number_of_account(order.sender) is None,
        21205: not orders.twiml and not is_url(orders.url),
        21609: bool(orders.status_url) and not is_url(orders.status_url),
        20001: not 1 <= orders.ring_for <= 600 or (bool(orders.fallback_url) and not is_url(orders.fallback_url)),
    }
    for code, is_so in wrong.items():
        if is_so:
            raise Refused(code)


def _next_start(exchange: Exchange, at: datetime) -> datetime:
    last = exchange.last_call_started_at
    apart = timedelta(seconds=1 / exchange.settings.calls_per_second)
    exchange.last_call_started_at = at if last is None else max(at, last + apart)
    return exchange.last_call_started_at


def _start(exchange: Exchange, leg: Leg, phone: Phone, *, at: datetime) -> None:
    if not leg.is_live():
        return
    is_engaged = phone.is_engaged()
    phone.legs.append(leg)
    leg.persona = phone.take_call_persona()
    leg.keys_left = deque(leg.persona.keys)
    _become(exchange, leg, "initiated", at=at)
    if is_engaged and not leg.persona.is_machine:
        _end_later(exchange, leg, "busy", _ENGAGED, at=at + _CONNECTING_TAKES)
    elif leg.persona.ends_as:
        _end_later(exchange, leg, leg.persona.ends_as, leg.persona.sip_code, at=at + leg.persona.ends_after)
    else:
        exchange.schedule.add(at + _CONNECTING_TAKES, lambda now: _ring(exchange, leg, at=now), about=leg.sid)


def _end_later(exchange: Exchange, leg: Leg, status: str, sip_code: int, *, at: datetime) -> None:
    exchange.schedule.add(at, lambda now: end(exchange, leg, status, sip_code=sip_code, at=now), about=leg.sid)


def _ring(exchange: Exchange, leg: Leg, *, at: datetime) -> None:
    if not leg.is_live():
        return
    leg.reached_phone = True
    _become(exchange, leg, "ringing", at=at)
    gives_up_at = at + timedelta(seconds=leg.orders.ring_for) + _GRACE
    exchange.schedule.add(gives_up_at, lambda now: _give_up(exchange, leg, at=now), about=leg.sid)
    if leg.persona.answers_after is not None:
        answers_at = at + leg.persona.answers_after
        exchange.schedule.add(answers_at, lambda now: answer(exchange, leg, at=now), about=leg.sid)


def _give_up(exchange: Exchange, leg: Leg, *, at: datetime) -> None:
    if leg.status == "ringing":
        end(exchange, leg, "no-answer", sip_code=_NOT_ANSWERED, at=at)


def answer(exchange: Exchange, leg: Leg, *, at: datetime) -> None:
    """Somebody, or something, picks up: the document is asked for."""
    if leg.status != "ringing" or leg.direction == "inbound":
        return
    leg.answered_at = at
    _become(exchange, leg, "in-progress", event="answered", at=at)
    if leg.persona.hangs_up_after is not None:
        hangs_up_at = at + leg.persona.hangs_up_after
        exchange.schedule.add(hangs_up_at, lambda now: end(exchange, leg, "completed", at=now), about=leg.sid)
    if leg.orders.url:
        fetch_and_perform(exchange, leg, Wanted(leg.orders.url, leg.orders.method), at=at)
    else:
        perform_inline(exchange, leg, leg.orders.twiml, at=at)


def hang_up(exchange: Exchange, leg: Leg, *, at: datetime) -> None:
    """The phone is put down: a call that still rings is declined."""
    if leg.is_answered():
        end(exchange, leg, "completed", at=at)
    elif leg.direction == "inbound":
        end(exchange, leg, "no-answer", at=at)
    else:
        end(exchange, leg, "busy", sip_code=_ENGAGED, at=at)


def _become(exchange: Exchange, leg: Leg, status: str, *, at: datetime, event: str = "") -> None:
    leg.status, leg.updated_at = status, at
    exchange.note(f"call {status}", about=leg.sid, at=at)
    tell(exchange, leg, event or status, at=at)
