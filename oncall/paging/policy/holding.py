"""Holding an incident: taking it, the promise of contact, being paged again, and escalation resuming without contact.

Taking is not contact: until the caller has been spoken to, something is always due.
"""

from collections.abc import Iterable
from dataclasses import replace

from oncall.paging.policy.climb import Scene, climb, sends, why_over
from oncall.paging.policy.events import CancelPages, Cause, Effect, PassedOver, StepBegan, Taken
from oncall.paging.policy.state import HOLDER, Decision, EscalationState, Page, Phase
from oncall.paging.policy.values import BOTH
from oncall.people.severity import Severity


def take(state: EscalationState, taken: Taken, scene: Scene) -> Decision:
    """The person becomes the holder. A bare second taking by the holder moves no promise unless contact is overdue."""
    held = state.phase is Phase.HELD
    if held and state.holder != taken.person:
        return Decision(state)
    if held and taken.contact_within is None and not state.reminded:
        return Decision(replace(state, standing=frozenset()), _cancel(state))
    within = taken.contact_within
    contact_due_at = scene.now + (scene.ladder(state).contact_within if within is None else within)
    return Decision(
        replace(
            state,
            phase=Phase.HELD,
            standing=frozenset(),
            holder=taken.person,
            reached_step=state.reached_step if held else state.paged.get(taken.person, max(state.step, -1)),
            contact_due_at=contact_due_at,
            due_at=contact_due_at,
            reminded=False,
            contacted=False,
            missed=0,
            passed_on=frozenset(),
            alarmed_at=None,
        ),
        (CancelPages(),) if state.phase is Phase.PAGING else _cancel(state),
    )


def close_the_circle(state: EscalationState) -> Decision:
    """Contact was made: nothing is due any more. Without a holder it closes nothing, and paging goes on."""
    if state.holder is None or state.contacted:
        return Decision(state)
    done = replace(
        state,
        phase=Phase.HELD,
        standing=frozenset(),
        contact_due_at=None,
        due_at=None,
        reminded=False,
        contacted=True,
    )
    return Decision(done, (CancelPages(),) if state.resumed else _cancel(state))


def contact_lapsed(state: EscalationState, scene: Scene) -> Decision:
    """No contact in time: the holder is paged again, and after one more wait escalation resumes."""
    if state.reminded:
        return resume(state, why=Cause.NO_CONTACT, scene=scene)
    due_at = scene.now + scene.ladder(state).first_wait
    return _page_holder(replace(state, reminded=True, due_at=due_at), why=Cause.NO_CONTACT, scene=scene)


def resume(state: EscalationState, *, why: Cause, scene: Scene, passed_on: frozenset[str] = frozenset()) -> Decision:
    """Page on from the step after the one that reached the holder, who stays so until somebody else takes it."""
    resumed = replace(
        state,
        phase=Phase.PAGING,
        round=state.round + 1,
        standing=frozenset(),
        missed=0,
        passed_on=passed_on,
        reminded=False,
        contacted=False,
    )
    return climb(resumed, at=state.reached_step + 1, why=why, scene=scene)


def raise_severity(state: EscalationState, severity: Severity, scene: Scene) -> Decision:
    """A rise pages the holder again, or restarts at the new severity's first step; anything else changes nothing."""
    if severity <= state.severity:
        return Decision(state)
    raised = replace(state, severity=severity, reached_step=-1, paged=dict.fromkeys(state.paged, -1))
    if state.phase is Phase.WAITING:
        return Decision(raised)
    return _raise_held(raised, scene) if state.phase is Phase.HELD else _raise_paging(raised, scene)


def _raise_held(state: EscalationState, scene: Scene) -> Decision:
    """The new contact time counts if it is earlier; contact made under the lower severity no longer suffices."""
    contact_due_at = scene.now + scene.ladder(state).contact_within
    if state.contact_due_at is not None:
        contact_due_at = min(contact_due_at, state.contact_due_at)
    due_at = contact_due_at
    if overdue := contact_due_at <= scene.now:
        wait_ends_at = scene.now + scene.ladder(state).first_wait
        due_at = min(state.due_at, wait_ends_at) if state.reminded and state.due_at else wait_ends_at
    raised = replace(state, contact_due_at=contact_due_at, due_at=due_at, reminded=overdue, contacted=False)
    return _page_holder(raised, why=Cause.RAISED, scene=scene)


def _raise_paging(state: EscalationState, scene: Scene) -> Decision:
    restarted = replace(state, round=state.round + 1, standing=frozenset(), missed=0, passed_on=frozenset())
    climbed = climb(restarted, at=0, why=Cause.RAISED, scene=scene)
    again = tuple(page for page in _holder_pages(state, scene) if page not in climbed.state.standing)
    also = sends(again, state=climbed.state, valid_for=scene.ladder(state).first_wait, first=False)
    return Decision(
        replace(climbed.state, standing=climbed.state.standing.union(again)),
        (*_cancel(state), *climbed.effects, *also),
    )


def _page_holder(state: EscalationState, *, why: Cause, scene: Scene) -> Decision:
    """Page the holder by text and call; if they cannot be reached at all, escalation resumes at once."""
    reach = scene.cover.reach_of(state.holder or "")
    if over := why_over(reach):
        resumed = resume(state, why=why, scene=scene)
        return replace(resumed, effects=(PassedOver(HOLDER, "holder", state.holder, over), *resumed.effects))
    pages = tuple(_holder_pages(state, scene))
    again = replace(state, step=HOLDER, round=state.round + 1, step_began_at=scene.now, standing=frozenset(pages))
    return Decision(
        again,
        (
            StepBegan(HOLDER, again.round, why),
            *sends(pages, state=again, valid_for=scene.ladder(state).first_wait, first=False),
        ),
    )


def _holder_pages(state: EscalationState, scene: Scene) -> Iterable[Page]:
    reach = scene.cover.reach_of(state.holder or "")
    return () if reach is None else (Page(reach.person, channel) for channel in reach.channels(BOTH))


def _cancel(state: EscalationState) -> tuple[Effect, ...]:
    return (CancelPages(),) if state.standing else ()
