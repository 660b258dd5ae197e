"""Every look at stored rotas; each names its team, and none grows with the overrides and spells that are past."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from oncall.people.models import Practitioner
from oncall.rotas.models import DutySpell, Leave, RotaOverride, RotaVersion


class KnownOverride(NamedTuple):
    """An override as it is stored, and while it was known."""

    tier: str
    person: str
    start: datetime
    end: datetime
    created_at: datetime
    removed_at: datetime | None

    def is_known(self, at: datetime) -> bool:
        """Whether it had been written by an instant, and not yet removed."""
        return self.created_at <= at and (self.removed_at is None or at < self.removed_at)


class Away(NamedTuple):
    """Somebody's leave."""

    person: str
    start: datetime
    end: datetime


class Spell(NamedTuple):
    """Who held a tier, as recorded; `person` is None in a gap, `end` while it lasts."""

    id: UUID
    tier: str
    person: str | None
    because: str | None
    start: datetime
    end: datetime | None


class Version(NamedTuple):
    """The tiers in force from an instant on: their document as text."""

    document: str
    in_force_at: datetime


class Newest(NamedTuple):
    """The version that was stored last, and when the newest spell that is on record and lasts began."""

    document: str
    in_force_at: datetime
    recorded_at: datetime | None

    @property
    def version(self) -> Version:
        """The version alone."""
        return Version(self.document, self.in_force_at)


_VERSION = (cast(RotaVersion.tiers, Text), RotaVersion.in_force_at)
_OVERRIDE = (
    RotaOverride.tier,
    Practitioner.slug,
    RotaOverride.from_at,
    RotaOverride.to_at,
    RotaOverride.created_at,
    RotaOverride.removed_at,
)
_SPELL = (
    DutySpell.id,
    DutySpell.tier,
    Practitioner.slug,
    DutySpell.because,
    DutySpell.from_at,
    DutySpell.to_at,
)


# Written out once: the live answer is asked before every page.
_RECORDED_AT = select(func.max(DutySpell.from_at)).where(
    DutySpell.team_id == bindparam("team_id"), DutySpell.to_at.is_(None)
)
_NEWEST = (
    select(*_VERSION, _RECORDED_AT.scalar_subquery())
    .where(RotaVersion.team_id == bindparam("team_id"))
    .order_by(RotaVersion.in_force_at.desc(), RotaVersion.id.desc())
    .limit(1)
)
_OVERRIDES = (
    select(*_OVERRIDE)
    .join(Practitioner, Practitioner.id == RotaOverride.practitioner_id)
    .where(RotaOverride.team_id == bindparam("team_id"), RotaOverride.to_at > bindparam("start"))
    .order_by(RotaOverride.position, RotaOverride.id)
)

_OVERRIDES_UNTIL = _OVERRIDES.where(RotaOverride.from_at < bindparam("end"))
_VERSIONS_OF = RotaVersion.team_id == bindparam("team_id")
_SINCE = func.coalesce(
    select(func.max(RotaVersion.in_force_at))
    .where(_VERSIONS_OF, RotaVersion.in_force_at <= bindparam("start"))
    .scalar_subquery(),
    select(func.min(RotaVersion.in_force_at)).where(_VERSIONS_OF).scalar_subquery(),
)
_VERSIONS = (
    select(*_VERSION)
    .where(
        _VERSIONS_OF,
        or_(RotaVersion.in_force_at == _SINCE, RotaVersion.in_force_at.between(_SINCE, bindparam("end"))),
    )
    .order_by(RotaVersion.in_force_at, RotaVersion.id)
)
_SPELLS = select(*_SPELL).outerjoin(Practitioner, Practitioner.id == DutySpell.practitioner_id)
_ENDED = _SPELLS.where(
    DutySpell.team_id == bindparam("team_id"),
    DutySpell.to_at > bindparam("start"),
    DutySpell.from_at < bindparam("end"),
).order_by(DutySpell.tier, DutySpell.from_at)


def newest(session: Session, *, team_id: UUID) -> Newest | None:
    """The version that was stored last."""
    row = session.execute(_NEWEST, {"team_id": team_id}).first()
    return None if row is None else Newest(*row)


