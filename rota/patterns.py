"""What a team writes down: layers of people who take turns, when a layer applies, and overrides.

One rule: nothing here is reckoned; these are values, as they stand in the team's file, and the few checks without
which reckoning them would make no sense. Times of day are wall clock in the team's zone, overrides and leave instants
in UTC; weekdays count from 0, Monday. Turns are reckoned in `turns`, cover in `cover`.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import ClassVar
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
EVERY_DAY = frozenset(range(7))

_LONGEST_TURN = timedelta(days=1_000_000)
_MIDNIGHT = time(0, 0)


class Unit(StrEnum):
    """What a turn is counted in."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True)
class Turn:
    """How long a turn lasts, and when the first begins."""

    every: int
    unit: Unit
    at: time
    starts: date

    def __post_init__(self) -> None:
        if self.every < 1:
            raise ValueError("a turn lasts at least one unit")

    @cached_property
    def lasts_for(self) -> timedelta:
        """By wall clock, for days and weeks; elapsed, for hours. More than the calendar holds tells no more."""
        unit = {Unit.HOUR: timedelta(hours=1), Unit.DAY: DAY, Unit.WEEK: WEEK}[self.unit]
        return min(self.every, _LONGEST_TURN // unit) * unit

    @property
    def first_wall(self) -> datetime:
        """The first handover, by wall clock."""
        return datetime.combine(self.starts, self.at)


@dataclass(frozen=True)
class DailyCover:
    """By wall clock, on each of `days`, `start` to the next `end`; equal: 24 hours."""

    start: time
    end: time
    days: frozenset[int] = EVERY_DAY

    is_elapsed: ClassVar[bool] = False

    @property
    def lasts_for(self) -> timedelta:
        """By wall clock."""
        lasts_for = _since_midnight(self.end) - _since_midnight(self.start)
        return lasts_for if lasts_for > timedelta(0) else lasts_for + DAY


@dataclass(frozen=True)
class WeeklyCover:
    """By wall clock, once a week, from a time on one day to the next such time on another; equal: the whole week."""

    start_day: int
    start: time
    end_day: int
    end: time

    is_elapsed: ClassVar[bool] = False

    @property
    def days(self) -> frozenset[int]:
        """The day it starts on."""
        return frozenset({self.start_day})

    @property
    def lasts_for(self) -> timedelta:
        """By wall clock."""
        days = timedelta(days=self.end_day - self.start_day)
        lasts_for = days + _since_midnight(self.end) - _since_midnight(self.start)
        return lasts_for if lasts_for > timedelta(0) else lasts_for + WEEK


@dataclass(frozen=True)
class HoursCover:
    """On each of `days`, from `start` by wall clock for so many elapsed hours."""

    start: time
    hours: int
    days: frozenset[int] = EVERY_DAY

    is_elapsed: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if self.hours < 1:
            raise ValueError("cover lasts at least one hour")

    @property
    def lasts_for(self) -> timedelta:
        """Elapsed; more than two weeks tell no more than two weeks do."""
        return min(self.hours, 14 * 24) * timedelta(hours=1)


CoverWindow = DailyCover | WeeklyCover | HoursCover


@dataclass(frozen=True)
class Layer:
    """People who take turns, whenever `cover` applies (all hours, if there is none)."""

    name: str
    people: tuple[str, ...]
    turn: Turn
    cover: tuple[CoverWindow, ...] = ()

    def __post_init__(self) -> None:
        if not self.people:
            raise ValueError("a layer needs at least one person")


@dataclass(frozen=True)
class Override:
    """One person on one tier in `[start, end)`, whatever the layers say."""

    tier: str
    person: str
    start: datetime
    end: datetime
    why: str | None = None

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("an override ends after it starts")


@dataclass(frozen=True)
class Leave:
    """A person is away in `[start, end)`; that takes nobody off the rota."""

    person: str
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("leave ends after it starts")


@dataclass(frozen=True)
class Rota:
    """A team's rota. In `tiers` and in `overrides` the later wins over the earlier."""

    zone: ZoneInfo
    tiers: Mapping[str, tuple[Layer, ...]]
    overrides: tuple[Override, ...] = ()
    leave: tuple[Leave, ...] = ()

    def overrides_between(self, tier: str, start: datetime, end: datetime) -> Sequence[Override]:
        """A tier's overrides that touch `[start, end)`, in the order they were written; past ones cost nothing."""
        by_end = self._overrides_by_end.get(tier, [])
        touching = [
            numbered
            for numbered in by_end[bisect_right(by_end, start, key=lambda numbered: numbered[1].end) :]
            if numbered[1].start < end
        ]
        return [override for _, override in sorted(touching, key=lambda numbered: numbered[0])]

    @cached_property
    def _overrides_by_end(self) -> dict[str, list[tuple[int, Override]]]:
        by_tier: dict[str, list[tuple[int, Override]]] = {tier: [] for tier in self.tiers}
        for numbered in sorted(enumerate(self.overrides), key=lambda numbered: numbered[1].end):
            by_tier.setdefault(numbered[1].tier, []).append(numbered)
        return by_tier


def _since_midnight(at: time) -> timedelta:
    return datetime.combine(date.min, at) - datetime.combine(date.min, _MIDNIGHT)
