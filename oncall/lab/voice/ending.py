"""How a leg ends, and what its status address is told of it and of the way there.

Only events the service subscribed to are told, numbered as they happened; a call cancelled in the queue tells nothing.
"""

from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.voice.leg import FINAL, Leg, Manner
from oncall.lab.webhooks.delivery import Answer, Delivery
from oncall.lab.webhooks.signing import Params

_SIP_OK = 200


def standing(exchange: Exchange, leg: Leg) -> Params:
    """What every webhook about a call says of it."""
    given = {
        "CallSid": leg.sid,
        "AccountSid": exchange.account_sid,
        "From": leg.sender,
        "To": leg.to,
        "Caller": leg.sender,
        "Called": leg.to,
        "CallStatus": leg.status,
        "ApiVersion": "2010-04-01",
        "Direction": leg.direction,
        "FromCountry": "GB",
        "ToCountry": "GB",
        "FromCity": "",
        "ToCity": "",
    }
    if leg.parent_sid is not None:
        given["ParentCallSid"] = leg.parent_sid
    return tuple(given.items())


def tell(exchange: Exchange, leg: Leg, event: str, *, at: datetime) -> None:
    """Tells the status address of an event, if it asked to be told."""
    orders = leg.orders
    if not orders.status_url or event not in orders.status_events:
        return
    extra = {
        "Timestamp": at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(leg.events_told),
    }
    leg.events_told += 1
    if leg.status in FINAL:
        extra["CallDuration"] = str(leg.seconds())
        extra["Duration"] = str(-(-leg.seconds() // 60))
        extra["SipResponseCode"] = str(leg.sip_code or _SIP_OK)

    def told(answer: Answer, now: datetime) -> None:
        if answer.error is not None:
            exchange.warn(15003, about=leg.sid, at=now)

    delivery = Delivery(
        kind="call-status",
        url=orders.status_url,
        method=orders.status_method,
        params=(*standing(exchange, leg), *extra.items()),
        about=leg.sid,
        voice=True,
        on_answer=told,
    )
    exchange.send(delivery, at=at)


def end(exchange: Exchange, leg: Leg, status: str, *, at: datetime, sip_code: int | None = None) -> None:
    """Ends a leg, once, with its final status."""
    if not leg.is_live():
        return
    was_queued = leg.status == "queued"
    leg.cut_short(at)
    leg.stage = None
    leg.status, leg.ended_at, leg.updated_at, leg.sip_code = status, at, at, sip_code
    exchange.note(f"call ended: {status}", about=leg.sid, at=at)
    leg.let_go(Manner.HUNG_UP, at)
    if not was_queued:
        tell(exchange, leg, "completed", at=at)
    if leg.on_end is not None:
        leg.on_end(at)
