"""One webhook to deliver, and what came back.

A delivery is a value: mischief makes altered copies of it, the courier carries it out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import httpx

from oncall.lab.webhooks.signing import Params

Seal = Literal["right", "wrong_token", "missing", "tampered"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered; `error` is the telephone company's code if nothing usable came back."""

    status: int
    body: str
    content_type: str
    url: str
    error: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook: `kind` is `sms`, `message-status`, `twiml`, `media` or `call-status`; `about` its SID."""

    kind: str
    url: str
    params: Params
    about: str
    method: str = "POST"
    voice: bool = False
    seal: Seal = "right"
    copies_at_once: int = 1
    idempotency_token: str = ""
    cookies: httpx.Cookies | None = None
    on_answer: Callable[[Answer, datetime], None] | None = None
