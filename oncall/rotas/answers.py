"""Who is on call, of a stored rota: at an instant, and over a span.

One rule: every answer is `rota`'s resolver's, over the rota as it was known at each instant, and the record of who
really was on duty lies on top of it; so a change made today says nothing new of yesterday. The live answer looks only
at what can still matter. Writing that record is left to `duty`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.rotas import queries
from oncall.rotas.queries import KnownOverride, Version
from oncall.rotas.written import layers_in, override_of
from rota import resolve
from rota.local_time import LATEST, instant
from rota.patterns import Rota
from rota.resolve import LOOKS_AHEAD_FOR, Holding, Shift
from rota.spans import Span, join, overlay


class _Held(NamedTuple):
    person: str | None
    because: str | None


_GAP = _Held(None, None)


@dataclass(frozen=True)
class _Known:
    """What was written of a team's rota over a span; `versions` has the one in force at its start, and the later."""

    team: Team
    versions: Sequence[Version]
    overrides: Sequence[KnownOverride]

    def changes(self) -> list[datetime]:
        """The instants at which it changed, among others."""
        written = [version.in_force_at for version in self.versions]
        written += [override.created_at for override in self.overrides]
        return written + [override.removed_at for override in self.overrides if override.removed_at is not None]

    def rota(self, at: datetime, *, only: str | None = None) -> Rota:
        """The rota as it was known at an instant, or only one of its tiers; before the first was written, the first."""
        known_at = max(at, self.versions[0].in_force_at)
        version = [version for version in self.versions if version.in_force_at <= known_at][-1]
        layers = layers_in(version.document)
        overrides = (
            override_of(tier=override.tier, person=override.person, start=override.start, end=override.end)
            for override in self.overrides
            if override.is_known(known_at)
        )
        return Rota(
            ZoneInfo(self.team.time_zone),
            layers if only is None else {tier: layers[tier] for tier in layers if tier == only},
            tuple(override for override in overrides if override),
        )


def who(session: Session, team: Team, *, at: datetime) -> dict[str, Holding | None]:
    """Who holds each tier at an instant, by slug; None for a gap. ValueError for an instant that cannot be asked."""
    at = instant(at)
    newest = queries.newest(session, team_id=team.id)
    if newest is None:
        return {}
    known = _Known(team, [newest.version], queries.overrides_between(session, team_id=team.id, start=at))
    if any(at < changed for changed in [newest.recorded_at or at, *known.changes()]):
        return _who_then(session, team, at)
    return resolve.who(known.rota(at), at)


def show(session: Session, team: Team, *, start: datetime, end: datetime) -> dict[str, tuple[Shift, ...]]:
    """Each tier's shifts and gaps: consecutive, and exactly `[start, end)`. ValueError if that is empty."""
    start, end = instant(start), instant(end)
    if end <= start:
        raise ValueError("the end lies after the start")
    plan = _planned(session, team, start, end)
    recorded: dict[str, list[Span[_Held]]] = {}
    for spell in queries.ended_spells(session, team_id=team.id, start=start, end=end):
        span = Span(max(spell.start, start), min(spell.end or end, end), _Held(spell.person, spell.because))
        recorded.setdefault(spell.tier, []).append(span)
    tiers = dict.fromkeys([*plan, *recorded])
    return {tier: _shifts(overlay(recorded.get(tier, []), plan.get(tier, [])), start, end) for tier in tiers}


def planned(session: Session, team: Team, *, tier: str, start: datetime, end: datetime) -> list[Shift]:
    """One tier's shifts as planned, each part as the rota was known then; nothing where there was no such tier."""
    spans = join(_planned(session, team, start, end, only=tier).get(tier, []))
    return [Shift(span.start, span.end, span.held.person, span.held.because) for span in spans]


def tiers(session: Session, team: Team, *, start: datetime, end: datetime) -> list[str]:
    """The names of every tier there was from `start` to `end`, those of the newest rota first."""
    versions = queries.versions_between(session, team_id=team.id, start=start, end=end)
    return [*dict.fromkeys(tier for version in reversed(versions) for tier in layers_in(version.document))]


def _who_then(session: Session, team: Team, at: datetime) -> dict[str, Holding | None]:
    """The answer where the rota has changed since, or where there is a record: the first shift of what is shown."""
    end = min(at + LOOKS_AHEAD_FOR, LATEST - timedelta(microseconds=1))
    firsts = {tier: shifts[0] for tier, shifts in show(session, team, start=at, end=end).items()}
    return {
        tier: None
        if shift.person is None or shift.because is None
        else Holding(shift.person, shift.end if shift.end < end else None, shift.because)
        for tier, shift in firsts.items()
    }


def _planned(
    session: Session, team: Team, start: datetime, end: datetime, *, only: str | None = None
) -> dict[str, list[Span[_Held]]]:
    """By tier, the tiers of the newest rota first: what the rota of each time made of it, gaps included."""
    versions = queries.versions_between(session, team_id=team.id, start=start, end=end)
    if not versions:
        return {}
    known = _Known(team, versions, queries.overrides_between(session, team_id=team.id, start=start, end=end))
    changes = {at for at in known.changes() if max(start, versions[0].in_force_at) < at < end}
    parts: dict[str, list[Span[_Held]]] = {}
    for begins, ends in reversed(list(pairwise([start, *sorted(changes), end]))):
        for tier, shifts in resolve.show(known.rota(begins, only=only), begins, ends).items():
            spans = [Span(shift.start, shift.end, _Held(shift.person, shift.because)) for shift in shifts]
            parts[tier] = spans + parts.get(tier, [])
    return parts


def _shifts(spans: list[Span[_Held]], start: datetime, end: datetime) -> tuple[Shift, ...]:
    filled = join(overlay(spans, [Span(start, end, _GAP)]))
    return tuple(Shift(span.start, span.end, span.held.person, span.held.because) for span in filled)
