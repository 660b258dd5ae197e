"""The telephone company's records: numbers, messages, media, calls, and the phones at the other end of the line.

They are plain mutable rows guarded by the exchange's lock; what changes them, and when, is told in `texts` and `voice`.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from oncall.lab.exchange.personas import BY_HAND, DELIVERED, CallPersona, TextPersona
from oncall.lab.voice.leg import Leg


@dataclass(slots=True)
class Number:
    """A number of the account's; `settings` are its addresses and methods under the API's own names (`SmsUrl`)."""

    sid: str
    number: str
    created_at: datetime
    updated_at: datetime
    settings: dict[str, str] = field(default_factory=dict)

    def url(self, name: str) -> str:
        return self.settings.get(name, "")

    def method(self, name: str) -> str:
        return self.settings.get(name, "") or "POST"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or sound that came with a text."""

    sid: str
    content_type: str
    data: bytes


@dataclass(slots=True)
class Message:
    """A text; `status_url` and `valid_for` (seconds) are what the sender asked for."""

    sid: str
    to: str
    sender: str
    body: str
    direction: str
    status: str
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None
    error_code: int | None = None
    status_url: str = ""
    valid_for: int = 36_000
    media: tuple[Media, ...] = ()


@dataclass(slots=True)
class ReceivedText:
    """A text as a handset shows it."""

    at: datetime
    sender: str
    body: str
    sid: str


@dataclass(slots=True)
class Phone:
    """A phone at the other end: what arrived on it, its calls, and how whoever holds it behaves."""

    number: str
    text_persona: TextPersona = DELIVERED
    call_persona: CallPersona = BY_HAND
    next_call_personas: deque[CallPersona] = field(default_factory=deque)
    inbox: list[ReceivedText] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)

    def take_call_persona(self) -> CallPersona:
        """How this phone behaves on the call that is arriving now."""
        return self.next_call_personas.popleft() if self.next_call_personas else self.call_persona

    def is_engaged(self) -> bool:
        return any(leg.is_live() and leg.reached_phone for leg in self.legs)
