"""A team's ladders, its people, and an escalation that a test moves through time and reads as short lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from oncall.paging.policy import (
    ANYONE,
    BOTH,
    HOLDER,
    LEADS,
    AlarmNobody,
    CancelPages,
    Channel,
    Cover,
    Effect,
    EscalationState,
    Event,
    Ladder,
    PassedOver,
    Policy,
    Reach,
    SendPage,
    Step,
    StepBegan,
    decide,
)
from oncall.people.severity import Severity

NIGHT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
TEXT, CALL = Channel.TEXT, Channel.CALL


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


POLICY: Policy = {
    Severity.EMERGENCY: Ladder(
        minutes(5), (Step(("duty", "backup"), BOTH, minutes(2)), Step(("manager",), BOTH, minutes(2)))
    ),
    Severity.URGENT: Ladder(
        minutes(15),
        (
            Step(("duty",), BOTH, minutes(3)),
            Step(("backup",), BOTH, minutes(3)),
            Step(("manager",), BOTH, minutes(5)),
        ),
    ),
    Severity.CONCERN: Ladder(
        minutes(60),
        (
            Step(("duty",), (TEXT,), minutes(5)),
            Step(("duty",), (CALL,), minutes(3)),
            Step(("backup",), BOTH, minutes(5)),
            Step(("manager",), BOTH, minutes(10)),
        ),
    ),
    Severity.ROUTINE: Ladder(minutes(720), (Step(("duty",), (TEXT,), minutes(30)),)),
}

SAM, ELI, MEL, LIN = Reach("sam"), Reach("eli"), Reach("mel"), Reach("lin")
COVER = Cover({"duty": SAM, "backup": ELI, "manager": MEL}, leads=(MEL, LIN))
NOBODY = Cover({"duty": None, "backup": None, "manager": None})


def with_tiers(cover: Cover = COVER, **tiers: Reach | None) -> Cover:
    return replace(cover, tiers={**cover.tiers, **tiers})


_PLACES = {LEADS: "leads", ANYONE: "anyone", HOLDER: "holder"}


def line(effect: Effect) -> str:
    match effect:
        case SendPage():
            return f"{effect.channel} {effect.person}"
        case StepBegan():
            return f"step {_PLACES.get(effect.step, effect.step)}: {effect.why}"
        case PassedOver():
            return f"over {effect.tier}: {effect.why}"
        case CancelPages():
            return f"cancel {effect.person or 'all'}"
        case AlarmNobody():
            return f"alarm: {effect.why}"


@dataclass
class Escalation:
    """One escalation: `happens` decides an event at `now` and keeps what it led to."""

    cover: Cover = COVER
    policy: Policy = field(default_factory=lambda: POLICY)
    now: datetime = NIGHT
    state: EscalationState | None = None
    sent: list[SendPage] = field(default_factory=list)

    def happens(self, event: Event) -> list[str]:
        """What follows, a line each; a text and a call to one person are `both`."""
        return _joined([line(effect) for effect in self.effects_of(event)])

    def effects_of(self, event: Event) -> tuple[Effect, ...]:
        decision = decide(self.state, event, policy=self.policy, cover=self.cover, now=self.now)
        self.state = decision.state
        self.sent.extend(pages_in(decision.effects))
        return decision.effects

    def at(self, minute: float) -> "Escalation":
        self.now = NIGHT + minutes(minute)
        return self

    @property
    def here(self) -> EscalationState:
        assert self.state is not None
        return self.state

    @property
    def due_in(self) -> timedelta | None:
        return None if self.here.due_at is None else self.here.due_at - self.now


def _joined(lines: list[str]) -> list[str]:
    joined: list[str] = []
    for told in lines:
        if joined and joined[-1].startswith("text ") and told == joined[-1].replace("text ", "call "):
            joined[-1] = told.replace("call ", "both ")
        else:
            joined.append(told)
    return joined


Story = list[tuple[float, Event, str]]
"""At this minute this happens, and these lines follow."""


def tell(cover: Cover, story: Story) -> Story:
    """The story again, with the lines that really followed."""
    escalation = Escalation(cover)
    return [(minute, event, ", ".join(escalation.at(minute).happens(event))) for minute, event, _ in story]


def pages_in(effects: Iterable[Effect]) -> list[SendPage]:
    return [effect for effect in effects if isinstance(effect, SendPage)]
