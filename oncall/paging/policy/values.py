"""What escalation is told: the team's ladders, and who can be reached how at this instant."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from oncall.people.severity import Severity


class Channel(StrEnum):
    TEXT = "text"
    CALL = "call"


BOTH = (Channel.TEXT, Channel.CALL)


@dataclass(frozen=True, slots=True)
class Step:
    """Page whoever holds these tiers, by these channels together, and give them `wait` to take it."""

    page: tuple[str, ...]
    by: tuple[Channel, ...]
    wait: timedelta

    def __post_init__(self) -> None:
        if self.wait <= timedelta(0):
            raise ValueError("a step waits longer than nothing")


@dataclass(frozen=True, slots=True)
class Ladder:
    """One severity's steps, and how soon the caller must hear from whoever takes it."""

    contact_within: timedelta
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("a ladder has at least one step")

    @property
    def first_wait(self) -> timedelta:
        return self.steps[0].wait


Policy = Mapping[Severity, Ladder]


@dataclass(frozen=True, slots=True)
class Reach:
    """How one person can be reached now; `by_text` is false after STOP, either is for a dead or missing number."""

    person: str
    by_text: bool = True
    by_call: bool = True
    on_leave: bool = False
    on_call_with_us: bool = False

    def has(self, channel: Channel) -> bool:
        return not self.on_leave and (self.by_text if channel is Channel.TEXT else self.by_call)

    def channels(self, wanted: Collection[Channel]) -> tuple[Channel, ...]:
        """The wanted channels that work, or else the other one: better a ring than silence.

        Whoever is on a call of ours is not rung for another.
        """
        usable = tuple(c for c in BOTH if self.has(c) and not (c is Channel.CALL and self.on_call_with_us))
        return tuple(c for c in usable if c in wanted) or usable


@dataclass(frozen=True, slots=True)
class Cover:
    """Who is where now: each tier's person (None: a gap), the leads, and the holder, who may be on no tier any more."""

    tiers: Mapping[str, Reach | None]
    leads: tuple[Reach, ...] = ()
    holder: Reach | None = None

    def everyone(self) -> Iterator[Reach]:
        yield from (reach for reach in self.tiers.values() if reach is not None)
        yield from self.leads

    def reach_of(self, person: str) -> Reach | None:
        """How `person` can be reached, or None when the cover does not know them."""
        if self.holder is not None and self.holder.person == person:
            return self.holder
        return next((reach for reach in self.everyone() if reach.person == person), None)
