"""The search itself: first with few turns split, then with those that must be; where nothing fits, what fits at most.

One rule: the same ask has the same answer, as long as the search ends by itself: the seed is fixed, one worker
searches, and what is counted is steps. Only the seconds given can end it sooner.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import combinations

from ortools.sat.python import cp_model

from rota.planner.asking import Fancy
from rota.planner.keeping import barred, breaches
from rota.planner.solver.rules import Model, built, forbid
from rota.planner.solver.terms import cover_most, minimise, split_least
from rota.planner.turning import Piece
from rota.planner.weighing import Scales
from rota.planner.world import Plan, World

WORKERS = 1
SEED = 1
_WEEKS_AT_A_TIME = timedelta(weeks=4)
_STEPS = 6.0  # the solver's own measure of work: about a second each
_STEPS_AT_A_TIME = 0.4
_MOST_ROUNDS = 40
_TO_EXPLAIN_SECONDS = 5.0


class Status(StrEnum):
    """What is known of a plan: that none is better, that it is one, that there is none, or nothing yet."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Found:
    """A plan. `ended_early`: the seconds ended the search, so another run may find another one.

    Where there is none, `plan` has what can be held at most.
    """

    status: Status
    plan: Plan
    ended_early: bool
    values: Sequence[int] = ()
    price: float = 0.0


_STATUSES = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


def search(scales: Scales, *, seconds: float, elapsed: Callable[[], float] = time.monotonic) -> Found:
    """The best plan found within the seconds: turns are split only where that is likely to be of use, or needed."""
    ends = elapsed() + seconds
    found = _weighed(scales, _inviting(scales), {}, ends=ends, elapsed=elapsed)
    if found.status is not Status.INFEASIBLE:
        return found
    apart = built(scales.world, may_split=range(len(scales.world.blocks)))
    split_least(apart)
    least = _kept(scales.world, apart, ends=ends, elapsed=elapsed)
    if least.status is Status.INFEASIBLE:
        return _held_at_most(scales.world, ends=max(ends, elapsed() + _TO_EXPLAIN_SECONDS), elapsed=elapsed)
    if not least.plan:
        return least
    needed = _inviting(scales) | _split_in(scales.world, least.plan)
    better = _weighed(scales, needed, least.plan, ends=ends, elapsed=elapsed)
    return better if better.plan else Found(Status.FEASIBLE, least.plan, ended_early=True)


def _inviting(scales: Scales) -> set[int]:
    """The blocks of which somebody can hold only a part, or would rather."""
    parts = [set(group) for hoped in scales.hoped if hoped.wish.fancy is Fancy.RATHER_NOT for group in hoped.groups]
    found: set[int] = set()
    for number, block in enumerate(scales.world.blocks):
        numbers = {piece.number for piece in block.pieces}
        able = [
            {person for person in scales.world.ask.may_hold[block.tier] if barred(scales.world, person, piece) is None}
            for piece in block.pieces
        ]
        if any(one != able[0] for one in able) or any(part & numbers and not numbers <= part for part in parts):
            found.add(number)
    return found


def _split_in(world: World, plan: Plan) -> set[int]:
    return {
        number for number, block in enumerate(world.blocks) if len({plan[piece.number] for piece in block.pieces}) > 1
    }


def _weighed(
    scales: Scales, may_split: Collection[int], hint: Plan, *, ends: float, elapsed: Callable[[], float]
) -> Found:
    model = built(scales.world, may_split=may_split)
    minimise(model, scales)
    hint_at(model, hint)
    found = _kept(scales.world, model, ends=ends, elapsed=elapsed)
    return found if found.status is not Status.FEASIBLE else _improved(model, found, ends=ends, elapsed=elapsed)


