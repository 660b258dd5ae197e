"""A leg in its document, as a verb's doing sees it: where it stands, and the two ways on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.fetching import Wanted
from oncall.lab.twiml.stage import Stage, Then
from oncall.lab.voice.leg import Leg
from oncall.lab.webhooks.signing import Params


@dataclass(frozen=True, slots=True)
class Onward:
    """What a verb asks once it is over; without an address the document goes on."""

    action: str | None
    method: str
    params: Params


@dataclass(frozen=True, slots=True)
class Scene:
    """`go_on` performs the next verb, `ask` another document instead; `perform` does one on some other leg."""

    exchange: Exchange
    leg: Leg
    stage: Stage
    go_on: Then
    ask: Callable[[Onward, datetime], None]
    pick_up: Then
    perform: Callable[[Leg, Wanted, datetime], None]
