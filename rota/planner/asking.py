"""What a plan is asked for: the turns to fill, who may fill them, what must not be, and what is only wished for.

One rule: these are values, as they were gathered; nothing is reckoned. Wishes and weights give way, the rest never.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from rota.checks.holding import Shown
from rota.checks.rules import Rules
from rota.patterns import Layer, Leave

LOOKS_BACK_WEEKS = 17
MOST_PIECES = 2_000


class Unplannable(ValueError):
    """The span or the rota is nothing that can be planned; the message says why."""


class Fancy(StrEnum):
    """What somebody wishes of some shifts."""

    RATHER_NOT = "rather_not"
    WOULD_LIKE = "would_like"


@dataclass(frozen=True)
class Wish:
    """Somebody would like, or would rather not hold, what touches `[start, end)` or begins on `days` (0 is Monday).

    None: at any time, on any day, any tier. Where both are given, both must hold.
    """

    person: str
    fancy: Fancy
    start: datetime | None = None
    end: datetime | None = None
    days: frozenset[int] | None = None
    tier: str | None = None


@dataclass(frozen=True)
class Weights:
    """What each thing that is only weighed costs, in points."""

    fair_hours: int = 2
    fair_nights: int = 10
    fair_weekends: int = 10
    fair_bank_holidays: int = 15
    weekends_running: int = 6
    split: int = 25
    rather_not: int = 12
    would_like: int = 4
    moved: int = 1


@dataclass(frozen=True)
class Ask:
    """A plan of the turns that begin in `[start, end)`, of the tiers in `may_hold`, each by one of those it names.

    `present` has each tier's shifts as they stand, from `LOOKS_BACK_WEEKS` before the span to some weeks after it.
    `barred` says of people why they cannot be planned at all, as it follows their name.
    """

    zone: ZoneInfo
    start: datetime
    end: datetime
    layers: Mapping[str, tuple[Layer, ...]]
    may_hold: Mapping[str, tuple[str, ...]]
    present: Shown
    leave: Collection[Leave] = ()
    barred: Mapping[str, str] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    days_in_a_row: int = 7
    bank_holidays: Collection[date] = frozenset()

    @property
    def people(self) -> list[str]:
        """Everybody who may hold anything, in the order in which they are first named."""
        return list(dict.fromkeys(person for those in self.may_hold.values() for person in those))