def _improved(model: Model, found: Found, *, ends: float, elapsed: Callable[[], float]) -> Found:
    """The plan made better a part at a time, until no part can be made better by itself, or the time is over."""
    parts = list(_parts(model.world))
    tried = index = 0
    while tried < len(parts):
        left = ends - elapsed()
        if left <= 0:
            return replace(found, ended_early=True)
        part = parts[index % len(parts)]
        free = part(found.plan)
        better = _solved(_around(model, found, free), seconds=left, steps=_STEPS_AT_A_TIME)
        is_better = better.plan and better.price < found.price and not _broken(model.world, better.plan)
        found = replace(better, status=Status.FEASIBLE) if is_better else found
        tried, index = (0 if is_better else tried + 1), index + 1
    return found


def _parts(world: World) -> Iterator[Callable[[Plan], set[int]]]:
    """The pieces to think about anew, given a plan: all of some weeks; all that two or three people hold."""
    at = world.begins
    while at < world.ends:
        until = at + _WEEKS_AT_A_TIME
        yield partial(_between, world, at, until)
        at += _WEEKS_AT_A_TIME / 2
    for size in (2, 3):
        for those in combinations(world.ask.people, size):
            yield partial(_of, those)


def _between(world: World, start: datetime, end: datetime, _plan: Plan) -> set[int]:
    return {piece.number for piece in world.pieces if start <= piece.start < end}


def _of(people: Collection[str], plan: Plan) -> set[int]:
    return {number for number, person in plan.items() if person in people}


def _around(model: Model, found: Found, free: Collection[int]) -> Model:
    """The model with everything but some pieces as in a plan."""
    part = replace(model, cp=model.cp.clone())
    part.cp.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate(found.values):
        part.cp.add_hint(part.cp.get_int_var_from_proto_index(index), value)
    for (number, person), var in model.holds.items():
        if number not in free:
            part.cp.add(part.cp.get_int_var_from_proto_index(var.index) == (found.plan[number] == person))
    return part


def _kept(world: World, model: Model, *, ends: float, elapsed: Callable[[], float]) -> Found:
    """Solves; where a rule shows only in a plan, forbids what broke it, and solves again."""
    for _ in range(_MOST_ROUNDS):
        found = _solved(model, seconds=ends - elapsed())
        broken = _broken(world, found.plan)
        if not broken:
            return found
        for person, pieces in broken:
            forbid(model, person, pieces)
    return Found(Status.UNKNOWN, {}, ended_early=True)


def _held_at_most(world: World, *, ends: float, elapsed: Callable[[], float]) -> Found:
    model = built(world, may_split=range(len(world.blocks)), may_leave_open=True)
    cover_most(model)
    most = _kept(world, model, ends=ends, elapsed=elapsed)
    return Found(Status.INFEASIBLE, most.plan, most.ended_early)


def _solved(model: Model, *, seconds: float, steps: float | None = None) -> Found:
    if seconds <= 0:
        return Found(Status.UNKNOWN, {}, ended_early=True)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = steps or _STEPS
    solver.parameters.max_time_in_seconds = seconds
    status = _STATUSES.get(solver.solve(model.cp), Status.UNKNOWN)
    ended_early = status not in {Status.OPTIMAL, Status.INFEASIBLE} and solver.wall_time >= seconds
    if status in {Status.INFEASIBLE, Status.UNKNOWN}:
        return Found(status, {}, ended_early)
    solution = solver.response_proto.solution
    plan = {number: person for (number, person), var in model.holds.items() if solution[var.index]}
    return Found(status, plan, ended_early, tuple(solution), solver.objective_value)


def hint_at(model: Model, hint: Plan) -> None:
    """Where to begin: a plan found before, or how things stand."""
    if not hint:
        hint = {piece.number: piece.now for piece in model.world.pieces}
    hinted: set[int] = set()
    for (number, person), var in model.holds.items():
        if var.index not in hinted:
            hinted.add(var.index)
            model.cp.add_hint(var, hint.get(number) == person)


def _broken(world: World, plan: Plan) -> list[tuple[str, tuple[Piece, ...]]]:
    held = {
        person: [piece for piece in world.pieces if plan.get(piece.number) == person] for person in world.ask.people
    }
    return [(person, breach.pieces) for person, theirs in held.items() for breach in breaches(world, person, theirs)]
