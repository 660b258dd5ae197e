"""Whose turn it is to be rung while a caller waits: group after group and over again, until the promise is due.

Each turn is tried at most once in one decision: nothing spins.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from oncall.calls.line.flow.events import Drop, Effect, HoldBack, Move, Ring, WaitOver, Why
from oncall.calls.line.flow.state import FIRST_OF_ALL, CallState, Crew, Decision, Pattern, Stage

LOOK_AGAIN_AFTER = timedelta(seconds=5)
"""When everybody is on a call, somebody may be free again after this; a turn never lasts less either."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every decision looks at."""

    pattern: Pattern
    crew: Crew
    now: datetime


def ring(state: CallState, scene: Scene, *, turn: int) -> Decision:
    """Rings the first turn from `turn` on that has anybody; with nobody left to ring, the caller is promised."""
    if scene.now >= state.promise_at:
        return promise(state)
    for tried in _turns(turn, len(scene.crew.groups)):
        if people := _people(state, scene.crew, tried):
            return _begin(state, scene, tried, people)
    if scene.crew.is_anybody_busy:
        due_at = min(scene.now + LOOK_AGAIN_AFTER, state.promise_at)
        resting = replace(state, turn=FIRST_OF_ALL, turn_began_at=scene.now, due_at=due_at, ringing=frozenset())
        return Decision(resting, (Drop(),))
    return promise(state)


def promise(state: CallState) -> Decision:
    """A message after the tone or a promised call back, and paging goes on."""
    return _given_up(state, (Move(Why.PROMISE),))


def leave_message(state: CallState) -> Decision:
    """The caller would rather leave a message, and paging goes on; their line hears what to do already."""
    return _given_up(state, ())


def _given_up(state: CallState, moved: tuple[Effect, ...]) -> Decision:
    promised = replace(state, stage=Stage.PROMISED, due_at=None, ringing=frozenset(), is_held_back=False)
    promised = replace(promised, is_caller_in_room=False)
    return Decision(promised, (Drop(), *moved, WaitOver()))


def ring_over(state: CallState, person: str, scene: Scene) -> Decision:
    """One phone of this turn is done with; when it was the last, the next turn need not be waited for."""
    left = state.ringing - {person}
    if left or person not in state.ringing or state.due_at is None:
        return Decision(replace(state, ringing=left))
    soon = max(scene.now, state.turn_began_at + LOOK_AGAIN_AFTER)
    return Decision(replace(state, ringing=left, due_at=min(state.due_at, soon)))


def _turns(first: int, groups: int) -> list[int]:
    """The turns from `first` on, each once; the leads, past the last group, come only when no group has anybody."""
    start = max(first, 0) % groups if groups else 0
    around = [*range(start, groups), *range(start), groups]
    return [FIRST_OF_ALL, *around] if first == FIRST_OF_ALL else around


def _people(state: CallState, crew: Crew, turn: int) -> tuple[str, ...]:
    if turn != FIRST_OF_ALL:
        named = crew.groups[turn] if turn < len(crew.groups) else crew.leads
    elif state.first is not None and crew.can_ring(state.first):
        named = (state.first,)
    else:
        named = ()
    return tuple(person for person in named if person not in state.passed_on)


def _begin(state: CallState, scene: Scene, turn: int, people: tuple[str, ...]) -> Decision:
    holds_back = turn != FIRST_OF_ALL and not state.is_held_back
    begun = replace(
        state,
        turn=turn,
        turn_began_at=scene.now,
        due_at=min(scene.now + scene.pattern.ring_for, state.promise_at),
        ringing=frozenset(people),
        is_held_back=state.is_held_back or holds_back,
    )
    held_back: tuple[Effect, ...] = (HoldBack(),) if holds_back else ()
    return Decision(begun, (Drop(), *held_back, *(Ring(person, _why(state, person)) for person in people)))


def _why(state: CallState, person: str) -> Why:
    if person != state.first:
        return Why.FIRST
    return Why.AGAIN if state.stage is Stage.ALONE else Why.JOIN
