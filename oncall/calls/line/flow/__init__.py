"""A caller's call as a pure function: where it stands, what happened and who can be rung now give what to do next.

Every wait has an end: whatever is lost on the way, `promise_at` is reached. It reads no clock and does no I/O.
"""

from oncall.calls.line.flow.decision import decide
from oncall.calls.line.flow.events import (
    Arrived,
    CallerGone,
    CallerJoined,
    CloseCircle,
    Contact,
    Drop,
    Due,
    Effect,
    Event,
    Finished,
    Gone,
    HoldBack,
    Joined,
    Linked,
    Move,
    PassedOn,
    Ring,
    RingOver,
    Star,
    TellAlone,
    Took,
    WaitOver,
)
from oncall.calls.line.flow.state import CallState, Crew, Decision, Pattern, Stage, Why

__all__ = [
    "Arrived",
    "CallState",
    "CallerGone",
    "CallerJoined",
    "CloseCircle",
    "Contact",
    "Crew",
    "Decision",
    "Drop",
    "Due",
    "Effect",
    "Event",
    "Finished",
    "Gone",
    "HoldBack",
    "Joined",
    "Linked",
    "Move",
    "PassedOn",
    "Pattern",
    "Ring",
    "RingOver",
    "Stage",
    "Star",
    "TellAlone",
    "Took",
    "WaitOver",
    "Why",
    "decide",
]
