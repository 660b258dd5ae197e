"""The rules that are never broken, as the solver takes them.

One rule: each is at least as strict as the check that it stands for, and what is not planned counts in each.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ortools.sat.python import cp_model

from rota.checks.findings import MINUTE
from rota.checks.load import weeks_of
from rota.checks.rest import daily_rest_missed
from rota.checks.rules import hours_of
from rota.patterns import WEEK
from rota.planner.keeping import barred
from rota.planner.turning import Block, Piece
from rota.planner.world import World, nights_held
from rota.spans import Span, join

Var = cp_model.IntVar


@dataclass
class Model:
    """A model under construction: whether a person holds a piece (absent: they cannot), or any of a block.

    A block that may not be split has one variable for all its pieces. `open_` says that nobody holds a piece.
    """

    world: World
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    holds: dict[tuple[int, str], Var] = field(default_factory=dict)
    takes: dict[tuple[int, str], Var] = field(default_factory=dict)
    open_: dict[int, Var] = field(default_factory=dict)

    def of(self, person: str) -> list[tuple[Piece, Var]]:
        """The pieces that somebody may hold."""
        found = ((piece, self.holds.get((piece.number, person))) for piece in self.world.pieces)
        return [(piece, var) for piece, var in found if var is not None]


def built(world: World, *, may_split: Collection[int], may_leave_open: bool = False) -> Model:
    """The model of all that must be; split are only the blocks with these numbers, and those nobody can hold whole."""
    model = Model(world)
    for number, block in enumerate(world.blocks):
        _fill(model, number, block, is_whole=number not in may_split, may_leave_open=may_leave_open)
    for person in world.ask.people:
        theirs = model.of(person)
        _one_tier_at_a_time(model, theirs)
        _nights(model, person, theirs)
        _days_off(model, person, theirs)
        _work(model, person, theirs)
    return model


def forbid(model: Model, person: str, pieces: Sequence[Piece]) -> None:
    """Somebody does not hold all of these."""
    model.cp.add_bool_or([model.holds[piece.number, person].negated() for piece in pieces])


def _fill(model: Model, number: int, block: Block, *, is_whole: bool, may_leave_open: bool) -> None:
    """Every piece has one person; who may not hold one for good has no variable of it."""
    people = model.world.ask.may_hold[block.tier]
    able = {piece.number: [one for one in people if barred(model.world, one, piece) is None] for piece in block.pieces}
    whole = [one for one in people if all(one in those for those in able.values())]
    if is_whole and whole:
        able = dict.fromkeys(able, whole)
    for person in [one for one in people if any(one in those for those in able.values())]:
        model.takes[number, person] = model.cp.new_bool_var(f"block {number} {person}")
    for piece in block.pieces:
        options = []
        for person in able[piece.number]:
            takes = model.takes[number, person]
            holds = takes if is_whole and whole else model.cp.new_bool_var(f"piece {piece.number} {person}")
            model.holds[piece.number, person] = holds
            options.append(holds)
            if holds is not takes:
                model.cp.add_implication(holds, takes)
        if may_leave_open:
            model.open_[piece.number] = model.cp.new_bool_var(f"open {piece.number}")
            options.append(model.open_[piece.number])
        model.cp.add_exactly_one(options)


def _one_tier_at_a_time(model: Model, theirs: Sequence[tuple[Piece, Var]]) -> None:
    """Where several begin at once or one begins inside others, one of them at most."""
    for piece, _ in theirs:
        at_once = [(other, var) for other, var in theirs if other.start <= piece.start < other.end]
        if len({other.tier for other, _ in at_once}) > 1:
            model.cp.add_at_most_one(dict.fromkeys(var for _, var in at_once))


def _nights(model: Model, person: str, theirs: Sequence[tuple[Piece, Var]]) -> None:
    """Of so many nights in a row and one more, one is free."""
    world, most = model.world, model.world.ask.rules.nights_in_a_row
    fixed = nights_held(world, join([Span(one.start, one.end, None) for one in world.fixed.get(person, ())]))
    on = _nights_on(model, person, theirs)
    if not on:
        return
    for first in range(min(on) - most, max(on) + 1):
        window = range(first, first + most + 1)
        already = sum(night in fixed for night in window)
        new = [on[night] for night in window if night in on and night not in fixed]
        if len(new) + already > most:
            model.cp.add(sum(new) <= max(most - already, 0))


def _nights_on(model: Model, person: str, theirs: Sequence[tuple[Piece, Var]]) -> dict[int, Var]:
    """Whether somebody has each night: by a piece that is enough of it, or by several together."""
    counts_from = model.world.ask.rules.night_counts_from_hours
    parts: dict[int, list[tuple[Var, float]]] = {}
    for piece, var in theirs:
        for night, hours in model.world.nights[piece.number]:
            parts.setdefault(night, []).append((var, hours))
    on: dict[int, Var] = {}
    for night, those in parts.items():
        on[night] = model.cp.new_bool_var(f"night {night} {person}")
        small = [(var, round(hours * 60)) for var, hours in those if hours < counts_from]
        for var, hours in those:
            if hours >= counts_from:
                model.cp.add_implication(var, on[night])
        total = sum(minutes for _, minutes in small)
        already = 60 * counts_from if total else 0
        if small:
            allowed = _already(model.world, person, night, already)
            model.cp.add(sum(var * minutes for var, minutes in small) <= allowed + total * on[night])
    return on


def _already(world: World, person: str, night: int, counts_from: int) -> int:
    """How many minutes of a night small pieces may make without the night counting."""
    span = next(one for one in world.days.nights if one.held.toordinal() == night)
    held = [one for one in world.fixed.get(person, ()) if one.start < span.end and span.start < one.end]
    minutes = sum((min(one.end, span.end) - max(one.start, span.start)) // MINUTE for one in held)
    return max(counts_from - 1 - minutes, 0)


def _days_off(model: Model, person: str, theirs: Sequence[tuple[Piece, Var]]) -> None:
    """Whoever comes on call has a day off before too many days are over."""
    world, fixed = model.world, model.world.held(person, [])
    off = _off(model, person, theirs, fixed)
    starts: dict[datetime, list[Var]] = {}
    for piece, var in theirs:
        starts.setdefault(piece.start, []).append(var)
    for start, those in starts.items():
        offs = [var for at, var in off.items() if start < at <= world.run_may_last_to(start)]
        for var in dict.fromkeys(those):
            model.cp.add_bool_or([*offs, var.negated()])
    for one in fixed:
        last = max(world.run_may_last_to(one.start), one.end)
        offs = [var for at, var in off.items() if one.start < at <= last]
        if offs and one.start < world.ends and last >= world.begins:
            model.cp.add_bool_or(offs)


def _off(
    model: Model, person: str, theirs: Sequence[tuple[Piece, Var]], fixed: Sequence[Span[None]]
) -> dict[datetime, Var]:
    """Whether somebody has a day off from each instant on at which they may have been on call until then."""
    off: dict[datetime, Var] = {}
    for at in sorted({piece.end for piece, _ in theirs} | {one.end for one in fixed}):
        until = model.world.day_after(at)
        if not any(one.start < until and at < one.end for one in fixed):
            off[at] = model.cp.new_bool_var(f"off {at:%m-%d %H:%M} {person}")
            for var in dict.fromkeys(var for piece, var in theirs if piece.start < until and at < piece.end):
                model.cp.add_implication(off[at], var.negated())
    return off


def _work(model: Model, person: str, theirs: Sequence[tuple[Piece, Var]]) -> None:
    """Rest and hours, where standby in a tier counts as work."""
    world, rules = model.world, model.world.ask.rules
    ours = [(piece, var) for piece, var in theirs if piece.tier in rules.standby_is_work]
    if not ours:
        return
    fixed = [Span(one.start, one.end, None) for one in world.fixed.get(person, ()) if one.held in rules.standby_is_work]
    _daily_rest(model, ours, fixed)
    over = rules.weekly_hours_over_weeks
    weeks = weeks_of(world.ask.zone, world.begins, world.ends, before=over - 1)
    for last in range(over - 1, len(weeks)):
        window = Span(weeks[last - over + 1].start, weeks[last].end, None)
        already = sum(_minutes(one, window) for one in fixed)
        most = over * rules.weekly_hours * 60
        new = sum(var * _minutes(Span(piece.start, piece.end, None), window) for piece, var in ours)
        model.cp.add(new <= max(most - already, 0))


def _daily_rest(model: Model, ours: Sequence[tuple[Piece, Var]], fixed: Sequence[Span[None]]) -> None:
    least = hours_of(model.world.ask.rules.daily_rest_hours)
    for index, (piece, var) in enumerate(ours):
        span = Span(piece.start, piece.end, None)
        near = [one for one in fixed if one.start < piece.end + WEEK / 7 and piece.start - WEEK / 7 < one.end]
        if (
            near
            and daily_rest_missed(join(sorted([*near, span])), least=least)
            and not daily_rest_missed(near, least=least)
        ):
            model.cp.add(var == 0)
        for other, also in ours[index + 1 :]:
            if other.start >= piece.end + WEEK / 7:
                break
            both = join(sorted([span, Span(other.start, other.end, None)]))
            if daily_rest_missed(both, least=least):
                model.cp.add_bool_or([var.negated(), also.negated()])


def _minutes(span: Span[None], window: Span[None]) -> int:
    return max((min(span.end, window.end) - max(span.start, window.start)) // MINUTE, 0)
