"""What is told anew in a calendar: what was last told of each shift, against the shifts as they are now.

One rule: a shift is known by its tier and the instant it begins, so whatever else of it changes is told as a change of
the same event, with a higher sequence; one that is gone is told as cancelled, and if it comes back, as changed again.
Which shifts there are is the resolver's to say, how they are written is `writing`'s.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

BACK_FOR = timedelta(days=31)
AHEAD_FOR = timedelta(days=366)
LASTS_FOR = timedelta(weeks=58)
MARGIN = timedelta(weeks=2)
CANCELLED_FOR = timedelta(days=14)


class Held(NamedTuple):
    """A shift that somebody holds, on whole seconds, which is as fine as a calendar tells time."""

    tier: str
    start: datetime
    end: datetime
    holder_id: UUID

    @property
    def key(self) -> tuple[str, datetime]:
        """What it is known by in its calendar."""
        return self.tier, self.start


@dataclass(frozen=True)
class Told:
    """What a calendar last told of a shift."""

    shift: Held
    sequence: int
    changed_at: datetime
    cancelled_at: datetime | None = None

    def is_shown(self, at: datetime) -> bool:
        """Whether it is still told of: a cancelled one for a while only."""
        return self.cancelled_at is None or at < self.cancelled_at + CANCELLED_FOR


class Window(NamedTuple):
    """What a calendar covers, and how far beyond it the rota is asked so that no shift is cut short at its edge."""

    start: datetime
    end: datetime

    @property
    def asked_from(self) -> datetime:
        """From where the rota is asked."""
        return self.start - MARGIN

    @property
    def asked_to(self) -> datetime:
        """Up to where the rota is asked."""
        return self.end + MARGIN

    def touches(self, shift: Held) -> bool:
        """Whether any of the shift lies in it."""
        return self.start < shift.end and shift.start < self.end


def window(at: datetime) -> Window:
    """At least 31 days back and a year ahead; it moves on Mondays only, so that a calendar keeps still in between."""
    start = _monday(at - BACK_FOR)
    return Window(start, start + LASTS_FOR)


def held(tier: str, start: datetime, end: datetime, holder_id: UUID) -> Held | None:
    """A shift on whole seconds; None if it is shorter than that."""
    start, end = _whole(start), _whole(end)
    return Held(tier, start, end, holder_id) if start < end else None


def told_anew(told: Sequence[Told], shifts: Iterable[Held], *, covers: Window, at: datetime) -> list[Told]:
    """What has changed: new, changed, cancelled and restored events, of those that the window touches."""
    known = {one.shift.key: one for one in told}
    now = {shift.key: shift for one in shifts if covers.touches(shift := _begun(one, told, covers))}
    changed = [_told(shift, known.get(shift.key), at) for shift in now.values()]
    gone = [one for one in told if one.cancelled_at is None and covers.touches(one.shift) and one.shift.key not in now]
    cancelled = [replace(one, sequence=one.sequence + 1, changed_at=at, cancelled_at=at) for one in gone]
    return [one for one in [*changed, *cancelled] if one != known.get(one.shift.key)]


def _told(shift: Held, before: Told | None, at: datetime) -> Told:
    if before is None:
        return Told(shift, 0, at)
    if before.cancelled_at is None and before.shift == shift:
        return before
    return Told(shift, before.sequence + 1, at)


def _begun(shift: Held, told: Sequence[Told], covers: Window) -> Held:
    """A shift that began before the rota was asked keeps the beginning that was told of it."""
    if shift.start > covers.asked_from:
        return shift
    for one in told:
        known = one.shift
        is_same = one.cancelled_at is None and (known.tier, known.holder_id) == (shift.tier, shift.holder_id)
        if is_same and known.start <= shift.start <= known.end:
            return shift._replace(start=known.start)
    return shift


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _monday(at: datetime) -> datetime:
    day = at.astimezone(UTC).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(0, 0), tzinfo=UTC)
