"""Escalation as a pure function: where it stands, what happened and who is where now give what to do next.

It never ends until a person has taken the incident and spoken to the caller, or closed it; it reads no
clock and does no I/O. Rows, sends and sentences are the engine's, the sender's and the wording's.
"""

from oncall.paging.policy.decision import decide
from oncall.paging.policy.events import (
    AlarmNobody,
    CallerWaits,
    CancelPages,
    Cause,
    Closed,
    Contacted,
    Due,
    Effect,
    Event,
    FurtherContact,
    Opened,
    PageFailed,
    PassedOn,
    PassedOver,
    Reassessed,
    SendPage,
    SeverityLowered,
    SeverityRaised,
    StepBegan,
    Taken,
    WaitOver,
    WhyOver,
)
from oncall.paging.policy.state import ANYONE, HOLDER, LEADS, Decision, EscalationState, Page, Phase
from oncall.paging.policy.values import BOTH, Channel, Cover, Ladder, Policy, Reach, Step

__all__ = [
    "ANYONE",
    "BOTH",
    "HOLDER",
    "LEADS",
    "AlarmNobody",
    "CallerWaits",
    "CancelPages",
    "Cause",
    "Channel",
    "Closed",
    "Contacted",
    "Cover",
    "Decision",
    "Due",
    "Effect",
    "EscalationState",
    "Event",
    "FurtherContact",
    "Ladder",
    "Opened",
    "Page",
    "PageFailed",
    "PassedOn",
    "PassedOver",
    "Phase",
    "Policy",
    "Reach",
    "Reassessed",
    "SendPage",
    "SeverityLowered",
    "SeverityRaised",
    "Step",
    "StepBegan",
    "Taken",
    "WaitOver",
    "WhyOver",
    "decide",
]
