"""The one decision: what an event changes, and what follows from it.

Late, repeated and out-of-order events change nothing harmful; what a closed escalation hears changes nothing at all.
"""

from dataclasses import replace
from datetime import datetime

from oncall.paging.policy.climb import Scene, climb, round_after, step_after
from oncall.paging.policy.events import (
    CallerWaits,
    CancelPages,
    Cause,
    Closed,
    Contacted,
    Due,
    Event,
    FurtherContact,
    Opened,
    PageFailed,
    PassedOn,
    Reassessed,
    SeverityLowered,
    SeverityRaised,
    Taken,
    WaitOver,
)
from oncall.paging.policy.holding import close_the_circle, contact_lapsed, raise_severity, resume, take
from oncall.paging.policy.state import Decision, EscalationState, Page, Phase
from oncall.paging.policy.values import Cover, Policy
from oncall.paging.policy.waiting import begin_waiting, stand_still, wait_over, while_waiting


def decide(state: EscalationState | None, event: Event, *, policy: Policy, cover: Cover, now: datetime) -> Decision:
    """What `event` leads to at `now`. `state` is None only for `Opened` and `CallerWaits`, which begin an escalation;
    a second `Opened` changes nothing."""
    scene = Scene(policy, cover, now)
    if state is None:
        return _open(event, scene)
    if state.phase is Phase.CLOSED or isinstance(event, Opened | FurtherContact):
        return Decision(state)
    match event:
        case Taken():
            return take(state, event, scene)
        case Contacted():
            return close_the_circle(state)
        case SeverityRaised(severity):
            return raise_severity(state, severity, scene)
        case SeverityLowered(severity):
            return Decision(replace(state, severity=min(severity, state.severity)))
        case Closed():
            return _close(state)
        case _:
            return _move(state, event, scene)


def _move(
    state: EscalationState, event: CallerWaits | WaitOver | Due | PageFailed | PassedOn | Reassessed, scene: Scene
) -> Decision:
    match event:
        case CallerWaits():
            return stand_still(state)
        case WaitOver():
            return wait_over(state, scene)
        case _:
            return while_waiting(state, event) if state.phase is Phase.WAITING else _go_on(state, event, scene)


def _go_on(state: EscalationState, event: Due | PageFailed | PassedOn | Reassessed, scene: Scene) -> Decision:
    match event:
        case Due():
            return _lapse(state, scene) if _is_due(state, scene) else Decision(state)
        case PageFailed():
            return _fail(state, event, scene)
        case PassedOn(person):
            return _pass_on(state, person, scene)
        case _:
            return _lapse(state, scene) if _is_due(state, scene) else _reassess(state, scene)


def _open(event: Event, scene: Scene) -> Decision:
    if isinstance(event, CallerWaits):
        return begin_waiting(event, scene)
    if not isinstance(event, Opened):
        raise ValueError("an escalation begins when an incident is opened")  # noqa: TRY004
    fresh = EscalationState(event.severity, Phase.PAGING, step=0, round=1, step_began_at=scene.now, due_at=scene.now)
    return climb(fresh, at=0, why=Cause.OPENED, scene=scene)


def _close(state: EscalationState) -> Decision:
    closed = replace(state, phase=Phase.CLOSED, standing=frozenset(), due_at=None)
    return Decision(closed, (CancelPages(),))


def _is_due(state: EscalationState, scene: Scene) -> bool:
    return state.due_at is not None and scene.now >= state.due_at


def _lapse(state: EscalationState, scene: Scene) -> Decision:
    """A wait ran out. However many waits have lapsed, one step's pages go out, and its wait counts from now."""
    if state.phase is Phase.HELD:
        return contact_lapsed(state, scene)
    waited = replace(state, missed=0, passed_on=frozenset())
    return climb(waited, at=round_after(state.step), why=Cause.NOT_TAKEN, scene=scene)


def _fail(state: EscalationState, failed: PageFailed, scene: Scene) -> Decision:
    if (failed.step, failed.round) != (state.step, state.round):
        return Decision(state)
    return _keep(state, state.standing - {Page(failed.person, failed.channel)}, why=Cause.FAILED, scene=scene)


def _pass_on(state: EscalationState, person: str, scene: Scene) -> Decision:
    """Nobody who passed on is paged again before a wait has run out; the holder who passes on hands it on at once."""
    if state.phase is Phase.HELD:
        if person != state.holder:
            return Decision(state)
        moved = resume(state, why=Cause.PASSED_ON, scene=scene, passed_on=frozenset({person}))
    else:
        told = replace(state, passed_on=state.passed_on | {person})
        others = frozenset(page for page in state.standing if page.person != person)
        moved = _keep(told, others, why=Cause.PASSED_ON, scene=scene)
    return replace(moved, effects=(CancelPages(person), *moved.effects))


def _reassess(state: EscalationState, scene: Scene) -> Decision:
    """Nothing is due: where nobody is left, or nobody can be reached any more, it is tried anew."""
    reached = frozenset(page for page in state.standing if _still_reaches(page, scene.cover))
    if reached or state.phase is Phase.HELD:
        return _keep(state, reached, why=Cause.REASSESSED, scene=scene)
    left = replace(state, standing=frozenset(), missed=0)
    return climb(left, at=round_after(state.step), why=Cause.REASSESSED, scene=scene)


def _still_reaches(page: Page, cover: Cover) -> bool:
    """Whoever the cover no longer knows, after a change of duty, was paged and may still answer."""
    reach = cover.reach_of(page.person)
    return reach is None or reach.has(page.channel)


def _keep(state: EscalationState, standing: frozenset[Page], *, why: Cause, scene: Scene) -> Decision:
    """Only these pages still stand; when the last of them is gone, the step passes on at once."""
    kept = replace(state, standing=standing)
    if standing or not state.standing:
        return Decision(kept)
    if state.phase is Phase.HELD:
        return resume(kept, why=why, scene=scene)
    return climb(replace(kept, missed=state.missed + 1), at=step_after(state.step), why=why, scene=scene)
