"""One leg of a call: the record the API shows, and what passed on the line.

A leg's `turn` grows whenever what was going on is cut short, so that what an earlier turn scheduled does nothing.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

import httpx

from oncall.lab.exchange.personas import CallPersona

if TYPE_CHECKING:
    from oncall.lab.twiml.stage import Stage

FINAL = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
Then = Callable[[datetime], None]


@dataclass(slots=True)
class Orders:
    """What the service asked for when it placed the call, or what the called number's settings say."""

    url: str = ""
    method: str = "POST"
    twiml: str = ""
    fallback_url: str = ""
    fallback_method: str = "POST"
    status_url: str = ""
    status_method: str = "POST"
    status_events: frozenset[str] = frozenset({"completed"})
    ring_for: int = 60


@dataclass(slots=True)
class Heard:
    """Something said or played on the line, from `at` to `until` (earlier than planned if it was cut short).

    Of `kind` `voice` it was a person, at the number in `voice`.
    """

    at: datetime
    until: datetime
    text: str
    language: str = ""
    voice: str = ""
    kind: str = "say"


@dataclass(slots=True)
class Talk:
    """A time in which this leg could hear another one."""

    at: datetime
    number: str
    until: datetime | None = None


class Manner(StrEnum):
    """How a leg came out of what it was engaged in."""

    HUNG_UP = "hung_up"
    STAR = "star"
    REDIRECTED = "redirected"
    REMOVED = "removed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Engagement:
    """Something that keeps a leg until it is let go: a conference, numbers it rings, a message it leaves (`kind`).

    `on_key` is what a key does there, `on_speech` what words do.
    """

    let_go: Callable[[Manner, datetime], None]
    on_key: Callable[[str, datetime], None]
    on_speech: Callable[[str, datetime], None] | None = None
    kind: Literal["conference", "numbers", "message"] = "conference"


@dataclass(slots=True)
class Leg:
    """A call between the account's number and one phone; `on_answer` and `on_end` are what follows from either."""

    sid: str
    to: str
    sender: str
    direction: str
    status: str
    created_at: datetime
    updated_at: datetime
    orders: Orders
    persona: CallPersona
    parent_sid: str | None = None
    starts_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    sip_code: int | None = None
    events_told: int = 0
    reached_phone: bool = False
    turn: int = 0
    heard: list[Heard] = field(default_factory=list)
    said: list[tuple[datetime, str]] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    talking: dict[str, Talk] = field(default_factory=dict)
    pressed: list[tuple[datetime, str]] = field(default_factory=list)
    keys_left: deque[str] = field(default_factory=deque)
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    stage: "Stage | None" = None
    engagement: Engagement | None = None
    on_answer: Then | None = None
    on_end: Then | None = None

    @property
    def number(self) -> str:
        """The phone's own number."""
        return self.sender if self.direction == "inbound" else self.to

    def is_live(self) -> bool:
        return self.status not in FINAL

    def is_answered(self) -> bool:
        return self.status == "in-progress"

    def cut_short(self, at: datetime) -> None:
        """Ends what is being said and voids what was to follow it."""
        self.turn += 1
        for heard in self.heard:
            heard.until = min(heard.until, max(at, heard.at))

    def let_go(self, manner: Manner, at: datetime) -> None:
        """Leaves whatever keeps this leg, if anything does."""
        engagement, self.engagement = self.engagement, None
        if engagement is not None:
            engagement.let_go(manner, at)

    def seconds(self) -> int:
        """How long the two spoke."""
        if self.answered_at is None or self.ended_at is None:
            return 0
        return round((self.ended_at - self.answered_at).total_seconds())
