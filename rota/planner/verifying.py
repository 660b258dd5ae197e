"""Holds a proposal against the one resolver and the checks of a rota, before anybody sees it.

One rule: what is said to be planned is what the resolver makes of what is written, nothing else has changed, and no
check finds a rule broken in it.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rota.checks.check import Question, check, reach
from rota.checks.findings import Kind
from rota.patterns import WEEK, Rota
from rota.planner.keeping import breaches
from rota.planner.turning import Piece
from rota.planner.world import Plan, World
from rota.resolve import Shift, show
from rota.spans import Span, cut

_BESIDE = timedelta(weeks=2)


def complaints(world: World, plan: Plan, rota: Rota) -> list[str]:
    """All that is wrong with a rota that a plan was written into; nothing, unless there is a fault."""
    start, end = world.begins - _BESIDE, world.ends + _BESIDE
    shown = show(rota, start, end)
    held = {tier: [Span(one.start, one.end, one.person) for one in shifts] for tier, shifts in shown.items()}
    wrong = [
        f"{piece.tier} from {piece.start.isoformat()} is not as planned"
        for piece in world.pieces
        if {span.held for span in cut(held[piece.tier], piece.start, piece.end)} != {plan.get(piece.number)}
    ]
    for tier, shifts in world.ask.present.items():
        wrong += [f"{tier} from {at} has changed" for at in _changed(world, tier, shifts, held.get(tier, []))]
    return [*wrong, *_broken(world, plan), *_found(world, plan, rota)]


def _changed(world: World, tier: str, before: Sequence[Shift], after: Sequence[Span[str | None]]) -> Iterator[str]:
    """Where somebody else holds a tier than before, outside what is planned; what is past is not looked at."""
    planned = sorted(Span(piece.start, piece.end, None) for piece in world.pieces if piece.tier == tier)
    for shift in before:
        for now in cut(after, max(shift.start, world.begins), shift.end):
            rest = sum((one.end - one.start for one in cut(planned, now.start, now.end)), timedelta(0))
            if now.held != shift.person and rest < now.end - now.start:
                yield now.start.isoformat()


def _broken(world: World, plan: Plan) -> Iterator[str]:
    for person in world.ask.people:
        for breach in breaches(world, person, _of(world, plan, person)):
            yield f"{person} {breach.said} at {breach.start.isoformat()}"


def _found(world: World, plan: Plan, rota: Rota) -> Iterator[str]:
    ask = world.ask
    question = Question(
        ask.zone,
        world.begins,
        world.ends,
        show(rota, *reach(world.begins, world.ends + WEEK, zone=ask.zone, values=ask.rules)),
        rota.tiers,
        leave=ask.leave,
        bank_holidays=ask.bank_holidays,
        rules=ask.rules,
    )
    for finding in check(question).findings:
        if finding.kind is Kind.UNFAIR or finding.person is None:
            continue
        theirs = _of(world, plan, finding.person)
        if any(piece.start < finding.end and finding.start < piece.end for piece in theirs):
            yield finding.detail


def _of(world: World, plan: Plan, person: str) -> list[Piece]:
    return [piece for piece in world.pieces if plan.get(piece.number) == person]
