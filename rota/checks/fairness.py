"""Whether a tier is shared out fairly among those who take turns in it.

One rule: what a rotation of whole turns cannot help is not unfair. So somebody holds too much only if it is above an
equal share by more than the turns explain, and by more than the team tolerates. What people hold is from `load`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rota.checks.load import Days, Load, load_of
from rota.patterns import Layer
from rota.resolve import Shift
from rota.spans import Span, cut
from rota.turns import handover_at, turn_at

_EVEN = {"hours": 2.0, "nights": 0.0}  # what turns share out evenly, but for a clock change
_UNEVEN = {"weekend_hours": 0.0, "bank_holiday_hours": 24.0}  # what falls on turns as it falls
_A_TRIFLE = 1e-6  # what adding up hours may be off by


class Excess(NamedTuple):
    """How much of one of a load's figures somebody holds, of how much, and among how many."""

    figure: str
    held: float
    total: float
    among: int

    @property
    def share(self) -> float:
        """An equal share."""
        return self.total / self.among


def too_much(
    shifts: Sequence[Shift], layers: Sequence[Layer], days: Days, *, zone: ZoneInfo, percent: int
) -> Iterator[tuple[str, list[Excess]]]:
    """Who holds too much of a tier, and of what; compared are those in its layers, or all who hold a tier without."""
    people = who_share(shifts, layers)
    loads = {person: load_of(_held_by(person, shifts), days) for person in people}
    total = _sum(loads.values())
    turn = _sum(_largest(one_turn) for one_turn in _turns(shifts, layers, days, zone))
    for person, load in loads.items():
        held = [Excess(*figure, len(people)) for figure in zip(Load._fields, load, total, strict=True)]
        over = [
            excess
            for excess, least in zip(held, turn, strict=True)
            if excess.held - excess.share > max(_unavoidable(excess, least), excess.share * percent / 100) + _A_TRIFLE
        ]
        if over:
            yield person, over


def who_share(shifts: Sequence[Shift], layers: Sequence[Layer]) -> list[str]:
    """Those who stand in a tier's layers; in a tier without, those who hold it."""
    standing = [person for layer in layers for person in layer.people]
    return list(dict.fromkeys(standing or [shift.person for shift in shifts if shift.person is not None]))


def _unavoidable(excess: Excess, turn: float) -> float:
    """How far above an equal share the best rotation may put somebody, who has had one turn more than the others.

    Where what is counted falls on some turns and not on others, that is a whole turn, and for bank holidays a day more.
    """
    if excess.figure in _UNEVEN:
        return turn + _UNEVEN[excess.figure]
    return turn * (excess.among - 1) / excess.among + _EVEN[excess.figure]


def _turns(shifts: Sequence[Shift], layers: Sequence[Layer], days: Days, zone: ZoneInfo) -> Iterator[list[Load]]:
    """For each layer, what each of its turns asks; in a tier without, what each shift does."""
    if not layers:
        yield [load_of([Span(shift.start, shift.end, None)], days) for shift in shifts if shift.person is not None]
    for layer in layers:
        spans = _held_in(layer, shifts)
        yield list(_turns_of(layer, spans, days, zone)) if spans else []


def _turns_of(layer: Layer, spans: list[Span[None]], days: Days, zone: ZoneInfo) -> Iterator[Load]:
    number = turn_at(layer.turn, spans[0].start, zone)
    begins = handover_at(layer.turn, number, zone)
    while begins < spans[-1].end:
        number += 1
        ends = handover_at(layer.turn, number, zone)
        if held := cut(spans, begins, ends):
            yield load_of(held, days)
        begins = ends


def _held_by(person: str, shifts: Sequence[Shift]) -> list[Span[None]]:
    return [Span(shift.start, shift.end, None) for shift in shifts if shift.person == person]


def _held_in(layer: Layer, shifts: Sequence[Shift]) -> list[Span[None]]:
    return [Span(shift.start, shift.end, None) for shift in shifts if shift.because == f"layer {layer.name}"]


def _sum(loads: Iterable[Load]) -> Load:
    return Load(*(sum(figure) for figure in zip(Load(), *loads, strict=True)))


def _largest(loads: Iterable[Load]) -> Load:
    return Load(*(max(figure) for figure in zip(Load(), *loads, strict=True)))
