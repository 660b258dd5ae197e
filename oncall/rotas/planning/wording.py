"""What a person or a program reads of a plan: the JSON of the command and of the API, and lines of text.

One rule: what gave way is told with its price, and a plan that the clock cut short says so.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from oncall.people.teamfile import TeamFile
from oncall.people.teamfile.stored import as_json
from oncall.people.teamfile.writing import rota as rota_written
from oncall.rotas.planning.making import Outcome
from oncall.rotas.planning.writing import added
from rota.checks.findings import clock, in_hours, number
from rota.checks.load import Load, load_of
from rota.planner.asking import LOOKS_BACK_WEEKS
from rota.planner.explaining import Open
from rota.planner.weighing import Cost
from rota.spans import Span, join

TERMS = {
    "fair_hours": "hours above an equal share",
    "fair_nights": "nights above an equal share",
    "fair_weekends": "weekend hours above an equal share",
    "fair_bank_holidays": "bank holiday hours above an equal share",
    "weekends_running": "times a weekend right after a weekend",
    "split": "people more than one to a turn",
    "rather_not": "shifts that somebody would rather not have",
    "would_like": "wishes for a shift not met",
    "moved": "turns that change hands against the rota as it stands",
}
STATUSES = {
    "optimal": "no plan weighs less (with turns kept whole where somebody can hold the whole)",
    "feasible": "a plan; there may be one that weighs less",
    "infeasible": "no plan keeps every rule",
    "unknown": "nothing was found in the time given; give more seconds, or a shorter span",
}
COLUMNS = ("hours", "nights", "weekend hours", "bank holiday hours")


def as_plan_json(outcome: Outcome) -> dict[str, Any]:
    """The whole outcome; layers and overrides as a team's file has them."""
    ask = outcome.gathered.ask
    return {
        "team": outcome.gathered.file.team.slug,
        "from": _iso(ask.start, ask.zone),
        "to": _iso(ask.end, ask.zone),
        "status": str(outcome.found.status),
        "ended_early": outcome.found.ended_early,
        "seconds": round(outcome.took_seconds, 1),
        **_proposed(outcome),
        "shifts": {tier: [_shift(*one, ask.zone) for one in _shifts(outcome, tier)] for tier in ask.may_hold},
        "fairness": _fairness(outcome),
        "soft": [_soft(outcome, cost) for cost in outcome.costs],
        "because": because(outcome),
    }


def because(outcome: Outcome) -> list[str]:
    """Why there is no plan, shift by shift; of a plan, what stood fast."""
    ask = outcome.gathered.ask
    lines = [_open(one, ask.zone) for one in outcome.open_]
    lines += [f"{person} {ask.barred[person]}, so is not planned." for person in ask.people if person in ask.barred]
    if outcome.found.ended_early:
        lines.append("The time given ended the search; the same again may find another plan.")
    return lines


def plan_text(outcome: Outcome) -> str:
    """The same for people: who holds what, the shares before and after, what gave way."""
    ask, status = outcome.gathered.ask, str(outcome.found.status)
    span = f"turns that begin from {clock(ask.start, ask.zone)} to {clock(ask.end, ask.zone)}"
    took = f"({number(outcome.took_seconds)} seconds)"
    lines = [f"{outcome.gathered.file.team.slug}, {span}: {STATUSES[status]} {took}"]
    lines += [f"  {line}" for line in because(outcome)]
    if outcome.proposed is not None:
        for tier in ask.may_hold:
            lines += [f"{tier}:", *(f"  {line}" for line in _turns(outcome, tier))]
        lines += [*_table(outcome), *_gave_way(outcome), *_changes(outcome.gathered.file, outcome.proposed)]
    return "\n".join(lines)


def _proposed(outcome: Outcome) -> dict[str, Any]:
    if outcome.proposed is None:
        return {"layers": {}, "overrides": []}
    section = as_json(rota_written(outcome.proposed.rota))
    layers, overrides = added(outcome.gathered.file, outcome.proposed)
    names = {tier: {layer.name for layer in those} for tier, those in layers.items()}
    return {
        "layers": {
            tier: [one for one in section["tiers"][tier] if one["layer"] in those] for tier, those in names.items()
        },
        "overrides": section["overrides"][-len(overrides) :] if overrides else [],
    }


def _shifts(outcome: Outcome, tier: str) -> list[tuple[Span[None], str]]:
    """Each stretch of a tier that is planned, with who holds it."""
    plan = outcome.found.plan if outcome.proposed is not None else {}
    ours = sorted((piece for piece in outcome.world.pieces if piece.tier == tier), key=lambda piece: piece.start)
    held = join(Span(piece.start, piece.end, plan[piece.number]) for piece in ours if piece.number in plan)
    return [(Span(span.start, span.end, None), span.held) for span in held]


