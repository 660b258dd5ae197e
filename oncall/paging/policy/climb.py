"""Climbing a ladder: from a step on, page the first that reaches anybody; then the leads; then anyone on any tier.

Each step is tried at most once in one climb and, while steps pass on at once, in one run of climbs: nothing spins.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from oncall.paging.policy.events import AlarmNobody, Cause, PassedOver, SendPage, StepBegan, WhyOver
from oncall.paging.policy.state import ANYONE, LEADS, Decision, EscalationState, Page, Phase
from oncall.paging.policy.values import BOTH, Cover, Ladder, Policy, Reach, Step

LOOK_AGAIN_AFTER = timedelta(seconds=60)
BEYOND = 10**6
"""Past the last step of any ladder."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every decision looks at: the team's policy, who is where, and the instant."""

    policy: Policy
    cover: Cover
    now: datetime

    def ladder(self, state: EscalationState) -> Ladder:
        return self.policy[state.severity]


def climb(state: EscalationState, *, at: int | None, why: Cause, scene: Scene) -> Decision:
    """Page the first place from `at` on that reaches somebody; past the last step lies the first, a round later."""
    ladder = scene.ladder(state)
    over: list[PassedOver] = []
    for tried, (step, rounds) in enumerate(_places(at, missed=state.missed, steps=len(ladder.steps))):
        here = replace(state, step=step, round=state.round + rounds, missed=state.missed + tried)
        pages, passed_over = _pages(here, scene)
        over.extend(passed_over)
        if pages:
            entered = _enter(here, pages, why=why, scene=scene)
            return replace(entered, effects=(*over, *entered.effects))
    return _nobody(state, over=over, scene=scene)


def step_after(step: int) -> int | None:
    """Where to go when a step's pages have all failed or been passed on; None: nowhere is left."""
    if step >= 0:
        return step + 1
    return ANYONE if step == LEADS else None


def round_after(step: int) -> int:
    """Where to go when a step has had its wait: the next one, and from beyond the ladder its first again."""
    return step + 1 if step >= 0 else BEYOND


def why_over(reach: Reach | None, *, without: frozenset[str] = frozenset()) -> WhyOver | None:
    """Why this person cannot be paged now by any channel, or None when they can."""
    if reach is None:
        return WhyOver.GAP
    if reach.on_leave:
        return WhyOver.LEAVE
    if reach.person in without:
        return WhyOver.PASSED_ON
    if reach.channels(BOTH):
        return None
    return WhyOver.BUSY if reach.by_call else WhyOver.UNREACHABLE


def sends(pages: Iterable[Page], *, state: EscalationState, valid_for: timedelta, first: bool) -> tuple[SendPage, ...]:
    return tuple(
        SendPage(page.person, page.channel, state.step, state.round, valid_for=valid_for, first=first) for page in pages
    )


def _places(at: int | None, *, missed: int, steps: int) -> list[tuple[int, int]]:
    """The places still to be tried, each with how many rounds on it lies."""
    if at is None or at == ANYONE:
        return [] if at is None else [(ANYONE, 0)]
    start = min(at, steps)
    rungs = range(start, start + max(steps - missed, 0))
    rounds = rungs[-1] // steps if rungs else 0
    return [*((rung % steps, rung // steps) for rung in rungs), (LEADS, rounds), (ANYONE, rounds)]


def _step(state: EscalationState, scene: Scene) -> Step:
    """The step at the state's place; beyond the ladder, one that pages by every channel and waits as the first does."""
    ladder = scene.ladder(state)
    if state.step >= 0:
        return ladder.steps[state.step]
    return Step(page=tuple(scene.cover.tiers), by=BOTH, wait=ladder.first_wait)


def _pages(state: EscalationState, scene: Scene) -> tuple[tuple[Page, ...], list[PassedOver]]:
    """The pages of the state's place, one each for a person and channel, and who was passed over."""
    step = _step(state, scene)
    if state.step == LEADS:
        named: list[tuple[str, Reach | None]] = [("leads", lead) for lead in scene.cover.leads]
    else:
        named = [(tier, scene.cover.tiers.get(tier)) for tier in step.page]
    pages: dict[Page, None] = {}
    over: list[PassedOver] = []
    for tier, reach in named:
        why = why_over(reach, without=state.passed_on)
        if reach is not None and why is None:
            pages.update(dict.fromkeys(Page(reach.person, channel) for channel in reach.channels(step.by)))
        elif why is not None and state.step != ANYONE:
            over.append(PassedOver(state.step, tier, reach.person if reach else None, why))
    return tuple(pages), over


def _enter(state: EscalationState, pages: tuple[Page, ...], *, why: Cause, scene: Scene) -> Decision:
    wait = _step(state, scene).wait
    entered = replace(
        state,
        phase=Phase.PAGING,
        step_began_at=scene.now,
        due_at=scene.now + wait,
        standing=frozenset(pages),
        paged={**state.paged, **dict.fromkeys((page.person for page in pages), max(state.step, -1))},
        alarmed_at=None,
    )
    first = not state.paged and state.holder is None
    return Decision(
        entered,
        (StepBegan(state.step, state.round, why), *sends(pages, state=state, valid_for=wait, first=first)),
    )


def _nobody(state: EscalationState, *, over: list[PassedOver], scene: Scene) -> Decision:
    """Nobody is left: raise an alarm, once a wait, and look again; within a minute if nobody can be reached at all."""
    why = _why_nobody(state, scene.cover)
    wait = scene.ladder(state).first_wait
    alarming = state.alarmed_at is None or scene.now - state.alarmed_at >= wait
    resting = replace(
        state,
        phase=Phase.PAGING,
        step=ANYONE,
        step_began_at=scene.now,
        due_at=scene.now + (min(wait, LOOK_AGAIN_AFTER) if why is Cause.UNREACHABLE else wait),
        standing=frozenset(),
        alarmed_at=scene.now if alarming else state.alarmed_at,
    )
    return Decision(resting, (*over, AlarmNobody(why)) if alarming else ())


def _why_nobody(state: EscalationState, cover: Cover) -> Cause:
    reachable = {reach.person for reach in cover.everyone() if reach.channels(BOTH)}
    if not reachable:
        return Cause.UNREACHABLE
    return Cause.PASSED_ON if reachable <= state.passed_on else Cause.FAILED
