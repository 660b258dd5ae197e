"""Who holds each tier: patterns and overrides to final shifts, gaps included.

One rule: there is one resolver. The live answer, the calendar and every check come from `_resolve`, which works from
what wins downwards and reckons nothing that is hidden. What to do about a gap is left to those who ask.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from rota.cover import cover
from rota.local_time import instant
from rota.patterns import Layer, Rota
from rota.spans import Span, holes, join, overlay, overlay_all
from rota.turns import handover_at, turns

LOOKS_AHEAD_FOR = timedelta(days=366)

_REACHES = (timedelta(days=2), timedelta(days=8), timedelta(days=32), timedelta(days=128), LOOKS_AHEAD_FOR)


class Shift(NamedTuple):
    """A stretch of one tier: one person for one reason, or a gap."""

    start: datetime
    end: datetime
    person: str | None
    because: str | None


class Holding(NamedTuple):
    """Who holds a tier, until when (None: no end within the year looked ahead), and why."""

    person: str
    until: datetime | None
    because: str


class _Held(NamedTuple):
    person: str
    because: str


def show(rota: Rota, start: datetime, end: datetime) -> dict[str, tuple[Shift, ...]]:
    """Each tier's shifts and gaps: consecutive, and exactly `[start, end)`. ValueError if that is empty."""
    start, end = instant(start), instant(end)
    if end <= start:
        raise ValueError("the end lies after the start")
    return {tier: _shifts(_resolve(rota, tier, start, end), start, end) for tier in rota.tiers}


def who(rota: Rota, at: datetime) -> dict[str, Holding | None]:
    """Who holds each tier at an instant; None for a gap."""
    at = instant(at)
    return {tier: _holding(rota, tier, at) for tier in rota.tiers}


def _holding(rota: Rota, tier: str, at: datetime) -> Holding | None:
    """The first span from `at` on, followed in growing reaches until it ends."""
    held: _Held | None = None
    reached = at
    for reach in _REACHES:
        first = next(iter(_resolve(rota, tier, reached, at + reach)), None)
        if first is None or first.start > reached or (held is not None and first.held != held):
            break
        held, reached = first.held, first.end
        if reached < at + reach:
            break
    if held is None:
        return None
    return Holding(held.person, reached if reached < at + LOOKS_AHEAD_FOR else None, held.because)


def _resolve(rota: Rota, tier: str, start: datetime, end: datetime) -> list[Span[_Held]]:
    """The spans of `[start, end)` that somebody holds, neighbours alike joined."""
    held = overlay_all(
        [
            Span(max(override.start, start), min(override.end, end), _Held(override.person, "override"))
            for override in rota.overrides_between(tier, start, end)
        ]
    )
    for layer in reversed(rota.tiers[tier]):
        open_still = list(holes(held, start, end))
        if not open_still:
            break
        held = overlay(held, _held_by(layer, rota, open_still[0].start, open_still[-1].end))
    return join(held)


def _held_by(layer: Layer, rota: Rota, start: datetime, end: datetime) -> list[Span[_Held]]:
    """What a layer alone makes of `[start, end)`: nothing before its first handover."""
    start = max(start, handover_at(layer.turn, 0, rota.zone))
    if end <= start:
        return []
    because = f"layer {layer.name}"
    return [
        Span(turn.start, turn.end, _Held(turn.held, because))
        for window in cover(layer.cover, rota.zone, start, end)
        for turn in turns(layer, rota.zone, window.start, window.end)
    ]


def _shifts(held: list[Span[_Held]], start: datetime, end: datetime) -> tuple[Shift, ...]:
    gaps: Iterable[Shift] = (Shift(hole.start, hole.end, None, None) for hole in holes(held, start, end))
    taken = (Shift(span.start, span.end, span.held.person, span.held.because) for span in held)
    return tuple(sorted([*gaps, *taken], key=lambda shift: shift.start))
