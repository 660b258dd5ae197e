"""What loads of the team's file and of calendars have changed, as lines of the log.

One rule: it is read off the rows themselves, which no load rewrites: each says when it was written, and when it was
taken off. The first file is what changes start from, and what a load only writes anew at another place is no change.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.rotas import queries
from oncall.rotas.changes.absence import GIVEN
from oncall.rotas.changes.models import RotaChange
from oncall.rotas.changes.policy import Deed
from oncall.rotas.models import Leave, RotaOverride, RotaVersion

FILE, CALENDAR = "team file", "calendar"
LAYERS, ADDED, REMOVED = "loaded", "override added", "override removed"
_ORDER = (LAYERS, REMOVED, ADDED, Deed.NO_LEAVE, Deed.LEAVE)


class _Told(NamedTuple):
    """What a load did at an instant, about one row or about the layers as a whole."""

    at: datetime
    deed: str
    kind: str
    by: str
    start: datetime
    end: datetime | None = None
    tier: str | None = None
    person_id: UUID | None = None
    why: str | None = None


def loaded(session: Session, team: Team) -> list[tuple[dict[str, Any], datetime]]:
    """Each change that a load made since the first, and when; oldest first."""
    first = session.scalar(select(func.min(RotaVersion.in_force_at)).where(RotaVersion.team_id == team.id))
    slugs, zone = queries.slugs(session, team_id=team.id), ZoneInfo(team.time_zone)
    told = [*_layers(session, team), *_overrides(session, team), *_leave(session, team)]
    since = sorted((one for one in told if first is not None and one.at > first), key=_place)
    return [(_line(one, slugs.get(one.person_id) if one.person_id else None, zone), one.at) for one in since]


def _place(told: _Told) -> tuple[datetime, int, datetime]:
    return told.at, _ORDER.index(told.deed), told.start


def _layers(session: Session, team: Team) -> Iterator[_Told]:
    found = select(RotaVersion.in_force_at).where(RotaVersion.team_id == team.id)
    for at in session.scalars(found):
        yield _Told(at, LAYERS, "layers", FILE, at)


def _overrides(session: Session, team: Team) -> Iterator[_Told]:
    """What the file added and took off; of what changes laid, only what a load took off, since the log has the rest."""
    found = select(RotaOverride, RotaChange.settled_at).outerjoin(RotaChange, RotaChange.id == RotaOverride.change_id)
    written: Counter[tuple[object, ...]] = Counter()
    taken_off: Counter[tuple[object, ...]] = Counter()
    rows = session.execute(found.where(RotaOverride.team_id == team.id)).all()
    for row, _ in rows:
        written[(row.created_at, *_about(row))] += 1
        taken_off[(row.removed_at, *_about(row))] += 1
    for row, undone_at in rows:
        if row.change_id is None and not _is_anew(taken_off, row.created_at, row):
            yield _told_of(row, row.created_at, ADDED)
        if row.removed_at not in (None, undone_at) and not _is_anew(written, row.removed_at, row):
            yield _told_of(row, row.removed_at, REMOVED)


def _is_anew(others: Counter[tuple[object, ...]], at: datetime, row: RotaOverride) -> bool:
    """Whether the same was taken off, or written, at the same instant."""
    return others[(at, *_about(row))] > 0


def _about(row: RotaOverride) -> tuple[object, ...]:
    return row.tier, row.practitioner_id, row.from_at, row.to_at


def _told_of(row: RotaOverride, at: datetime, deed: str) -> _Told:
    return _Told(at, deed, "override", FILE, row.from_at, row.to_at, row.tier, row.practitioner_id, row.why)


def _leave(session: Session, team: Team) -> Iterator[_Told]:
    rows = session.scalars(select(Leave).where(Leave.team_id == team.id)).all()
    for row in rows:
        if row.source == GIVEN:
            continue
        by = CALENDAR if row.source else FILE
        yield _Told(row.created_at, Deed.LEAVE, "leave", by, row.from_at, row.to_at, None, row.practitioner_id)
        if row.removed_at is not None:
            yield _Told(row.removed_at, Deed.NO_LEAVE, "leave", by, row.from_at, row.to_at, None, row.practitioner_id)


def _line(told: _Told, person: str | None, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "at": told.at.astimezone(zone).isoformat(),
        "deed": str(told.deed),
        "code": None,
        "kind": told.kind,
        "by": told.by,
        "for": person,
        "tier": told.tier,
        "from": told.start.astimezone(zone).isoformat(),
        "to": told.end.astimezone(zone).isoformat() if told.end else None,
        "in_return": None,
        "in_spite_of_findings": False,
        "why": told.why,
    }
