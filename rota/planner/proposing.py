"""A plan as a team writes it down: a layer with the order of people for each layer that changes, and overrides.

One rule: outside the turns that are planned nothing changes: over the layer of the plan stands one that goes on from
its end as before, both right over the layer they stand for. A turn that several people share is the layer's by most of
it, and overrides give the rest. Who is on call then is the resolver's to say, and is checked there.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rota.local_time import begins_at, wall_clock
from rota.patterns import Layer, Override, Rota, Turn, Unit
from rota.planner.turning import Block, planned_layers
from rota.planner.world import Plan, World
from rota.resolve import show
from rota.spans import Span, join
from rota.turns import handover_at

WHY = "plan"
_SUFFIX = re.compile(r", (plan|again) from \d{4}-\d\d-\d\d( \(\d+\))?$")
_FAR = timedelta(days=366)


@dataclass(frozen=True)
class Proposal:
    """The layers of every tier that is planned, in their order, and the overrides to come after those there are."""

    tiers: dict[str, tuple[Layer, ...]]
    overrides: tuple[Override, ...]


def proposal_of(world: World, plan: Plan) -> Proposal:
    """How a plan is written down."""
    tiers = {tier: tuple(_layers(world, tier, plan)) for tier in world.ask.may_hold if world.ask.layers.get(tier)}
    kept = {tier: _in_use(world, tier, layers) for tier, layers in tiers.items()}
    overrides = (one for block in world.blocks for one in _overrides(world, block, plan))
    return Proposal(kept, tuple(sorted(overrides, key=lambda one: (one.start, one.tier))))


def _layers(world: World, tier: str, plan: Plan) -> Iterator[Layer]:
    names = {layer.name for layer in world.ask.layers[tier]}
    for layer, weekly in zip(world.ask.layers[tier], planned_layers(world.ask, tier), strict=True):
        yield layer
        blocks = [block for block in world.blocks if block.tier == tier and block.layer.name == layer.name]
        if any(_holder(block, plan) != _now(block) for block in blocks):
            for added in _over(weekly, blocks, plan, world.ask.zone):
                name = _unique(added.name, names)
                names.add(name)
                yield replace(added, name=name)


def _over(layer: Layer, blocks: Sequence[Block], plan: Plan, zone: ZoneInfo) -> Iterator[Layer]:
    """The layer of the plan, and the one that goes on after it as if there had been none."""
    holders = {block.turn: _holder(block, plan) for block in blocks}
    first, after = min(holders), max(holders) + 1
    while _begins(layer.turn, first, zone) is None:
        first -= 1
    while _begins(layer.turn, after, zone) is None:
        after += 1
    order = tuple(holders.get(turn) or _in_turn(layer, turn) for turn in range(first, after))
    rest = tuple(_in_turn(layer, turn) for turn in range(after, after + len(layer.people)))
    stem = _SUFFIX.sub("", layer.name)
    for what, turn, people in (("plan", first, order), ("again", after, rest)):
        wall = _begins(layer.turn, turn, zone) or layer.turn.first_wall
        begins = replace(layer.turn, at=wall.time(), starts=wall.date())
        yield Layer(f"{stem}, {what} from {wall.date()}", people, begins, layer.cover)


def _begins(turn: Turn, number: int, zone: ZoneInfo) -> datetime | None:
    """The wall-clock time a turn begins at; None if it cannot be told from another instant by it."""
    if turn.unit is not Unit.HOUR:
        return turn.first_wall + number * turn.lasts_for
    at = handover_at(turn, number, zone)
    wall = wall_clock(at, zone)
    return wall if begins_at(wall, zone) == at else None


def _in_turn(layer: Layer, turn: int) -> str:
    return layer.people[turn % len(layer.people)]


def _now(block: Block) -> str:
    return _in_turn(block.layer, block.turn)


def _holder(block: Block, plan: Plan) -> str:
    """Who has most of a block; as things stand, where nothing of it is planned."""
    lengths: dict[str, timedelta] = {}
    for piece in block.pieces:
        person = plan[piece.number]
        lengths[person] = lengths.get(person, timedelta(0)) + (piece.end - piece.start)
    return max(lengths, key=lambda person: lengths[person], default=_now(block))


def _overrides(world: World, block: Block, plan: Plan) -> Iterator[Override]:
    """What of a block somebody else holds; in a tier without layers, all of it."""
    holder = _holder(block, plan) if world.ask.layers.get(block.tier) else None
    others = [Span(piece.start, piece.end, plan[piece.number]) for piece in block.pieces]
    for span in join(span for span in others if span.held != holder):
        yield Override(block.tier, span.held, span.start, span.end, WHY)


def _in_use(world: World, tier: str, layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Without the layers of plans, this one or an older one, that are hidden wherever they apply."""
    shown = show(Rota(world.ask.zone, {tier: tuple(layers)}), world.begins - _FAR, world.ends + _FAR)[tier]
    seen = {shift.because for shift in shown}
    return tuple(layer for layer in layers if f"layer {layer.name}" in seen or not _SUFFIX.search(layer.name))


def _unique(name: str, names: Collection[str]) -> str:
    number = 2
    unique = name
    while unique in names:
        unique, number = f"{name} ({number})", number + 1
    return unique
