"""One `<Dial>` of numbers, as a plain row: who is still to be rung, who is rung, and who was joined to the caller."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.script.bridging import Callee, Ring
from oncall.lab.voice.leg import Leg, Manner, Then
from oncall.lab.webhooks.signing import Params


@dataclass(frozen=True, slots=True)
class Follows:
    """What comes of it: `ask` asks whoever answered and may join them, `joined` is when two are, `over` its end."""

    ask: Callable[[Leg, Callee, Then, datetime], None]
    joined: Then
    over: Callable[[Params, Manner, datetime], None]


@dataclass(slots=True)
class Dialling:
    """The state of one `<Dial>`; it `is_on` until the last is gone or the caller has left it."""

    exchange: Exchange
    caller: Leg
    wanted: Ring
    follows: Follows
    to_ring: deque[Callee]
    rung: list[Leg] = field(default_factory=list)
    joined: Leg | None = None
    joined_at: datetime | None = None
    is_on: bool = True

    def outcome(self, at: datetime, *, status: str) -> Params:
        """What the action is told."""
        settings = self.exchange.settings
        given = {"DialCallStatus": "completed" if self.joined is not None else status}
        if self.rung:
            given["DialCallSid"] = (self.joined or self.rung[-1]).sid
        if self.joined is not None or settings.says_if_not_joined:
            given["DialBridged"] = str(self.joined is not None).lower()
        if self.joined_at is not None:
            given["DialCallDuration"] = str(round((at - self.joined_at).total_seconds()))
        return tuple(given.items())
