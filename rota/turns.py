"""Whose turn it is in a layer: handovers, and the turns between them.

One rule: a day or week turn changes at the same wall-clock time whatever the clocks do, an hour turn by elapsed hours.
When a layer applies at all is for `cover`, what lies over it for `resolve`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rota.local_time import begins_at, wall_clock
from rota.patterns import Layer, Turn, Unit
from rota.spans import Span

_NEVER = datetime.max.replace(tzinfo=UTC)


def handover_at(turn: Turn, number: int, zone: ZoneInfo) -> datetime:
    """The instant turn `number` begins; beyond the calendar's end, never."""
    try:
        if turn.unit is Unit.HOUR:
            return begins_at(turn.first_wall, zone) + number * turn.lasts_for
        return begins_at(turn.first_wall + number * turn.lasts_for, zone)
    except OverflowError:
        return _NEVER


def turn_at(turn: Turn, at: datetime, zone: ZoneInfo) -> int:
    """The number of the turn that runs at an instant, the first being 0."""
    if turn.unit is Unit.HOUR:
        return (at - begins_at(turn.first_wall, zone)) // turn.lasts_for
    number = (wall_clock(at, zone) - turn.first_wall) // turn.lasts_for
    while handover_at(turn, number + 1, zone) <= at:  # the clock has gone back behind a handover already made
        number += 1
    return number


def turns(layer: Layer, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Span[str]]:
    """Who holds the layer in `[start, end)`, which begins no earlier than its first handover."""
    if len(set(layer.people)) == 1:
        yield Span(start, end, layer.people[0])
        return
    number = turn_at(layer.turn, start, zone)
    while start < end:
        until = min(handover_at(layer.turn, number + 1, zone), end)
        if start < until:
            yield Span(start, until, layer.people[number % len(layer.people)])
        start, number = until, number + 1
