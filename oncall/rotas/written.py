"""The rota of a team file as the values that are reckoned with.

One rule: here a wall-clock instant of an override or of leave becomes an instant, and nowhere else: one that occurs
twice is the first, one that is skipped the first after the gap. Whether the file is right, and how it is stored, is for
the team file.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from oncall.people.teamfile.stored import tiers_from_json
from oncall.people.teamfile.values import (
    DAYS,
    CoverEntry,
    DailyCoverEntry,
    HoursCoverEntry,
    LayerEntry,
    Moment,
    RotaSection,
    WeeklyCoverEntry,
)
from rota.local_time import EARLIEST, LATEST, begins_at
from rota.patterns import (
    EVERY_DAY,
    CoverWindow,
    DailyCover,
    HoursCover,
    Layer,
    Leave,
    Override,
    Rota,
    Turn,
    Unit,
    WeeklyCover,
)


def rota_of(section: RotaSection, *, zone: ZoneInfo) -> Rota:
    """A team's rota as its file has it."""
    overrides = (
        override_of(
            tier=entry.tier,
            person=entry.person,
            start=instant_of(entry.start, zone=zone),
            end=instant_of(entry.end, zone=zone),
        )
        for entry in section.overrides
    )
    return Rota(zone, layers_of(section.tiers), tuple(override for override in overrides if override))


def leave_of(section: RotaSection, *, zone: ZoneInfo) -> tuple[Leave, ...]:
    """The leave a team's file has, but what lies beyond the years that can be reckoned."""
    spans = (
        (entry.person, instant_of(entry.start, zone=zone), instant_of(entry.end, zone=zone)) for entry in section.leave
    )
    return tuple(Leave(person, start, end) for person, start, end in spans if start < end)


def override_of(*, tier: str, person: str, start: datetime, end: datetime) -> Override | None:
    """An override; None if the clock change that it lies in leaves it no time."""
    return Override(tier, person, start, end) if start < end else None


def instant_of(moment: Moment, *, zone: ZoneInfo) -> datetime:
    """The instant meant, in UTC; one beyond what can be reckoned is the edge of it."""
    at = begins_at(moment.value, zone) if moment.value.tzinfo is None else moment.value
    return EARLIEST if at < EARLIEST else LATEST if at > LATEST else at.astimezone(EARLIEST.tzinfo)


def layers_of(tiers: Mapping[str, tuple[LayerEntry, ...]]) -> dict[str, tuple[Layer, ...]]:
    """The layers of each tier, in their order."""
    return {tier: tuple(_layer(entry) for entry in layers) for tier, layers in tiers.items()}


@lru_cache(maxsize=256)
def layers_in(document: str) -> dict[str, tuple[Layer, ...]]:
    """The layers of each tier of a stored document, as text; reckoned once for each that differs."""
    return layers_of(tiers_from_json(json.loads(document)))


def _layer(entry: LayerEntry) -> Layer:
    turn = Turn(entry.turn.every, Unit(entry.turn.unit), entry.turn.at, entry.turn.starts)
    return Layer(entry.name, entry.people, turn, tuple(_window(window) for window in entry.cover or ()))


def _window(entry: CoverEntry) -> CoverWindow:
    match entry:
        case DailyCoverEntry():
            return DailyCover(entry.start, entry.end, _weekdays(entry.days))
        case WeeklyCoverEntry():
            return WeeklyCover(DAYS.index(entry.start_day), entry.start, DAYS.index(entry.end_day), entry.end)
        case HoursCoverEntry():
            return HoursCover(entry.start, entry.hours, _weekdays(entry.days))


def _weekdays(days: tuple[str, ...] | None) -> frozenset[int]:
    return EVERY_DAY if days is None else frozenset(DAYS.index(day) for day in days)
