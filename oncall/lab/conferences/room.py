"""A conference and those in it, as plain rows guarded by the exchange's lock.

Where it is told to and of what is fixed by whoever joined first; a name belongs to one live conference at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from oncall.lab.twiml.script.bridging import Callback, Joining
from oncall.lab.voice.leg import Leg, Manner


@dataclass(slots=True)
class Participant:
    """One leg in a conference; `left` is what follows for it when it is out again."""

    leg: Leg
    joining: Joining
    joined_at: datetime
    updated_at: datetime
    is_muted: bool
    ends: bool
    left: Callable[[Manner, datetime], None]
    on_hold: bool = False
    hold_url: str = ""
    hold_method: str = "POST"


@dataclass(slots=True)
class Room:
    """A conference: `init` until two are in it and one of them starts it, then `in-progress`, then `completed`."""

    sid: str
    name: str
    created_at: datetime
    updated_at: datetime
    callback: Callback
    status: str = "init"
    events_told: int = 0
    participants: dict[str, Participant] = field(default_factory=dict)
    ended_at: datetime | None = None
    reason_ended: str = ""
    ended_by: str = ""

    @property
    def is_live(self) -> bool:
        return self.status != "completed"

    @property
    def has_begun(self) -> bool:
        return self.status == "in-progress"

    @property
    def numbers(self) -> set[str]:
        """The phones in it."""
        return {participant.leg.number for participant in self.participants.values()}

    def may_begin(self) -> bool:
        """Whether there are two, and somebody to begin for."""
        present = self.participants.values()
        return self.status == "init" and len(present) > 1 and any(each.joining.starts for each in present)

    def heard_by(self, participant: Participant) -> list[Leg]:
        """The legs a participant hears."""
        if not self.has_begun or participant.on_hold:
            return []
        others = [each for each in self.participants.values() if each is not participant]
        return [each.leg for each in others if not each.on_hold and not each.is_muted]
