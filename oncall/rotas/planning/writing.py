"""A team's file with a proposal in it: new layers and overrides among those it has.

One rule: what the proposal leaves alone stays as it was written, to the letter.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from oncall.people.teamfile import TeamFile
from oncall.people.teamfile.values import (
    DAYS,
    CoverEntry,
    DailyCoverEntry,
    HoursCoverEntry,
    LayerEntry,
    Moment,
    OverrideEntry,
    TurnEntry,
    WeeklyCoverEntry,
)
from rota.local_time import begins_at, wall_clock
from rota.patterns import EVERY_DAY, CoverWindow, DailyCover, HoursCover, Layer, Override, WeeklyCover
from rota.planner.proposing import Proposal


def with_proposal(file: TeamFile, proposal: Proposal) -> TeamFile:
    """The file that, loaded, puts the proposal in force."""
    zone = ZoneInfo(file.team.time_zone)
    tiers = {**file.rota.tiers, **_tiers(file, proposal)}
    overrides = tuple(_override(one, zone) for one in proposal.overrides)
    return replace(file, rota=replace(file.rota, tiers=tiers, overrides=(*file.rota.overrides, *overrides)))


def _tiers(file: TeamFile, proposal: Proposal) -> Mapping[str, tuple[LayerEntry, ...]]:
    written = {tier: {layer.name: layer for layer in layers} for tier, layers in file.rota.tiers.items()}
    return {
        tier: tuple(written[tier].get(layer.name) or _layer(layer) for layer in layers)
        for tier, layers in proposal.tiers.items()
    }


def added(file: TeamFile, proposed: TeamFile) -> tuple[dict[str, list[LayerEntry]], tuple[OverrideEntry, ...]]:
    """The layers by tier, and the overrides, that a proposal adds."""
    layers = {
        tier: [one for one in those if one not in file.rota.tiers[tier]] for tier, those in proposed.rota.tiers.items()
    }
    return {tier: those for tier, those in layers.items() if those}, proposed.rota.overrides[len(file.rota.overrides) :]


def _layer(layer: Layer) -> LayerEntry:
    turn = TurnEntry(layer.turn.every, layer.turn.unit.value, layer.turn.at, layer.turn.starts)
    return LayerEntry(layer.name, layer.people, turn, tuple(_cover(window) for window in layer.cover) or None)


def _cover(window: CoverWindow) -> CoverEntry:
    match window:
        case DailyCover():
            return DailyCoverEntry(window.start, window.end, _days(window.days))
        case WeeklyCover():
            return WeeklyCoverEntry(DAYS[window.start_day], window.start, DAYS[window.end_day], window.end)
        case HoursCover():
            return HoursCoverEntry(window.start, window.hours, _days(window.days))


def _days(days: frozenset[int]) -> tuple[str, ...] | None:
    return None if days == EVERY_DAY else tuple(DAYS[day] for day in sorted(days))


def _override(one: Override, zone: ZoneInfo) -> OverrideEntry:
    return OverrideEntry(one.tier, one.person, _moment(one.start, zone), _moment(one.end, zone), one.why)


def _moment(at: datetime, zone: ZoneInfo) -> Moment:
    """By the team's clock, with its offset where the time alone would not tell which instant is meant."""
    wall = wall_clock(at, zone)
    value = wall if begins_at(wall, zone) == at else at.astimezone(zone)
    written = value.isoformat(timespec="seconds" if value.second else "minutes")
    return Moment(written, datetime.fromisoformat(written))
