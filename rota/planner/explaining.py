"""Why there is no plan: the shifts that stay open at best, and for each who cannot have it, and by which rule.

One rule: every reason is reckoned by the checks, against what the others hold in the best that can be done.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from rota.planner.keeping import why_not
from rota.planner.turning import Piece
from rota.planner.world import Plan, World


class Open(NamedTuple):
    """Neighbouring shifts of a tier that stay open for the same reasons; `reasons` are by person."""

    pieces: tuple[Piece, ...]
    reasons: tuple[tuple[str, str], ...]


COULD = "could have it, if that left nothing else open"


def open_shifts(world: World, plan: Plan) -> list[Open]:
    """What nobody holds in the best that can be done."""
    held = {
        person: [piece for piece in world.pieces if plan.get(piece.number) == person] for person in world.ask.people
    }
    found = [
        (piece, tuple((person, why_not(world, person, piece, held[person]) or COULD) for person in _able(world, piece)))
        for piece in world.pieces
        if piece.number not in plan
    ]
    return [Open(tuple(piece for piece, _ in run), run[0][1]) for run in _runs(found)]


def _able(world: World, piece: Piece) -> tuple[str, ...]:
    return world.ask.may_hold[piece.tier]


_Found = tuple[Piece, tuple[tuple[str, str], ...]]


def _runs(found: list[_Found]) -> Iterator[list[_Found]]:
    """Neighbours alike together."""
    number = 0
    last: _Found | None = None
    numbered: list[tuple[int, _Found]] = []
    for one in found:
        if last is None or (last[0].tier, last[0].end, last[1]) != (one[0].tier, one[0].start, one[1]):
            number += 1
        numbered.append((number, one))
        last = one
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        yield [one for _, one in group]
