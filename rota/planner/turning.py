"""The turns that a plan fills: from the layers of a tier, as much of each as can be seen under those above it.

One rule: a turn belongs to the plan if it begins in the span, and then the whole of it does. What an override holds
already is left as it is. A turn longer than a week is filled week by week.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rota.local_time import begins_at, wall_clock
from rota.patterns import DAY, WEEK, DailyCover, Layer, Rota, Turn, Unit, WeeklyCover
from rota.planner.asking import MOST_PIECES, Ask, Unplannable
from rota.resolve import show
from rota.spans import Span, cut, holes
from rota.turns import handover_at, turn_at

MOST_WEEKS = 52
_LONGEST_SPAN = timedelta(days=366)


@dataclass(frozen=True)
class Piece:
    """What one person holds at least: a shift, or a day of a longer one. `now`: who has it as things stand."""

    number: int
    tier: str
    start: datetime
    end: datetime
    now: str


@dataclass(frozen=True)
class Block:
    """What of one turn of a layer is planned; one person ought to hold all of it."""

    tier: str
    layer: Layer
    turn: int
    pieces: tuple[Piece, ...]


def blocks_of(ask: Ask) -> list[Block]:
    """The turns to fill, by tier and in their order. Raises Unplannable."""
    if not timedelta(0) < ask.end - ask.start <= _LONGEST_SPAN:
        raise Unplannable("a plan is for a year at most, and its end lies after its start")
    blocks: list[Block] = []
    count = 0
    for tier in ask.may_hold:
        for layer, turn, spans in _turns(ask, tier):
            now = layer.people[turn % len(layer.people)]
            parts = [part for span in _not_overridden(ask, tier, spans) for part in _by_day(span, ask.zone)]
            pieces = tuple(Piece(count + n, tier, part.start, part.end, now) for n, part in enumerate(parts))
            count += len(pieces)
            blocks.append(Block(tier, layer, turn, pieces))
        if count > MOST_PIECES:
            raise Unplannable("the span has too many shifts to plan at once; ask for a shorter one")
    return blocks


def planned_layers(ask: Ask, tier: str) -> tuple[Layer, ...]:
    """A tier's layers with turns of a week at most; without any, weeknights and weekends."""
    layers = ask.layers.get(tier, ())
    return tuple(weekly(layer) for layer in layers) if layers else _usual(ask, tier)


def weekly(layer: Layer) -> Layer:
    """The layer with turns of a week at most, which everybody keeps for as many weeks as before."""
    turn = layer.turn
    if turn.lasts_for <= WEEK:
        return layer
    one_week = Turn(1, Unit.WEEK, turn.at, turn.starts)
    if len(set(layer.people)) == 1:
        return replace(layer, people=layer.people[:1], turn=one_week)
    if turn.unit is not Unit.WEEK or turn.every > MOST_WEEKS:
        raise Unplannable(f"layer {layer.name} has turns of more than a week that are no whole weeks, or over a year")
    people = tuple(person for person in layer.people for _ in range(turn.every))
    return replace(layer, people=people, turn=one_week)


def _usual(ask: Ask, tier: str) -> tuple[Layer, ...]:
    starts = wall_clock(ask.start, ask.zone).date() - DAY
    starts -= starts.weekday() * DAY
    people, evening, morning = ask.may_hold[tier], time(17), time(9)
    nights = DailyCover(evening, morning, frozenset(range(4)))
    weekend = WeeklyCover(4, evening, 0, morning)
    return (
        Layer("Weeknights", people, Turn(1, Unit.WEEK, evening, starts), (nights,)),
        Layer("Weekends", people, Turn(1, Unit.WEEK, evening, starts + 4 * DAY), (weekend,)),
    )


def _turns(ask: Ask, tier: str) -> list[tuple[Layer, int, list[Span[None]]]]:
    """Each turn that begins in the span, with what can be seen of it."""
    layers = planned_layers(ask, tier)
    rota = Rota(ask.zone, {tier: layers})
    by_reason = {f"layer {layer.name}": layer for layer in layers}
    seen: dict[tuple[str, int], list[Span[None]]] = {}
    for shift in show(rota, ask.start - WEEK - DAY, ask.end + WEEK + DAY)[tier]:
        if shift.because is not None:
            layer = by_reason[shift.because]
            for turn, span in _cut_at_handovers(layer, Span(shift.start, shift.end, None), ask.zone):
                seen.setdefault((shift.because, turn), []).append(span)
    begun = [(by_reason[why], turn, spans) for (why, turn), spans in seen.items() if _is_begun(ask, spans)]
    return sorted(begun, key=lambda one: (layers.index(one[0]), one[1]))


def _is_begun(ask: Ask, spans: Sequence[Span[None]]) -> bool:
    return ask.start <= spans[0].start < ask.end


def _cut_at_handovers(layer: Layer, span: Span[None], zone: ZoneInfo) -> Iterator[tuple[int, Span[None]]]:
    turn, start = turn_at(layer.turn, span.start, zone), span.start
    while start < span.end:
        until = min(handover_at(layer.turn, turn + 1, zone), span.end)
        if start < until:
            yield turn, Span(start, until, None)
        turn, start = turn + 1, until


def _not_overridden(ask: Ask, tier: str, spans: Sequence[Span[None]]) -> Iterator[Span[None]]:
    agreed = [Span(shift.start, shift.end, None) for shift in ask.present.get(tier, ()) if shift.because == "override"]
    for span in spans:
        yield from holes(cut(agreed, span.start, span.end), span.start, span.end)


def _by_day(span: Span[None], zone: ZoneInfo) -> Iterator[Span[None]]:
    """A shift of more than a day, day by day from the time it begins at."""
    start, wall = span.start, wall_clock(span.start, zone)
    while start < span.end:
        wall += DAY
        until = min(begins_at(wall, zone), span.end)
        if start < until:
            yield Span(start, until, None)
        start = max(until, start)
