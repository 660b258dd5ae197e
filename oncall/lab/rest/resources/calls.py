"""The Calls resource: place, list, read, redirect, cancel, complete, delete."""

from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.rest.request import Answer, Request, as_json, rfc2822
from oncall.lab.rest.resources.listing import Row, is_within, page
from oncall.lab.texts.outbound import is_url
from oncall.lab.twiml.fetching import Wanted
from oncall.lab.twiml.performance import fetch_and_perform, perform_inline
from oncall.lab.voice.ending import end
from oncall.lab.voice.leg import Leg, Manner, Orders
from oncall.lab.voice.outbound import CallOrder, place

_LONGEST_TWIML = 4000


def create(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    if len(request.given("Twiml")) > _LONGEST_TWIML:
        raise Refused(20001, "Invalid Twiml")
    order = CallOrder(to=request.given("To"), sender=request.given("From"), orders=_orders(request))
    if not order.orders.twiml and not is_url(order.orders.url):
        raise Refused(21205)
    leg = place(exchange, order, lambda leg, now: _perform(exchange, leg, at=now), at=at)
    return as_json(201, as_row(exchange, leg), about=leg.sid)


def _perform(exchange: Exchange, leg: Leg, *, at: datetime) -> None:
    """What a call is for, once somebody answers it."""
    if leg.orders.url:
        fetch_and_perform(exchange, leg, Wanted(leg.orders.url, leg.orders.method), at=at)
    else:
        perform_inline(exchange, leg, leg.orders.twiml, at=at)


def _orders(request: Request) -> Orders:
    url = request.given("Url")
    return Orders(
        url=url,
        method=request.given("Method", "POST").upper(),
        twiml="" if url else request.given("Twiml"),
        fallback_url=request.given("FallbackUrl"),
        fallback_method=request.given("FallbackMethod", "POST").upper(),
        status_url=request.given("StatusCallback"),
        status_method=request.given("StatusCallbackMethod", "POST").upper(),
        status_events=frozenset(request.all_given("StatusCallbackEvent")) or frozenset({"completed"}),
        ring_for=request.number("Timeout", 60),
    )


def list_all(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    newest_first = reversed(exchange.records.legs.values())
    rows = [as_row(exchange, leg) for leg in newest_first if _is_asked(exchange, request, leg, at)]
    return page(request, "calls", rows, path=f"/2010-04-01/Accounts/{exchange.account_sid}/Calls.json")


def _is_asked(exchange: Exchange, request: Request, leg: Leg, at: datetime) -> bool:
    return (
        request.asked("To", leg.to) == leg.to
        and request.asked("From", leg.sender) == leg.sender
        and request.asked("Status", leg.status) == leg.status
        and request.asked("ParentCallSid", leg.parent_sid or "") == (leg.parent_sid or "")
        and is_within(request, "StartTime", at=leg.starts_at or leg.created_at)
        and at - leg.created_at >= exchange.settings.list_lag
    )


def read(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    leg = _named(exchange, request)
    return as_json(200, as_row(exchange, leg), about=leg.sid)


def update(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    """Ends a call, or sends it to another document; what comes too late is 21220."""
    leg = _named(exchange, request)
    status = request.given("Status")
    if status not in {"", "canceled", "completed"}:
        raise Refused(20001, "Invalid Status")
    if status:
        _end(exchange, leg, status, at=at)
    else:
        _redirect(exchange, leg, request, at=at)
    return as_json(200, as_row(exchange, leg), about=leg.sid)


def _end(exchange: Exchange, leg: Leg, status: str, *, at: datetime) -> None:
    if not leg.is_live() or (status == "canceled" and leg.is_answered()):
        raise Refused(21220, "Call is not in a state to be ended so")
    end(exchange, leg, "completed" if leg.is_answered() else "canceled", sip_code=487, at=at)


def _redirect(exchange: Exchange, leg: Leg, request: Request, *, at: datetime) -> None:
    url, twiml = request.given("Url"), request.given("Twiml")
    if bool(url) == bool(twiml):
        raise Refused(20001, "Exactly one of Url and Twiml")
    if not leg.is_answered():
        raise Refused(21220)
    leg.orders.fallback_url = request.given("FallbackUrl", leg.orders.fallback_url)
    leg.orders.status_url = request.given("StatusCallback", leg.orders.status_url)
    leg.let_go(Manner.REDIRECTED, at)
    if url:
        fetch_and_perform(exchange, leg, Wanted(url, request.given("Method", "POST").upper()), at=at)
    else:
        perform_inline(exchange, leg, twiml, at=at)


def delete(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    leg = _named(exchange, request)
    if leg.is_live():
        raise Refused(20009, "The call is still going on")
    del exchange.records.legs[leg.sid]
    return Answer(204, about=leg.sid)


def _named(exchange: Exchange, request: Request) -> Leg:
    leg = exchange.records.legs.get(request.path.rpartition("/")[2].removesuffix(".json"))
    if leg is None:
        raise Refused(20404)
    return leg


def as_row(exchange: Exchange, leg: Leg) -> Row:
    """A call as the API shows it; `initiated` is told by callback alone."""
    uri = f"/2010-04-01/Accounts/{exchange.account_sid}/Calls/{leg.sid}"
    number = exchange.number_of_account(leg.to if leg.direction == "inbound" else leg.sender)
    waited = (leg.starts_at or leg.created_at) - leg.created_at
    return {
        "sid": leg.sid,
        "account_sid": exchange.account_sid,
        "api_version": "2010-04-01",
        "to": leg.to,
        "to_formatted": leg.to,
        "from": leg.sender,
        "from_formatted": leg.sender,
        "status": "queued" if leg.status == "initiated" else leg.status,
        "direction": leg.direction,
        "parent_call_sid": leg.parent_sid,
        "phone_number_sid": number.sid if number is not None else None,
        "answered_by": None,
        "forwarded_from": None,
        "caller_name": None,
        "annotation": None,
        "group_sid": None,
        "trunk_sid": None,
        "price": None,
        "price_unit": "USD",
        "queue_time": str(round(waited.total_seconds() * 1000)),
        "duration": str(leg.seconds()) if leg.ended_at is not None else None,
        "date_created": rfc2822(leg.created_at),
        "date_updated": rfc2822(leg.updated_at),
        "start_time": rfc2822(leg.answered_at),
        "end_time": rfc2822(leg.ended_at),
        "uri": f"{uri}.json",
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
    }
