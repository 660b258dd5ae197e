"""The one decision: what an event changes on a caller's line, and what follows from it.

Late, repeated and out-of-order events change nothing harmful; once the line is over, only who is left on it is told.
"""

from dataclasses import replace
from datetime import datetime

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
    RingOver,
    Star,
    TellAlone,
    Took,
    WaitOver,
    Why,
)
from oncall.calls.line.flow.ringing import Scene, leave_message, ring, ring_over
from oncall.calls.line.flow.state import FIRST_OF_ALL, CallState, Crew, Decision, Pattern, Stage

RINGING = frozenset({Stage.WAITING, Stage.ALONE})


def decide(state: CallState | None, event: Event, *, pattern: Pattern, crew: Crew, now: datetime) -> Decision:
    """What `event` leads to at `now`. `state` is None only for the two events that begin a call."""
    scene = Scene(pattern, crew, now)
    if state is None:
        return _open(event, scene)
    match event:
        case Due():
            is_due = state.due_at is not None and now >= state.due_at
            return ring(state, scene, turn=state.turn + 1) if is_due else Decision(state)
        case RingOver(person):
            return ring_over(state, person, scene)
        case PassedOn(person):
            return ring_over(replace(state, passed_on=state.passed_on | {person}), person, scene)
        case Took():
            return _take(state, event, scene)
        case _:
            return _move(state, event, scene)


def _move(state: CallState, event: Event, scene: Scene) -> Decision:
    match event:
        case Joined(person):
            return _join(state, person)
        case CallerJoined():
            return _caller_joins(state)
        case Gone(person):
            return _practitioner_leaves(state, person, scene)
        case Finished(person):
            return _finish(state, person)
        case CallerGone():
            return _caller_leaves(state)
        case Star():
            return leave_message(state) if state.stage in RINGING else Decision(state)
        case _:
            return Decision(state)


def _open(event: Event, scene: Scene) -> Decision:
    fresh = CallState(Stage.WAITING, scene.now + scene.pattern.promise_after, scene.now, scene.now)
    match event:
        case Arrived(holder):
            begun = ring(replace(fresh, first=holder, is_held_back=True), scene, turn=FIRST_OF_ALL)
            told_at_once = tuple(effect for effect in begun.effects if not isinstance(effect, Move))
            return Decision(begun.state, (HoldBack(), *told_at_once))
        case Linked(person):
            linked = replace(fresh, stage=Stage.TALKING, due_at=None, first=person, talking=frozenset({person}))
            return Decision(replace(linked, is_caller_there=False))
        case _:
            raise ValueError("a call begins when it arrives, or when it is placed")


def _take(state: CallState, took: Took, scene: Scene) -> Decision:
    if state.stage is Stage.OVER:
        return Decision(state)
    taken = replace(state, first=took.person, passed_on=state.passed_on - {took.person}, is_held_back=False)
    if not took.is_on_line:
        waits = state.stage in RINGING and took.person not in state.talking
        return ring(taken, scene, turn=FIRST_OF_ALL) if waits else Decision(state)
    moved: tuple[Effect, ...] = (Move(Why.TOGETHER),) if state.stage is Stage.PROMISED else ()
    together = replace(
        taken, stage=Stage.TALKING, due_at=None, ringing=frozenset(), talking=state.talking | {took.person}
    )
    if moved:
        together = replace(together, is_caller_in_room=False)
    return Decision(together, (Drop(but=took.person), *moved))


def _join(state: CallState, person: str) -> Decision:
    if state.stage is Stage.OVER:
        return Decision(state, (TellAlone(person),))
    joined = replace(
        state,
        stage=Stage.TALKING,
        due_at=None,
        talking=state.talking | {person},
        joined=state.joined | {person},
        has_talked=state.has_talked or state.is_caller_in_room,
    )
    moved: tuple[Effect, ...] = (Move(Why.TOGETHER),) if state.stage is Stage.PROMISED else ()
    contact: tuple[Effect, ...] = (Contact(person),) if state.is_caller_in_room else ()
    return Decision(joined, (*moved, *contact))


def _caller_joins(state: CallState) -> Decision:
    if state.is_caller_in_room or state.stage is Stage.OVER:
        return Decision(state)
    has_talked = state.has_talked or bool(state.joined)
    there = replace(state, is_caller_there=True, is_caller_in_room=True, has_talked=has_talked)
    return Decision(there, tuple(Contact(person) for person in sorted(state.joined)))


def _practitioner_leaves(state: CallState, person: str, scene: Scene) -> Decision:
    left = replace(state, talking=state.talking - {person}, joined=state.joined - {person})
    if person not in state.talking or state.stage is not Stage.TALKING or left.talking:
        return Decision(left)
    if not state.is_caller_there:
        return Decision(replace(left, stage=Stage.OVER), (Drop(),))
    # That they came into the room may have been told to nobody; the caller would be left in silence there.
    is_within = not state.has_talked and scene.now < state.promise_at
    alone = replace(
        left,
        stage=Stage.ALONE,
        is_caller_in_room=False,
        promise_at=state.promise_at if is_within else scene.now + scene.pattern.promise_after,
        first=person,
        passed_on=frozenset(),
    )
    rung = ring(alone, scene, turn=FIRST_OF_ALL)
    return Decision(rung.state, (Move(Why.LEFT), *rung.effects))


def _finish(state: CallState, person: str) -> Decision:
    if state.stage is not Stage.ALONE:
        return Decision(state)
    finished = replace(state, stage=Stage.PROMISED, due_at=None, ringing=frozenset(), is_held_back=False)
    return Decision(finished, (Drop(), Move(Why.FINISHED), CloseCircle(person)))


def _caller_leaves(state: CallState) -> Decision:
    if state.stage is Stage.OVER:
        return Decision(state)
    over = replace(state, stage=Stage.OVER, due_at=None, ringing=frozenset(), is_held_back=False)
    return Decision(over, (Drop(), *_owed(state)))


def _owed(state: CallState) -> tuple[Effect, ...]:
    """What the end of the caller's line leaves to be done."""
    if state.stage is Stage.TALKING:
        return tuple(TellAlone(person) for person in sorted(state.joined))
    if state.stage is Stage.ALONE and state.first is not None and state.has_talked:
        return (CloseCircle(state.first),) if state.is_held_back else ()
    return (WaitOver(),) if state.is_held_back else ()
