"""What can happen to a caller's call, and what it can ask for.

Persons are ids, only ever compared.
"""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a phone rings, or why the caller is moved to another document."""

    FIRST = "first"
    """A caller waits: who answers first has them."""
    AGAIN = "again"
    """They left while the caller was still there."""
    JOIN = "join"
    """They have it, by text or otherwise, and the caller waits."""
    LEFT = "left"
    """The practitioner is gone and the caller is still there."""
    PROMISE = "promise"
    """Nobody could be reached in time: a message, or a promised call back."""
    MESSAGE = "message"
    """The caller would rather leave a message."""
    FINISHED = "finished"
    """The practitioner says that all is said."""
    TOGETHER = "together"
    """Somebody is there after all."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The call came in. `holder` has the caller's incident already and is rung first."""

    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A practitioner is on the line and the caller is rung back for them."""

    person: str


@dataclass(frozen=True, slots=True)
class Due:
    """The tick found `due_at` reached; early or repeated, it changes nothing."""


@dataclass(frozen=True, slots=True)
class RingOver:
    """A ring ended untaken: unanswered, busy, a dead number, or no key."""

    person: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The person pressed 2 when rung for a waiting caller."""

    person: str


@dataclass(frozen=True, slots=True)
class Took:
    """The person has the caller now; `is_on_line`: by key on a call, which is about to be joined to them."""

    person: str
    is_on_line: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """The person is in the room."""

    person: str


@dataclass(frozen=True, slots=True)
class CallerJoined:
    """The caller is in the room: at once when they rang, later when they are rung back."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The line of somebody who had taken or joined the call has ended."""

    person: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Rung to go back, the person pressed 2: all is said."""

    person: str


@dataclass(frozen=True, slots=True)
class CallerGone:
    """The caller's line has ended, or did not answer."""


@dataclass(frozen=True, slots=True)
class Star:
    """The caller pressed `*`, or their waiting ended some other way: they would rather leave a message."""


Event = (
    Arrived | Linked | Due | RingOver | PassedOn | Took | Joined | CallerJoined | Gone | Finished | CallerGone | Star
)


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring this person."""

    person: str
    why: Why


@dataclass(frozen=True, slots=True)
class Drop:
    """Phones that still ring for this call are let go, but one person's; who listens hears who has it."""

    but: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """The caller's line goes on with another document."""

    why: Why


@dataclass(frozen=True, slots=True)
class HoldBack:
    """The incident's escalation stands still while the caller waits."""


@dataclass(frozen=True, slots=True)
class WaitOver:
    """The incident's escalation begins, or its holder is paged again."""


@dataclass(frozen=True, slots=True)
class CloseCircle:
    """All was said: no contact is owed."""

    person: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The person and the caller are talking."""

    person: str


@dataclass(frozen=True, slots=True)
class TellAlone:
    """The person is on the line without the caller and hears so."""

    person: str


Effect = Ring | Drop | Move | HoldBack | WaitOver | CloseCircle | Contact | TellAlone
