"""Texts the service sends: what is refused at once, and the statuses an accepted one goes through.

A text is accepted as `queued` without a callback; each later change is told to its status address, if it has one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.personas import Step
from oncall.lab.exchange.records import Message, ReceivedText
from oncall.lab.exchange.refusals import Refused
from oncall.lab.webhooks.delivery import Answer, Delivery

LONGEST = 1600
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_URL = re.compile(r"https?://[^\s/]+(/\S*)?")


@dataclass(frozen=True, slots=True)
class TextOrder:
    """What a request to send a text asks for."""

    to: str
    sender: str
    body: str
    status_url: str = ""
    valid_for: int = 36_000
    direction: str = "outbound-api"


def is_number(raw: str) -> bool:
    """Whether something is written as a full international number."""
    return _E164.fullmatch(raw) is not None


def is_url(raw: str) -> bool:
    """Whether the telephone company would call this address: http or https."""
    return _URL.fullmatch(raw) is not None


def accept(exchange: Exchange, order: TextOrder, *, at: datetime) -> Message:
    """Queues a text, or raises `Refused`."""
    _refuse_unsendable(exchange, order)
    message = Message(
        sid=exchange.new_sid("SM"),
        to=order.to,
        sender=order.sender,
        body=order.body,
        direction=order.direction,
        status="queued",
        created_at=at,
        updated_at=at,
        status_url=order.status_url,
        valid_for=order.valid_for,
    )
    exchange.records.messages[message.sid] = message
    _plan(exchange, message, at=at)
    return message


def _refuse_unsendable(exchange: Exchange, order: TextOrder) -> None:
    missing = [code for value, code in ((order.to, 21604), (order.sender, 21603), (order.body, 21602)) if not value]
    if missing:
        raise Refused(missing[0])
    wrong = {
        21211: not is_number(order.to),
        21606: exchange.number_of_account(order.sender) is None,
        21617: len(order.body) > LONGEST,
        21609: bool(order.status_url) and not is_url(order.status_url),
        20001: not 1 <= order.valid_for <= 36_000,
        21610: (order.sender, order.to) in exchange.records.opted_out,
    }
    for code, is_so in wrong.items():
        if is_so:
            raise Refused(code)


def _plan(exchange: Exchange, message: Message, *, at: datetime) -> None:
    persona = exchange.phone(message.to).text_persona
    steps = persona.steps
    if persona.waits_in_queue:
        steps = (Step(timedelta(seconds=message.valid_for), "failed", 30036),)
    due_at = at
    for step in steps:
        due_at += step.after
        exchange.schedule.add(due_at, _change(exchange, message, step), about=message.sid)
    if persona.arrives_after is not None:
        exchange.schedule.add(at + persona.arrives_after, lambda now: arrive(exchange, message, at=now))


def _change(exchange: Exchange, message: Message, step: Step) -> Callable[[datetime], None]:
    def change(at: datetime) -> None:
        message.status, message.error_code, message.updated_at = step.status, step.error_code, at
        if step.status == "sent":
            message.sent_at = at
        if message.status_url:
            exchange.send(_status_callback(exchange, message, at=at), at=at)

    return change


def _status_callback(exchange: Exchange, message: Message, *, at: datetime) -> Delivery:
    params = {
        "MessageSid": message.sid,
        "MessageStatus": message.status,
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "AccountSid": exchange.account_sid,
        "From": message.sender,
        "To": message.to,
        "ApiVersion": "2010-04-01",
    }
    if message.error_code is not None:
        params["ErrorCode"] = str(message.error_code)
    if message.status in {"delivered", "undelivered"}:
        params["RawDlrDoneDate"] = at.strftime("%y%m%d%H%M")

    def told(answer: Answer, now: datetime) -> None:
        if answer.error is not None:
            exchange.warn(15003, about=message.sid, at=now)

    return Delivery("message-status", message.status_url, tuple(params.items()), message.sid, on_answer=told)


def arrive(exchange: Exchange, message: Message, *, at: datetime) -> None:
    """Shows a text on the phone it was sent to."""
    text = ReceivedText(at=at, sender=message.sender, body=message.body, sid=message.sid)
    exchange.phone(message.to).inbox.append(text)
    exchange.note("text arrived", about=message.to, at=at)
