"""A caller's line for the tests of its flow: an instant, a pattern, a crew, and a line that is told what happens."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from oncall.calls.line.flow import Arrived, CallState, Crew, Decision, Effect, Event, Pattern, Ring, decide

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
PATTERN = Pattern(ring_for=timedelta(seconds=20), promise_after=timedelta(seconds=90))
CREW = Crew(groups=(("sam",), ("sam", "eli"), ("carys",)), leads=("carys", "huw"))
NOBODY = Crew(groups=((), (), ()))


@dataclass
class Told:
    """A line that remembers where it stands; time moves only by `after`."""

    crew: Crew = CREW
    now: datetime = AT
    state: CallState | None = None
    effects: list[Effect] = field(default_factory=list)

    def hears(self, event: Event) -> tuple[Effect, ...]:
        """What the event leads to."""
        decision = self.decides(event)
        self.state = decision.state
        self.effects += decision.effects
        return decision.effects

    def decides(self, event: Event) -> Decision:
        """What it would lead to."""
        return decide(self.state, event, pattern=PATTERN, crew=self.crew, now=self.now)

    def after(self, seconds: float) -> None:
        """Lets time pass."""
        self.now += timedelta(seconds=seconds)

    @property
    def stands(self) -> CallState:
        assert self.state is not None
        return self.state


def arrived(*, holder: str | None = None, crew: Crew = CREW) -> Told:
    """A line whose caller has just rung."""
    line = Told(crew)
    line.hears(Arrived(holder))
    return line


def rung(effects: tuple[Effect, ...]) -> list[str]:
    """Who is rung by these effects, in order."""
    return [effect.person for effect in effects if isinstance(effect, Ring)]
