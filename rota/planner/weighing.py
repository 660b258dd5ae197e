"""What a plan costs in what is only weighed: fairness, wishes, turns kept whole, few changes; each with its price.

One rule: the solver minimises what is reckoned here, term by term, so that what is reported is what was weighed. A
share is an equal one among those who may hold a tier; what the last weeks left uneven is made good, but by no more than
a check of the plan alone would still call fair.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rota.local_time import wall_clock
from rota.planner.asking import Fancy, Wish
from rota.planner.turning import Piece
from rota.planner.world import Plan, World

FAIR = {
    "fair_hours": ("hours", 24.0),
    "fair_nights": ("nights", 1.0),
    "fair_weekends": ("weekend_hours", 24.0),
    "fair_bank_holidays": ("bank_holiday_hours", 24.0),
}
"""The figure of a load that each weight is for, and how much of it costs the weight once."""
SMALLEST = 60
"""Figures are compared in sixtieths of an hour or of a night."""


@dataclass(frozen=True)
class Share:
    """One figure of one tier: what each piece asks of it, and what each person brings along, in sixtieths."""

    tier: str
    weight: str
    people: tuple[str, ...]
    asked: Mapping[int, int]
    carried: Mapping[str, int]
    step: int

    @property
    def total(self) -> int:
        """What there is to share, with what is brought along."""
        return sum(self.asked.values()) + sum(self.carried.values())

    @property
    def unit(self) -> int:
        """How much above a share costs the weight once."""
        return round(FAIR[self.weight][1] * SMALLEST)


@dataclass(frozen=True)
class Hoped:
    """One wish, with the pieces that it is about; somebody who would like some is content with one of each group."""

    wish: Wish
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Cost:
    """What one thing came to: how often or how much, and its price in points."""

    weight: str
    person: str | None
    tier: str | None
    amount: float
    points: float


@dataclass(frozen=True)
class Scales:
    """All that is weighed of a world."""

    world: World

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """What is to be shared out; nothing where there is nobody to share it with."""
        return tuple(
            _share(self.world, tier, weight)
            for tier, people in self.world.ask.may_hold.items()
            for weight in FAIR
            if len(people) > 1
        )

    @cached_property
    def hoped(self) -> tuple[Hoped, ...]:
        """The wishes."""
        return tuple(Hoped(wish, tuple(_groups(self.world, wish))) for wish in self.world.ask.wishes)

    @cached_property
    def weekends(self) -> list[tuple[int, tuple[int, ...]]]:
        """The weekends, by the number of their week, with the pieces that touch each."""
        touching: dict[int, list[int]] = {}
        for piece, load in zip(self.world.pieces, self.world.asks_of, strict=True):
            if load.weekend_hours:
                day = wall_clock(piece.start, self.world.ask.zone).date()
                touching.setdefault((day.toordinal() - 1) // 7, []).append(piece.number)
        return [(week, tuple(numbers)) for week, numbers in sorted(touching.items())]

    def costs(self, plan: Plan) -> list[Cost]:
        """Everything that costs something."""
        costs = [*_unfair(self, plan), *_wishes(self, plan), *_running(self, plan), *_split(self, plan)]
        return [cost for cost in costs if cost.points]


def _share(world: World, tier: str, weight: str) -> Share:
    figure = FAIR[weight][0]
    people = world.ask.may_hold[tier]
    asked = {
        piece.number: round(getattr(load, figure) * SMALLEST)
        for piece, load in zip(world.pieces, world.asks_of, strict=True)
        if piece.tier == tier and getattr(load, figure)
    }
    before = {person: round(getattr(world.before(tier, person), figure) * SMALLEST) for person in people}
    mean = sum(before.values()) / len(people)
    most = sum(asked.values()) / len(people) * world.ask.rules.unfair_above_percent / 100
    carried = {person: round(min(max(held - mean, -most), most)) for person, held in before.items()}
    blocks = (sum(asked.get(piece.number, 0) for piece in block.pieces) for block in world.blocks if block.tier == tier)
    return Share(tier, weight, people, asked, carried, max(blocks, default=0))


def _groups(world: World, wish: Wish) -> Iterator[tuple[int, ...]]:
    about = [piece for piece in world.pieces if _is_about(world, wish, piece)]
    if wish.fancy is Fancy.RATHER_NOT or wish.days is not None:
        days: dict[tuple[str, int], list[int]] = {}
        for piece in about:
            day = wall_clock(piece.start, world.ask.zone).date().toordinal()
            days.setdefault((piece.tier, day), []).append(piece.number)
        yield from (tuple(numbers) for numbers in days.values())
    elif about:
        yield tuple(piece.number for piece in about)


def _is_about(world: World, wish: Wish, piece: Piece) -> bool:
    return (
        (wish.tier is None or wish.tier == piece.tier)
        and wish.person in world.ask.may_hold[piece.tier]
        and (wish.start is None or wish.start < piece.end)
        and (wish.end is None or piece.start < wish.end)
        and (wish.days is None or wall_clock(piece.start, world.ask.zone).weekday() in wish.days)
    )


def above(share: Share, plan: Plan, person: str) -> tuple[float, float]:
    """How far somebody is above their share, and above it by more than the largest turn; in the figure's own unit."""
    held = sum(asked for number, asked in share.asked.items() if plan.get(number) == person) + share.carried[person]
    over = max(held - share.total / len(share.people), 0.0)
    return over / SMALLEST, max(over - share.step, 0.0) / SMALLEST


def _unfair(scales: Scales, plan: Plan) -> Iterator[Cost]:
    for share in scales.shares:
        weight = getattr(scales.world.ask.weights, share.weight)
        for person in share.people:
            over, far_over = above(share, plan, person)
            points = weight * (over + far_over) * SMALLEST / share.unit
            yield Cost(share.weight, person, share.tier, over, points)


def _wishes(scales: Scales, plan: Plan) -> Iterator[Cost]:
    for hoped in scales.hoped:
        wish = hoped.wish
        held = sum(any(plan.get(number) == wish.person for number in group) for group in hoped.groups)
        missed = held if wish.fancy is Fancy.RATHER_NOT else len(hoped.groups) - held
        weight = getattr(scales.world.ask.weights, wish.fancy)
        yield Cost(wish.fancy, wish.person, wish.tier, missed, weight * missed)


def _running(scales: Scales, plan: Plan) -> Iterator[Cost]:
    for person in scales.world.ask.people:
        weeks = [week for week, numbers in scales.weekends if any(plan.get(number) == person for number in numbers)]
        again = sum(week + 1 in weeks for week in weeks)
        yield Cost("weekends_running", person, None, again, scales.world.ask.weights.weekends_running * again)


def _split(scales: Scales, plan: Plan) -> Iterator[Cost]:
    weights = scales.world.ask.weights
    for tier in scales.world.ask.may_hold:
        blocks = [block for block in scales.world.blocks if block.tier == tier and block.pieces]
        extra = sum(len({plan.get(piece.number) for piece in block.pieces}) - 1 for block in blocks)
        moved = sum(_moved(block.pieces, plan) for block in blocks)
        yield Cost("split", None, tier, extra, weights.split * extra)
        yield Cost("moved", None, tier, moved, weights.moved * moved)


def _moved(pieces: Sequence[Piece], plan: Plan) -> float:
    return sum(plan.get(piece.number) != piece.now for piece in pieces) / len(pieces)
