"""What a plan finds: the shifts to fill, and what everybody holds besides them, before, beside and after.

One rule: what is not planned stands as it is, and counts for every rule. Nothing is decided here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from rota.checks.findings import HOUR
from rota.checks.load import Days, Load, days_of, load_of, nights_in
from rota.checks.rules import hours_of
from rota.local_time import begins_at, ends_at, wall_clock
from rota.patterns import DAY
from rota.planner.asking import LOOKS_BACK_WEEKS, Ask
from rota.planner.turning import Block, Piece, blocks_of
from rota.spans import Span, cut, holes, join

Plan = dict[int, str]
"""Who holds each piece, by its number."""


@dataclass(frozen=True)
class World:
    """An ask, with what follows from it."""

    ask: Ask
    blocks: tuple[Block, ...]

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every shift to fill, by its number."""
        return tuple(piece for block in self.blocks for piece in block.pieces)

    @cached_property
    def begins(self) -> datetime:
        """When the first shift to fill begins."""
        return min((piece.start for piece in self.pieces), default=self.ask.start)

    @cached_property
    def ends(self) -> datetime:
        """When the last shift to fill ends."""
        return max((piece.end for piece in self.pieces), default=self.ask.end)

    @cached_property
    def fixed(self) -> dict[str, list[Span[str]]]:
        """What each person holds that is not planned, sorted; each holds its tier."""
        held: dict[str, list[Span[str]]] = {}
        for tier, shifts in self.ask.present.items():
            filled = sorted(Span(one.start, one.end, None) for one in self.pieces if one.tier == tier)
            for shift in shifts:
                if shift.person is not None:
                    rest = holes(cut(filled, shift.start, shift.end), shift.start, shift.end)
                    held.setdefault(shift.person, []).extend(Span(one.start, one.end, tier) for one in rest)
        return {person: sorted(spans) for person, spans in held.items()}

    @cached_property
    def away(self) -> dict[str, list[Span[None]]]:
        """When each person is on leave."""
        away: dict[str, list[Span[None]]] = {}
        for one in self.ask.leave:
            away.setdefault(one.person, []).append(Span(one.start, one.end, None))
        return {person: join(sorted(spans)) for person, spans in away.items()}

    @cached_property
    def days(self) -> Days:
        """The nights and days from where the ask looks back to, on to where it looks ahead to."""
        shifts = [shift for tier in self.ask.present.values() for shift in tier]
        start = min([self.begins, *(shift.start for shift in shifts)])
        end = max([self.ends, *(shift.end for shift in shifts)])
        counts_from = hours_of(self.ask.rules.night_counts_from_hours)
        return days_of(self.ask.zone, start, end, bank_holidays=self.ask.bank_holidays, night_counts_from=counts_from)

    @cached_property
    def asks_of(self) -> tuple[Load, ...]:
        """What each piece asks of whoever holds it."""
        return tuple(load_of([Span(piece.start, piece.end, None)], self.days) for piece in self.pieces)

    @cached_property
    def nights(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """The nights each piece touches, as days since the year 1, with its hours of each."""
        return tuple(tuple(_nights(piece, self.days)) for piece in self.pieces)

    def before(self, tier: str, person: str) -> Load:
        """What somebody held of a tier in the weeks looked back at."""
        begins = begins_at(wall_clock(self.ask.start, self.ask.zone) - 7 * LOOKS_BACK_WEEKS * DAY, self.ask.zone)
        held = [
            Span(max(shift.start, begins), min(shift.end, self.ask.start), None)
            for shift in self.ask.present.get(tier, ())
            if shift.person == person and shift.start < self.ask.start and begins < shift.end
        ]
        return load_of(held, self.days)

    def held(self, person: str, pieces: Sequence[Piece]) -> list[Span[None]]:
        """All that somebody holds with these pieces: sorted and joined."""
        fixed = [Span(span.start, span.end, None) for span in self.fixed.get(person, ())]
        return join(sorted([*fixed, *(Span(piece.start, piece.end, None) for piece in pieces)]))

    def day_after(self, at: datetime) -> datetime:
        """The same time on the next day's clock."""
        return begins_at(wall_clock(at, self.ask.zone) + DAY, self.ask.zone)

    def run_may_last_to(self, at: datetime) -> datetime:
        """Until when somebody may be on call who comes on call after a day off."""
        return ends_at(wall_clock(at, self.ask.zone) + self.ask.days_in_a_row * DAY, self.ask.zone)


def world_of(ask: Ask) -> World:
    """Raises Unplannable."""
    return World(ask, tuple(blocks_of(ask)))


def _nights(piece: Piece, days: Days) -> Iterator[tuple[int, float]]:
    for night in cut(days.nights, piece.start, piece.end):
        yield night.held.toordinal(), (night.end - night.start) / HOUR


def nights_held(world: World, held: Sequence[Span[None]]) -> set[int]:
    """The nights that count for whoever holds these stretches, as days since the year 1."""
    return {night.held.toordinal() for night in nights_in(held, world.days)}
