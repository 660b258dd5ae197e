"""A phone that is rung: how it rings, is answered or not, and is put down; what follows an answer is the caller's."""

from collections import deque
from datetime import datetime, timedelta

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.records import Phone
from oncall.lab.voice.ending import end, tell
from oncall.lab.voice.leg import Leg

_CONNECTING_TAKES = timedelta(milliseconds=700)
_GRACE = timedelta(seconds=5)
_NOT_ANSWERED = 487
_ENGAGED = 486


def start(exchange: Exchange, leg: Leg, phone: Phone, *, at: datetime) -> None:
    """Sets out to ring a phone, unless the call was ended before."""
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
    """Somebody, or something, picks up."""
    if leg.status != "ringing" or leg.direction == "inbound":
        return
    leg.answered_at = at
    _become(exchange, leg, "in-progress", event="answered", at=at)
    hang_up_in_time(exchange, leg, at=at)
    if leg.on_answer is not None:
        leg.on_answer(at)


def hang_up_in_time(exchange: Exchange, leg: Leg, *, at: datetime) -> None:
    """Whoever is at the phone puts it down after as long as they are given to, or their line drops."""
    if leg.persona.hangs_up_after is not None:
        hangs_up_at = at + leg.persona.hangs_up_after
        exchange.schedule.add(hangs_up_at, lambda now: hang_up(exchange, leg, at=now), about=leg.sid)


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