def versions_between(session: Session, *, team_id: UUID, start: datetime, end: datetime) -> list[Version]:
    """The version in force at `start` (if there was none yet, the first of all), and the later ones up to `end`."""
    found = session.execute(_VERSIONS, {"team_id": team_id, "start": start, "end": end})
    return [Version(*row) for row in found]


def overrides_between(
    session: Session, *, team_id: UUID, start: datetime, end: datetime | None = None
) -> list[KnownOverride]:
    """The overrides that touch `[start, end)`, removed ones too, in the order they were written in."""
    touching = _OVERRIDES if end is None else _OVERRIDES_UNTIL
    asked = {"team_id": team_id, "start": start, "end": end}
    return [KnownOverride(*row) for row in session.execute(touching, asked)]


def ended_spells(session: Session, *, team_id: UUID, start: datetime, end: datetime) -> list[Spell]:
    """The spells on record that touch `[start, end)` and are over, by tier and in their order."""
    found = session.execute(_ENDED, {"team_id": team_id, "start": start, "end": end})
    return [Spell(*row) for row in found]


def open_spells(session: Session, *, team_id: UUID) -> list[Spell]:
    """The spells on record that last, one a tier at most."""
    return _spells(session, and_(DutySpell.team_id == team_id, DutySpell.to_at.is_(None)))


def recorded_until(session: Session, *, team_id: UUID, tier: str) -> datetime | None:
    """The end of the last spell on record for a tier, of those that are over."""
    of_tier = and_(DutySpell.team_id == team_id, DutySpell.tier == tier)
    return session.scalar(select(func.max(DutySpell.to_at)).where(of_tier))


def standing_overrides(session: Session, *, team_id: UUID) -> Sequence[RotaOverride]:
    """The overrides that have not been removed, in the order they were written in."""
    standing = select(RotaOverride).where(RotaOverride.team_id == team_id, RotaOverride.removed_at.is_(None))
    return session.scalars(standing.order_by(RotaOverride.position, RotaOverride.id)).all()


def standing_leave(session: Session, *, team_id: UUID) -> Sequence[Leave]:
    """The leave of the team's file that has not been removed, in the order it was written in."""
    standing = select(Leave).where(Leave.team_id == team_id, Leave.removed_at.is_(None), Leave.source.is_(None))
    return session.scalars(standing.order_by(Leave.position, Leave.id)).all()


def leave_removed(session: Session, *, team_id: UUID, at: datetime) -> Sequence[Leave]:
    """The leave that was taken off at that very instant."""
    return session.scalars(select(Leave).where(Leave.team_id == team_id, Leave.removed_at == at)).all()


def leave_between(session: Session, *, team_id: UUID, start: datetime, end: datetime) -> list[Away]:
    """The leave that has not been removed and touches `[start, end)`."""
    touching = and_(Leave.team_id == team_id, Leave.to_at > start, Leave.from_at < end, Leave.removed_at.is_(None))
    named = select(Practitioner.slug, Leave.from_at, Leave.to_at).join(Leave, Leave.practitioner_id == Practitioner.id)
    return [Away(*row) for row in session.execute(named.where(touching).order_by(Leave.position, Leave.id))]


def on_leave(session: Session, *, team_id: UUID, at: datetime) -> set[str]:
    """The slugs of those who are away at an instant, as known then."""
    away = and_(Leave.team_id == team_id, Leave.to_at > at, Leave.from_at <= at)
    known = and_(Leave.created_at <= at, or_(Leave.removed_at.is_(None), Leave.removed_at > at))
    named = select(Practitioner.slug).join(Leave, Leave.practitioner_id == Practitioner.id)
    return set(session.scalars(named.where(away, known)))


def slugs(session: Session, *, team_id: UUID) -> dict[UUID, str]:
    """The slug of every practitioner the team has or had."""
    named = select(Practitioner.id, Practitioner.slug).where(Practitioner.team_id == team_id)
    return dict(session.execute(named).all())


def _spells(session: Session, which: ColumnElement[bool]) -> list[Spell]:
    ordered = _SPELLS.where(which).order_by(DutySpell.tier, DutySpell.from_at)
    return [Spell(*row) for row in session.execute(ordered)]
