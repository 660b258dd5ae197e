"""Where an escalation stands, as a value, and that value as a JSON-able row and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from oncall.paging.policy.events import Effect
from oncall.paging.policy.values import Channel
from oncall.people.severity import Severity

LEADS = -1
"""All clinical leads and service managers, when every step of the ladder came to nobody."""
ANYONE = -2
"""Everybody on any tier, when the leads came to nobody too."""
HOLDER = -3
"""The holder, paged again."""


class Phase(StrEnum):
    """`paging` with a holder is an escalation that resumed because the holder made no contact.

    `waiting` is one that stands still while its caller waits on the line and phones ring for them; whoever held it
    still does, but somebody else may take it.
    """

    WAITING = "waiting"
    PAGING = "paging"
    HELD = "held"
    CLOSED = "closed"


class Page(NamedTuple):
    person: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class EscalationState:
    """`step` and `round` name the pages that are out; `standing` are those of them that have not failed.

    `missed` counts steps in a row that passed on at once; `passed_on` are those who answered 2 since a wait ran out;
    `paged` is the last ladder step that reached each person (-1: one before the first).
    """

    severity: Severity
    phase: Phase
    step: int
    round: int
    step_began_at: datetime
    due_at: datetime | None
    standing: frozenset[Page] = frozenset()
    missed: int = 0
    passed_on: frozenset[str] = frozenset()
    paged: Mapping[str, int] = field(default_factory=dict)
    alarmed_at: datetime | None = None
    holder: str | None = None
    reached_step: int = -1
    contact_due_at: datetime | None = None
    reminded: bool = False
    contacted: bool = False

    @property
    def resumed(self) -> bool:
        return self.phase in {Phase.PAGING, Phase.WAITING} and self.holder is not None

    def to_row(self) -> dict[str, Any]:
        return {
            "severity": self.severity.value,
            "phase": self.phase.value,
            "step": self.step,
            "round": self.round,
            "step_began_at": _written(self.step_began_at),
            "due_at": _written(self.due_at),
            "standing": sorted([page.person, page.channel.value] for page in self.standing),
            "missed": self.missed,
            "passed_on": sorted(self.passed_on),
            "paged": dict(self.paged),
            "alarmed_at": _written(self.alarmed_at),
            "holder": self.holder,
            "reached_step": self.reached_step,
            "contact_due_at": _written(self.contact_due_at),
            "reminded": self.reminded,
            "contacted": self.contacted,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "EscalationState":
        return cls(
            severity=Severity(row["severity"]),
            phase=Phase(row["phase"]),
            step=row["step"],
            round=row["round"],
            step_began_at=datetime.fromisoformat(row["step_began_at"]),
            due_at=_read(row["due_at"]),
            standing=frozenset(Page(person, Channel(channel)) for person, channel in row["standing"]),
            missed=row["missed"],
            passed_on=frozenset(row["passed_on"]),
            paged=dict(row["paged"]),
            alarmed_at=_read(row["alarmed_at"]),
            holder=row["holder"],
            reached_step=row["reached_step"],
            contact_due_at=_read(row["contact_due_at"]),
            reminded=row["reminded"],
            contacted=row["contacted"],
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """The new state and what follows from it, in the order it is to be told and done."""

    state: EscalationState
    effects: tuple[Effect, ...] = ()


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def _read(at: str | None) -> datetime | None:
    return None if at is None else datetime.fromisoformat(at)
