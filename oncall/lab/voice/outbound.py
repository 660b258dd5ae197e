"""Calls the service places: what is refused at once, and when one starts.

Calls start in the order they were asked for, so many a second; what follows an answer is given by whoever places one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.texts.outbound import is_number, is_url
from oncall.lab.voice.leg import Leg, Orders
from oncall.lab.voice.ringing import start

Answered = Callable[[Leg, datetime], None]


@dataclass(frozen=True, slots=True)
class CallOrder:
    """What a request to place a call asks for."""

    to: str
    sender: str
    orders: Orders


def place(exchange: Exchange, order: CallOrder, answered: Answered, *, at: datetime) -> Leg:
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
    leg.on_answer = lambda now: answered(leg, now)
    leg.starts_at = _next_start(exchange, at)
    exchange.records.legs[leg.sid] = leg
    exchange.schedule.add(leg.starts_at, lambda now: start(exchange, leg, phone, at=now), about=leg.sid)
    return leg


def _refuse_unplaceable(exchange: Exchange, order: CallOrder) -> None:
    orders = order.orders
    wrong = {
        21201: not order.to,
        21213: not order.sender,
        21211: not is_number(order.to),
        21210: exchange.number_of_account(order.sender) is None,
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
