"""While the caller waits on the line: phones ring for them, so nothing of the escalation is due until the wait is over.

Whoever rings the phones must end the wait: with a taking, with contact, or with `WaitOver`.
"""

from dataclasses import replace

from oncall.paging.policy.climb import Scene, climb
from oncall.paging.policy.events import CallerWaits, CancelPages, Cause, PageFailed, PassedOn
from oncall.paging.policy.holding import contact_lapsed
from oncall.paging.policy.state import LEADS, Decision, EscalationState, Page, Phase


def begin_waiting(event: CallerWaits, scene: Scene) -> Decision:
    """An incident whose caller is on the line: its first step begins when the wait is over."""
    return Decision(
        EscalationState(event.severity, Phase.WAITING, step=LEADS, round=1, step_began_at=scene.now, due_at=None)
    )


def stand_still(state: EscalationState) -> Decision:
    """The caller rings about what is open or held already; contact made before does not count for this call."""
    return Decision(
        replace(state, phase=Phase.WAITING, due_at=None, contact_due_at=None, reminded=False, contacted=False)
    )


def wait_over(state: EscalationState, scene: Scene) -> Decision:
    """Page from the first step; or, where somebody holds it, page them again, and after one more wait the next."""
    if state.holder is not None and state.phase in {Phase.WAITING, Phase.HELD}:
        overdue = replace(state, phase=Phase.HELD, reminded=False, contacted=False, contact_due_at=scene.now)
        return contact_lapsed(overdue, scene)
    if state.phase is Phase.WAITING:
        return climb(replace(state, missed=0), at=0, why=Cause.OPENED, scene=scene)
    return Decision(state)


def while_waiting(state: EscalationState, event: object) -> Decision:
    """What answers to the texts beside the rings change: who passed on is not paged first when the wait is over."""
    match event:
        case PassedOn(person):
            return Decision(replace(state, passed_on=state.passed_on | {person}), (CancelPages(person),))
        case PageFailed(person, channel):
            return Decision(replace(state, standing=state.standing - {Page(person, channel)}))
        case _:
            return Decision(state)
