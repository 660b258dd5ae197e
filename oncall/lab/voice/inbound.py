"""Calls from a handset: they ring at once and are answered by the first thing the service's document does."""

from collections import deque
from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.personas import CallPersona
from oncall.lab.exchange.records import Number
from oncall.lab.twiml.fetching import Wanted
from oncall.lab.twiml.performance import fetch_and_perform
from oncall.lab.voice.ending import end
from oncall.lab.voice.leg import Leg, Orders
from oncall.lab.voice.ringing import hang_up_in_time


def dial(exchange: Exchange, *, sender: str, to: str, persona: CallPersona, at: datetime) -> Leg:
    """Places a call from a phone; one to nobody's number fails. `persona` is who holds it."""
    phone = exchange.phone(sender)
    number = exchange.number_of_account(to)
    leg = Leg(
        sid=exchange.new_sid("CA"),
        to=to,
        sender=sender,
        direction="inbound",
        status="ringing",
        created_at=at,
        updated_at=at,
        starts_at=at,
        orders=_orders(number) if number is not None else Orders(),
        persona=persona,
        keys_left=deque(persona.keys),
        reached_phone=True,
    )
    exchange.records.legs[leg.sid] = leg
    phone.legs.append(leg)
    exchange.note("call placed", about=sender, at=at)
    if leg.orders.url:
        fetch_and_perform(exchange, leg, Wanted(leg.orders.url, leg.orders.method), at=at)
        hang_up_in_time(exchange, leg, at=at)
    else:
        end(exchange, leg, "failed", at=at)
    return leg


def _orders(number: Number) -> Orders:
    return Orders(
        url=number.url("VoiceUrl"),
        method=number.method("VoiceMethod"),
        fallback_url=number.url("VoiceFallbackUrl"),
        fallback_method=number.method("VoiceFallbackMethod"),
        status_url=number.url("StatusCallback"),
        status_method=number.method("StatusCallbackMethod"),
    )
