"""Rings the numbers of a `<Dial>` and joins at most one of those who answer to the caller.

Its calls are placed at once, beside the queue of the API's. Whoever answers may be asked first, and is joined when
what they were asked is over, unless it hung up on them.
"""

from collections import deque
from datetime import datetime

from oncall.lab.dialling.dialling import Dialling, Follows
from oncall.lab.exchange.exchange import Exchange
from oncall.lab.texts.outbound import is_number
from oncall.lab.twiml.script.bridging import Callee, Ring
from oncall.lab.voice.ending import end
from oncall.lab.voice.leg import Engagement, Leg, Manner, Orders
from oncall.lab.voice.ringing import start
from oncall.lab.voice.talking import now_hears

_NO_SUCH_NUMBER = 13224


def ring_out(exchange: Exchange, caller: Leg, wanted: Ring, follows: Follows, *, at: datetime) -> None:
    """Rings the numbers; `*` leaves it, if the document said so."""
    dialling = Dialling(exchange, caller, wanted, follows, deque(wanted.callees))

    def on_key(key: str, now: datetime) -> None:
        if key == "*" and wanted.dial.ends_on_star:
            caller.let_go(Manner.STAR, now)

    caller.cut_short(at)
    caller.stage = None
    caller.engagement = Engagement(lambda manner, now: _leave(dialling, manner, at=now), on_key, kind="numbers")
    _ring_next(dialling, at=at)
    while not wanted.in_turn and dialling.to_ring:
        _ring_next(dialling, at=at)


def _ring_next(dialling: Dialling, *, at: datetime) -> None:
    exchange, callee = dialling.exchange, dialling.to_ring.popleft()
    leg = _leg(dialling, callee, at=at)
    dialling.rung.append(leg)
    exchange.records.legs[leg.sid] = leg
    leg.on_answer = lambda now: _answered(dialling, leg, callee, at=now)
    leg.on_end = lambda now: _ended(dialling, leg, at=now)
    if is_number(callee.number):
        exchange.schedule.add(at, lambda now: start(exchange, leg, exchange.phone(callee.number), at=now))
    else:
        exchange.warn(_NO_SUCH_NUMBER, about=leg.sid, at=at)
        exchange.schedule.add(at, lambda now: end(exchange, leg, "failed", at=now), about=leg.sid)


def _leg(dialling: Dialling, callee: Callee, *, at: datetime) -> Leg:
    caller = dialling.caller
    orders = Orders(
        status_url=callee.callback.url,
        status_method=callee.callback.method,
        status_events=callee.callback.events,
        ring_for=dialling.wanted.rings_for,
    )
    return Leg(
        sid=dialling.exchange.new_sid("CA"),
        to=callee.number,
        sender=dialling.wanted.caller_id or caller.sender,
        direction="outbound-dial",
        status="queued",
        created_at=at,
        updated_at=at,
        starts_at=at,
        orders=orders,
        persona=dialling.exchange.phone(callee.number).call_persona,
        parent_sid=caller.sid,
    )


def _answered(dialling: Dialling, leg: Leg, callee: Callee, *, at: datetime) -> None:
    if not dialling.exchange.settings.others_ring_until_accepted:
        _let_others_go(dialling, leg, at=at)
    if callee.url:
        dialling.follows.ask(leg, callee, lambda now: _join(dialling, leg, at=now), at)
    else:
        _join(dialling, leg, at=at)


def _join(dialling: Dialling, leg: Leg, *, at: datetime) -> None:
    if not dialling.is_on or dialling.joined is not None:
        end(dialling.exchange, leg, "completed", at=at)
        return
    dialling.joined, dialling.joined_at = leg, at
    leg.cut_short(at)
    leg.stage = None
    leg.engagement = Engagement(
        lambda manner, now: _ended(dialling, leg, at=now), lambda key, now: None, kind="numbers"
    )
    _let_others_go(dialling, leg, at=at)
    dialling.follows.joined(at)
    now_hears(dialling.caller, [leg], at=at)
    now_hears(leg, [dialling.caller], at=at)
    if dialling.wanted.dial.ends_after is not None:
        ends_at = at + dialling.wanted.dial.ends_after
        dialling.exchange.schedule.add(ends_at, lambda now: end(dialling.exchange, leg, "completed", at=now))


def _let_others_go(dialling: Dialling, leg: Leg, *, at: datetime) -> None:
    for other in dialling.rung:
        if other is not leg:
            _let_go(dialling, other, at=at)


def _let_go(dialling: Dialling, leg: Leg, *, at: datetime) -> None:
    status = "completed" if leg.is_answered() else dialling.exchange.settings.unanswered_end_as
    end(dialling.exchange, leg, status, at=at)


def _ended(dialling: Dialling, leg: Leg, *, at: datetime) -> None:
    """One of those rung is gone: the one who was joined, or one more who was not."""
    if not dialling.is_on or (dialling.joined is not None and leg is not dialling.joined):
        return
    settings = dialling.exchange.settings
    declined = leg.answered_at is not None
    if dialling.joined is None and dialling.to_ring and (settings.rings_on_after_declining or not declined):
        _ring_next(dialling, at=at)
    elif dialling.joined is not None or not any(each.is_live() for each in dialling.rung):
        status = settings.declined_counts_as if declined else leg.status
        _finish(dialling, Manner.OVER, dialling.outcome(at, status=status), at=at)


def _leave(dialling: Dialling, manner: Manner, *, at: datetime) -> None:
    """The caller leaves it: whoever rings still is let go, whoever was joined is alone and goes too."""
    outcome = dialling.outcome(at, status="canceled")
    dialling.is_on = False
    for leg in dialling.rung:
        _let_go(dialling, leg, at=at)
    _finish(dialling, manner, outcome, at=at)


def _finish(dialling: Dialling, manner: Manner, outcome: tuple[tuple[str, str], ...], *, at: datetime) -> None:
    dialling.is_on = False
    dialling.caller.engagement = None
    now_hears(dialling.caller, (), at=at)
    if dialling.joined is not None:
        now_hears(dialling.joined, (), at=at)
    dialling.follows.over(outcome, manner, at)
