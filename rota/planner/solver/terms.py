"""What is only weighed, as the solver minimises it: the same terms as `weighing`, in whole numbers.

One rule: a term here and its cost there are one thing; a test holds them against each other.
"""

from collections.abc import Iterator
from itertools import pairwise

from rota.planner.asking import Fancy
from rota.planner.solver.rules import Model, Var
from rota.planner.weighing import Hoped, Scales, Share

PRECISION = 1_000_000
"""Points are counted in so many parts."""

Term = tuple[Var, int]


def minimise(model: Model, scales: Scales) -> None:
    """Sets the sum of all that is weighed as what to minimise."""
    terms: list[Term] = []
    for share in scales.shares:
        terms += _fair(model, scales, share)
    for hoped in scales.hoped:
        terms += _hoped(model, scales, hoped)
    terms += _running(model, scales)
    terms += _split(model, scales)
    model.cp.minimize(sum(var * price for var, price in terms))


def split_least(model: Model) -> None:
    """Sets how many people share turns as what to minimise."""
    model.cp.minimize(sum(model.takes.values()))


def cover_most(model: Model) -> None:
    """Sets the minutes that nobody holds as what to minimise."""
    lengths = {piece.number: round((piece.end - piece.start).total_seconds() / 60) for piece in model.world.pieces}
    model.cp.minimize(sum(var * lengths[number] for number, var in model.open_.items()))


def _fair(model: Model, scales: Scales, share: Share) -> Iterator[Term]:
    count, weight = len(share.people), getattr(scales.world.ask.weights, share.weight)
    price = round(weight * PRECISION / (count * share.unit))
    if not share.asked or not price:
        return
    most = count * (sum(share.asked.values()) + max(map(abs, share.carried.values()))) + abs(share.total)
    for person in share.people:
        theirs = [
            model.holds[number, person] * asked
            for number, asked in share.asked.items()
            if (number, person) in model.holds
        ]
        over = model.cp.new_int_var(0, most, f"{share.weight} {share.tier} {person}")
        model.cp.add(over >= count * (sum(theirs) + share.carried[person]) - share.total)
        far_over = model.cp.new_int_var(0, most, f"far {share.weight} {share.tier} {person}")
        model.cp.add(far_over >= over - count * share.step)
        yield over, price
        yield far_over, price


def _hoped(model: Model, scales: Scales, hoped: Hoped) -> Iterator[Term]:
    wish = hoped.wish
    price = getattr(scales.world.ask.weights, wish.fancy) * PRECISION
    for group in hoped.groups:
        held = [model.holds[number, wish.person] for number in group if (number, wish.person) in model.holds]
        missed = model.cp.new_bool_var(f"{wish.fancy} {wish.person} {group[0]}")
        if wish.fancy is Fancy.RATHER_NOT:
            for var in held:
                model.cp.add_implication(var, missed)
        else:
            model.cp.add_bool_or([*held, missed])
        yield missed, price


def _running(model: Model, scales: Scales) -> Iterator[Term]:
    price = scales.world.ask.weights.weekends_running * PRECISION
    for person in scales.world.ask.people:
        on: list[tuple[int, Var]] = []
        for week, numbers in scales.weekends:
            held = [model.holds[number, person] for number in numbers if (number, person) in model.holds]
            if held:
                on.append((week, _any_of(model, held, f"weekend {week} {person}")))
        for (week, var), (next_week, following) in pairwise(on):
            if next_week == week + 1:
                again = model.cp.new_bool_var(f"again {week} {person}")
                model.cp.add_bool_or([var.negated(), following.negated(), again])
                yield again, price


def _split(model: Model, scales: Scales) -> Iterator[Term]:
    weights = scales.world.ask.weights
    for number, block in enumerate(scales.world.blocks):
        for person in scales.world.ask.may_hold[block.tier] if len(block.pieces) > 1 else ():
            if (number, person) in model.takes:
                yield model.takes[number, person], weights.split * PRECISION
        for piece in block.pieces:
            for person in scales.world.ask.may_hold[block.tier]:
                if person != piece.now and (piece.number, person) in model.holds:
                    yield model.holds[piece.number, person], round(weights.moved * PRECISION / len(block.pieces))


def _any_of(model: Model, those: list[Var], name: str) -> Var:
    distinct = list(dict.fromkeys(those))
    if len(distinct) == 1:
        return distinct[0]
    any_of = model.cp.new_bool_var(name)
    for var in distinct:
        model.cp.add_implication(var, any_of)
    return any_of
