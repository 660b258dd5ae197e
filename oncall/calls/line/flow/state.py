"""Where a caller's call stands, as a value, and that value as a JSON-able row and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from oncall.calls.line.flow.events import Effect, Why

__all__ = ["FIRST_OF_ALL", "CallState", "Crew", "Decision", "Pattern", "Stage", "Why"]

FIRST_OF_ALL = -1
"""The turn before the first group: whoever holds the incident, or has just left the caller."""


class Stage(StrEnum):
    """`alone`: a practitioner was there and is gone. `promised`: a message, or a promised call back."""

    WAITING = "waiting"
    TALKING = "talking"
    ALONE = "alone"
    PROMISED = "promised"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Pattern:
    """How long a group rings, and when at the latest a caller is promised a call back."""

    ring_for: timedelta
    promise_after: timedelta


@dataclass(frozen=True, slots=True)
class Crew:
    """Who can be rung now: the groups in their order, each sorted; the leads, for when no group has anybody.

    `is_anybody_busy`: somebody named is on a call just now and may be free in a moment.
    """

    groups: tuple[tuple[str, ...], ...]
    leads: tuple[str, ...] = ()
    is_anybody_busy: bool = False
    others: frozenset[str] = frozenset()

    def can_ring(self, person: str) -> bool:
        return person in self.others or person in self.leads or any(person in group for group in self.groups)


@dataclass(frozen=True, slots=True)
class CallState:
    """`turn` is the group that rings; `first` who is rung before all groups; `talking` who is on the line with the
    caller or about to be, `joined` who of them is in the room; `has_talked`: somebody was in it with the caller;
    `is_held_back`: escalation stands still. `is_caller_there`: on the line at all, `is_caller_in_room`: where others
    can join them, no longer hearing a greeting."""

    stage: Stage
    promise_at: datetime
    turn_began_at: datetime
    due_at: datetime | None
    turn: int = FIRST_OF_ALL
    first: str | None = None
    ringing: frozenset[str] = frozenset()
    passed_on: frozenset[str] = frozenset()
    talking: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()
    has_talked: bool = False
    is_held_back: bool = False
    is_caller_there: bool = True
    is_caller_in_room: bool = False

    def to_row(self) -> dict[str, Any]:
        return {
            "stage": self.stage.value,
            "promise_at": _written(self.promise_at),
            "turn_began_at": _written(self.turn_began_at),
            "due_at": _written(self.due_at) if self.due_at else None,
            "turn": self.turn,
            "first": self.first,
            "ringing": sorted(self.ringing),
            "passed_on": sorted(self.passed_on),
            "talking": sorted(self.talking),
            "joined": sorted(self.joined),
            "has_talked": self.has_talked,
            "is_held_back": self.is_held_back,
            "is_caller_there": self.is_caller_there,
            "is_caller_in_room": self.is_caller_in_room,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "CallState":
        return cls(
            stage=Stage(row["stage"]),
            promise_at=datetime.fromisoformat(row["promise_at"]),
            turn_began_at=datetime.fromisoformat(row["turn_began_at"]),
            due_at=datetime.fromisoformat(row["due_at"]) if row["due_at"] else None,
            turn=row["turn"],
            first=row["first"],
            ringing=frozenset(row["ringing"]),
            passed_on=frozenset(row["passed_on"]),
            talking=frozenset(row["talking"]),
            joined=frozenset(row["joined"]),
            has_talked=row["has_talked"],
            is_held_back=row["is_held_back"],
            is_caller_there=row["is_caller_there"],
            is_caller_in_room=row["is_caller_in_room"],
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """The new state and what follows from it, in the order it is to be done."""

    state: CallState
    effects: tuple[Effect, ...] = field(default=())


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
