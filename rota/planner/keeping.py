"""Which rule somebody would break by holding some shifts, and how that is said.

One rule: what is said here is reckoned by the checks of a rota, not by the solver; so the two must agree. Whoever holds
only what is not planned has no part in it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from rota.checks.findings import in_hours, number
from rota.checks.load import nights_in, nights_in_a_row, weeks_of
from rota.checks.rest import daily_rest_missed, weekly_hours, weekly_rest_missed
from rota.checks.rules import hours_of
from rota.planner.turning import Piece
from rota.planner.world import World
from rota.spans import Span, join


class Breach(NamedTuple):
    """A rule broken in `[start, end)` by whoever would hold `pieces`; `said` follows the person's name."""

    start: datetime
    end: datetime
    said: str
    pieces: tuple[Piece, ...]


def barred(world: World, person: str, piece: Piece) -> str | None:
    """Why somebody can never hold a piece, whatever else is planned."""
    if person in world.ask.barred:
        return world.ask.barred[person]
    if any(_touch(away, piece) for away in world.away.get(person, ())):
        return "is on leave"
    taken = next(
        (held for held in world.fixed.get(person, ()) if _touch(held, piece) and held.held != piece.tier), None
    )
    if taken is not None:
        return f"holds {taken.held} then"
    return next((breach.said for breach in _work(world, person, [piece], alone=True)), None)


def breaches(world: World, person: str, pieces: Sequence[Piece]) -> list[Breach]:
    """Every rule that somebody would break by holding these pieces, beside what they hold already."""
    pieces = sorted(pieces, key=lambda piece: piece.start)
    never = ((piece, barred(world, person, piece)) for piece in pieces)
    found = [Breach(piece.start, piece.end, why, (piece,)) for piece, why in never if why is not None]
    found += _twice(pieces)
    for start, end, said in _rest(world, person, pieces):
        if within := tuple(piece for piece in pieces if piece.start < end and start < piece.end):
            found.append(Breach(start, end, said, within))
    return found + list(_work(world, person, pieces))


def why_not(world: World, person: str, piece: Piece, held: Sequence[Piece]) -> str | None:
    """Why somebody who holds some pieces cannot hold another; None if they could."""
    found = breaches(world, person, [*held, piece])
    return next((breach.said for breach in found if piece in breach.pieces), None)


def _twice(pieces: Sequence[Piece]) -> Iterator[Breach]:
    for index, piece in enumerate(pieces):
        for other in pieces[index + 1 :]:
            if other.start < piece.end:
                said = f"would hold {piece.tier} and {other.tier} at once"
                yield Breach(other.start, piece.end, said, (piece, other))


def _rest(world: World, person: str, pieces: Sequence[Piece]) -> Iterator[tuple[datetime, datetime, str]]:
    held, most = world.held(person, pieces), world.ask.rules.nights_in_a_row
    for run in nights_in_a_row(nights_in(held, world.days), most=most):
        yield run.start, run.end, f"would be on call {run.held} nights in a row (the most is {most})"
    for begins, ends in _runs(world, held):
        if ends > world.run_may_last_to(begins):
            said = f"would be on call for {in_hours(_to_the_minute(ends - begins))} without a day off"
            yield begins, ends, f"{said} (the most is {world.ask.days_in_a_row} days)"


def _runs(world: World, held: Sequence[Span[None]]) -> Iterator[tuple[datetime, datetime]]:
    """From coming on call after a day off to the next day off."""
    if not held:
        return
    begins = held[0].start
    for one, following in pairwise(held):
        if following.start >= world.day_after(one.end):
            yield begins, one.end
            begins = following.start
    yield begins, held[-1].end


def _work(world: World, person: str, pieces: Sequence[Piece], *, alone: bool = False) -> Iterator[Breach]:
    """Rest and hours, where the team counts standby in a tier as work; `alone`: as if nothing else were held."""
    counted = world.ask.rules.standby_is_work
    ours = [piece for piece in pieces if piece.tier in counted]
    if not ours:
        return
    fixed = [] if alone else [span for span in world.fixed.get(person, ()) if span.held in counted]
    spans = [*(Span(one.start, one.end, None) for one in fixed), *(Span(one.start, one.end, None) for one in ours)]
    worked = join(sorted(spans))
    for start, end, said in _work_said(world, worked):
        if within := tuple(piece for piece in ours if piece.start < end and start < piece.end):
            yield Breach(start, end, said, within)


def _work_said(world: World, worked: list[Span[None]]) -> Iterator[tuple[datetime, datetime, str]]:
    rules, zone = world.ask.rules, world.ask.zone
    least = hours_of(rules.daily_rest_hours)
    for day in daily_rest_missed(worked, least=least):
        said = f"would have {in_hours(day.held)} of rest in 24 hours (the least is {rules.daily_rest_hours})"
        yield day.start, day.end, said
    over = rules.weekly_hours_over_weeks
    weeks = weeks_of(zone, world.begins, world.ends, before=over - 1, after=1)
    fortnight = hours_of(rules.fortnightly_rest_hours)
    near = weeks[max(over - 3, 0) :]
    for week in weekly_rest_missed(worked, near, least=hours_of(rules.weekly_rest_hours), in_fortnight=fortnight):
        said = f"would have {in_hours(week.held)} without work in a week (the least is {rules.weekly_rest_hours})"
        yield week.start, week.end, said
    most = hours_of(rules.weekly_hours)
    for span in weekly_hours(worked, weeks[:-1], over=over, most=most, warn_from=most + timedelta(hours=1)):
        said = f"would work {number(span.held.hours)} hours a week over {over} weeks (the most is {rules.weekly_hours})"
        yield weeks[0].start, span.end, said


def _touch(one: Span[Any], piece: Piece) -> bool:
    return one.start < piece.end and piece.start < one.end


def _to_the_minute(length: timedelta) -> timedelta:
    return length - length % timedelta(minutes=1)
