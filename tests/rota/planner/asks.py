"""Small plans for tests: a few people in Torfaen, a few weeks, and whatever rota a test writes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from oncall.rotas.checking.bank_holidays import bank_holidays
from rota.patterns import Layer, Leave, Override, Rota
from rota.planner.asking import Ask, Fancy, Wish
from rota.planner.keeping import breaches
from rota.planner.proposing import Proposal, proposal_of
from rota.planner.solver.run import Found, search
from rota.planner.verifying import complaints
from rota.planner.weighing import Scales
from rota.planner.world import Plan, World, world_of
from rota.resolve import show
from tests.rota.checks.rotas import LONDON, NIGHTS, WEEKENDS, at, layer, rota

DUTY: dict[str, Sequence[Layer]] = {
    "duty": [
        layer("Weeknights", "sam", "eli", "nia", cover=NIGHTS),
        layer("Weekends", "eli", "nia", "sam", cover=WEEKENDS),
    ]
}


def ask_for(tiers: Mapping[str, Sequence[Layer]], start: str, end: str, **given: Any) -> Ask:
    """A plan for a rota; who may hold a tier is who stands in it, if nothing else is given."""
    overrides = given.pop("overrides", ())
    standing = rota(tiers, overrides)
    begins, ends = at(start), at(end)
    may_hold = given.pop("may_hold", None) or {
        tier: tuple(dict.fromkeys(person for one in layers for person in one.people)) for tier, layers in tiers.items()
    }
    present = show(standing, begins - timedelta(weeks=19), ends + timedelta(weeks=4))
    holidays = bank_holidays((begins - timedelta(weeks=20)).date(), (ends + timedelta(weeks=5)).date())
    return Ask(LONDON, begins, ends, standing.tiers, may_hold, present, bank_holidays=holidays, **given)


def planned(ask: Ask, *, seconds: float = 60) -> tuple[World, Found]:
    world = world_of(ask)
    return world, search(Scales(world), seconds=seconds)


def in_force(world: World, plan: Plan, overrides: Sequence[Override] = ()) -> tuple[Proposal, Rota]:
    """What is proposed, and the rota with it, which has been held against the checks."""
    proposal = proposal_of(world, plan)
    tiers = {**world.ask.layers, **proposal.tiers}
    proposed = Rota(LONDON, tiers, (*overrides, *proposal.overrides))
    assert complaints(world, plan, proposed) == []
    return proposal, proposed


def broken(world: World, plan: Plan) -> list[str]:
    """Every rule broken, by whom."""
    return [
        f"{person} {breach.said}"
        for person in world.ask.people
        for breach in breaches(world, person, [one for one in world.pieces if plan.get(one.number) == person])
    ]


def held(world: World, plan: Plan, tier: str = "duty") -> list[tuple[str, str]]:
    """When each piece of a tier begins, by the clock, and who has it."""
    ours = sorted((one for one in world.pieces if one.tier == tier), key=lambda one: one.start)
    return [(f"{one.start.astimezone(LONDON):%a %d %b %H:%M}", plan[one.number]) for one in ours]


def away(person: str, start: str, end: str) -> Leave:
    return Leave(person, at(start), at(end))


def wish(person: str, fancy: Fancy, start: str | None = None, end: str | None = None, **given: Any) -> Wish:
    return Wish(person, fancy, start=at(start) if start else None, end=at(end) if end else None, **given)
