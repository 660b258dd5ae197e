"""Makes a plan and what is to be said of it; proposes, and never applies.

One rule: nobody sees a proposal that the resolver and the checks have not passed, as it reads back from its own text.
The solver is an extra, and is looked for only here.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from oncall.errors import OnCallError, Unusable
from oncall.people.teamfile import TeamFile, parse, write
from oncall.rotas.planning.gathering import Gathered
from oncall.rotas.planning.writing import with_proposal
from oncall.rotas.written import rota_of
from rota.planner.asking import Unplannable
from rota.planner.explaining import Open, open_shifts
from rota.planner.proposing import proposal_of
from rota.planner.verifying import complaints
from rota.planner.weighing import Cost, Scales
from rota.planner.world import World, world_of

if TYPE_CHECKING:
    from rota.planner.solver.run import Found

SOLVER = "rota.planner.solver.run"


class NoSolver(Unusable):
    """The planner needs OR-Tools, which is not installed here: pip install 'mist-oncall[planner]'."""


class NotPlannable(Unusable):
    """That cannot be planned."""


class FaultyPlan(OnCallError):
    """The plan that was found does not hold against the rota's own checks, so it is not shown. Please report this."""


@dataclass(frozen=True)
class Outcome:
    """A proposal, or why there is none. `found.plan` has who holds each piece; `proposed` is None without a plan."""

    gathered: Gathered
    world: World
    found: "Found"
    proposed: TeamFile | None
    costs: tuple[Cost, ...]
    open_: tuple[Open, ...]
    took_seconds: float


def make(
    gathered: Gathered,
    *,
    seconds: float,
    elapsed: Callable[[], float] = time.monotonic,
    solver: Callable[[str], Any] = import_module,
) -> Outcome:
    """The best plan found within the seconds, in which the solver is loaded too.

    Raises NoSolver, NotPlannable, FaultyPlan.
    """
    began = elapsed()
    search = _solver(solver)
    try:
        world = world_of(gathered.ask)
    except Unplannable as wrong:
        raise NotPlannable(f"That cannot be planned: {wrong}.") from None
    if not world.pieces:
        raise NotPlannable("No turn that could be planned begins in that span.")
    scales = Scales(world)
    found: Found = search.search(scales, seconds=seconds - (elapsed() - began), elapsed=elapsed)
    is_plan = found.status in {"optimal", "feasible"}
    return Outcome(
        gathered,
        world,
        found,
        _checked(gathered, world, found) if is_plan else None,
        tuple(scales.costs(found.plan)) if is_plan else (),
        tuple(open_shifts(world, found.plan)) if found.status == "infeasible" else (),
        elapsed() - began,
    )


def _solver(load: Callable[[str], Any]) -> Any:
    try:
        return load(SOLVER)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != "ortools":
            raise
        raise NoSolver from None


def _checked(gathered: Gathered, world: World, found: "Found") -> TeamFile:
    """The file with the proposal, read back from its text and held against the plan."""
    text = write(with_proposal(gathered.file, proposal_of(world, found.plan)))
    proposed = parse(text)
    if complaints(world, found.plan, rota_of(proposed.rota, zone=gathered.ask.zone)):
        raise FaultyPlan
    return proposed