def _turns(outcome: Outcome, tier: str) -> Iterator[str]:
    """A line for each turn, or for each part of one that is split; marked, where it changes hands."""
    plan, zone = outcome.found.plan, outcome.gathered.ask.zone
    blocks = [block for block in outcome.world.blocks if block.tier == tier and block.pieces]
    for block in sorted(blocks, key=lambda one: one.pieces[0].start):
        for person, run in groupby(block.pieces, key=lambda piece: plan[piece.number]):
            pieces = list(run)
            span = f"{clock(pieces[0].start, zone)} to {clock(pieces[-1].end, zone)}, {block.layer.name}"
            was = [piece.now for piece in pieces if piece.now != person][:1]
            yield f"{span}: {person}" + "".join(f" (was {one})" for one in was)


def _fairness(outcome: Outcome) -> dict[str, Any]:
    """By person: what they held in the weeks looked back at, and what they hold in the plan; in all and by tier."""
    if outcome.proposed is None:
        return {}
    ask = outcome.gathered.ask
    people: dict[str, Any] = {}
    for person in ask.people:
        theirs = {
            tier: (outcome.world.before(tier, person), _planned(outcome, tier, person))
            for tier, those in ask.may_hold.items()
            if person in those
        }
        before, after = (_sum([pair[index] for pair in theirs.values()]) for index in (0, 1))
        people[person] = {
            "before": _figures(before),
            "after": _figures(after),
            "tiers": {tier: {"before": _figures(one), "after": _figures(two)} for tier, (one, two) in theirs.items()},
        }
    return people


def _planned(outcome: Outcome, tier: str, person: str) -> Load:
    return load_of([span for span, holder in _shifts(outcome, tier) if holder == person], outcome.world.days)


def _table(outcome: Outcome) -> Iterator[str]:
    """A line for each tier and person."""
    yield f"Shares, of the {LOOKS_BACK_WEEKS} weeks before and of this plan:"
    yield f"  {'tier':<10}{'person':<12}" + "".join(f"{column:>20}" for column in COLUMNS)
    for tier, people in outcome.gathered.ask.may_hold.items():
        for person in people:
            before, after = outcome.world.before(tier, person), _planned(outcome, tier, person)
            pairs = (f"{number(one)} / {number(two)}" for one, two in zip(before, after, strict=True))
            yield f"  {tier:<10}{person:<12}" + "".join(f"{pair:>20}" for pair in pairs)


def _gave_way(outcome: Outcome) -> Iterator[str]:
    total = sum(cost.points for cost in outcome.costs)
    yield f"What gave way, {number(total)} points in all:" if outcome.costs else "Nothing gave way."
    for cost in sorted(outcome.costs, key=lambda one: -one.points):
        whose = " ".join(part for part in (cost.tier, cost.person) if part)
        what = f"{number(cost.amount)} {TERMS[cost.weight]}"
        yield f"  {number(cost.points)} points: {f'{whose}, ' if whose else ''}{what}"


def _changes(file: TeamFile, proposed: TeamFile) -> Iterator[str]:
    layers, overrides = added(file, proposed)
    names = [f"{tier}: {layer.name}" for tier, those in layers.items() for layer in those]
    yield f"To put it in force, load a file with {len(names)} more layers and {len(overrides)} more overrides."
    yield from (f"  {name}" for name in names)


def _open(one: Open, zone: ZoneInfo) -> str:
    first, last = one.pieces[0], one.pieces[-1]
    length = in_hours(last.end - first.start)
    reasons = "; ".join(f"{person} {why}" for person, why in one.reasons)
    return f"{first.tier}, {clock(first.start, zone)} to {clock(last.end, zone)} ({length}), stays open: {reasons}."


def _soft(outcome: Outcome, cost: Cost) -> dict[str, Any]:
    return {
        "rule": str(cost.weight),
        "person": cost.person,
        "tier": cost.tier,
        "amount": round(cost.amount, 2),
        "what": TERMS[cost.weight],
        "weight": getattr(outcome.gathered.ask.weights, cost.weight),
        "cost": round(cost.points, 2),
    }


def _shift(span: Span[None], person: str, zone: ZoneInfo) -> dict[str, Any]:
    return {"from": _iso(span.start, zone), "to": _iso(span.end, zone), "person": person}


def _sum(loads: Sequence[Load]) -> Load:
    return Load(*(sum(figure) for figure in zip(Load(), *loads, strict=True)))


def _figures(load: Load) -> dict[str, float]:
    return {figure: round(value, 2) for figure, value in load._asdict().items()}


def _iso(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()
