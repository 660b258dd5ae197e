"""Who is on call now, from what a process knows by heart of a team's rota under the team's present version.

The answer is the one resolver's; it is kept until the first of its stretches ends.
"""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.people.directory import Directory
from oncall.rotas import queries
from oncall.rotas.models import Leave
from oncall.rotas.written import layers_in, override_of
from rota import resolve
from rota.patterns import Rota
from rota.resolve import Holding


@dataclass
class Live:
    """A team's rota as of a version, from `read_at` on."""

    version: int
    read_at: datetime
    rota: Rota | None
    leave: tuple[tuple[str, datetime, datetime], ...]
    _kept: tuple[datetime, datetime, dict[str, Holding | None]] | None = field(default=None)

    def who(self, at: datetime) -> dict[str, Holding | None]:
        """Who holds each tier at `at`, by slug; None for a gap."""
        kept = self._kept
        if kept is not None and kept[0] <= at < kept[1]:
            return kept[2]
        held = resolve.who(self.rota, at) if self.rota else {}
        ends = [holding.until for holding in held.values() if holding and holding.until]
        if held and all(held.values()) and ends:
            self._kept = (at, min(ends), held)
        return held

    def away(self, at: datetime) -> set[str]:
        """The slugs of those on leave at `at`."""
        return {person for person, start, end in self.leave if start <= at < end}


def live(session: Session, directory: Directory, *, at: datetime) -> Live:
    """The team's rota by heart, read anew if it has changed, or if it is asked of a time before it was read."""
    memory: dict[object, object] = session.info["memory"]
    known = memory.get((Live, directory.team.id))
    if isinstance(known, Live) and known.version == directory.version and known.read_at <= at:
        return known
    session.flush()
    read = Live(directory.version, at, _rota(session, directory, at), _leave(session, directory, at))
    memory[Live, directory.team.id] = read
    return read


def _rota(session: Session, directory: Directory, at: datetime) -> Rota | None:
    team = directory.team
    newest = queries.newest(session, team_id=team.id)
    if newest is None:
        return None
    found = queries.overrides_between(session, team_id=team.id, start=at)
    standing = (one for one in found if one.removed_at is None)
    overrides = (override_of(tier=o.tier, person=o.person, start=o.start, end=o.end) for o in standing)
    layers = layers_in(newest.version.document)
    return Rota(ZoneInfo(team.time_zone), layers, tuple(override for override in overrides if override))


def _leave(session: Session, directory: Directory, at: datetime) -> tuple[tuple[str, datetime, datetime], ...]:
    slugs = {row.id: row.slug for row in directory.practitioners}
    coming = select(Leave).where(Leave.team_id == directory.team.id, Leave.to_at > at, Leave.removed_at.is_(None))
    return tuple((slugs[row.practitioner_id], row.from_at, row.to_at) for row in session.scalars(coming))
