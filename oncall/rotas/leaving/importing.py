"""Takes leave that was read from a calendar into the rota, as often as one likes.

One rule: a calendar of a person has a name, and what is imported under it takes the place of what was before: what is
unchanged stays, what is gone is taken off unless it is over. A team's file neither takes it off nor gives it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oncall.errors import Unusable
from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioner_by_slug
from oncall.rotas.changes.doing import hold
from oncall.rotas.leaving import leave_taken_off, leave_written
from oncall.rotas.leaving.reading import Away, Read
from oncall.rotas.models import Leave
from oncall.rotas.written import instant_of


class NobodyToBeAway(Unusable):
    """There is nobody of that name who works in this team."""


@dataclass(frozen=True)
class Difference:
    """What an import does: times away that are new, rows taken off, and how many stay as they are."""

    new: Sequence[Away]
    gone: Sequence[Leave]
    unchanged: int
    skipped: int


def practitioner_named(session: Session, team: Team, slug: str) -> Practitioner:
    """Who is away. Raises NobodyToBeAway."""
    found = practitioner_by_slug(session, team=team, slug=slug)
    if found is None or not found.is_active:
        raise NobodyToBeAway
    return found


def difference(
    session: Session, person: Practitioner, read: Read, *, source: str, zone: ZoneInfo, at: datetime
) -> Difference:
    """What an import of what was read would do."""
    coming = (Leave.practitioner_id == person.id, Leave.removed_at.is_(None), Leave.to_at > at)
    theirs = select(Leave).where(Leave.team_id == person.team_id, Leave.source == _stored(source), *coming)
    left = {row.source_key: row for row in session.scalars(theirs)}
    new = []
    for away in read.away:
        start, end = instant_of(away.start, zone=zone), instant_of(away.end, zone=zone)
        row = left.get(away.key)
        if row is not None and (row.from_at, row.to_at) == (start, end):
            del left[away.key]
        elif max(start, at) < end:
            new.append(away)
    gone = sorted(left.values(), key=lambda row: row.from_at)
    return Difference(new, gone, len(read.away) - len(new), read.skipped)


def import_leave(
    session: Session, team: Team, read: Read, *, person: Practitioner, source: str, at: datetime
) -> Difference:
    """Imports what was read from a person's calendar of that name."""
    hold(session, team)
    zone = ZoneInfo(team.time_zone)
    found = difference(session, person, read, source=source, zone=zone, at=at)
    for row in found.gone:
        row.removed_at = at
    last = session.scalar(select(func.max(Leave.position)).where(Leave.team_id == team.id))
    rows = [
        Leave(
            team_id=team.id,
            practitioner_id=person.id,
            from_at=instant_of(away.start, zone=zone),
            to_at=instant_of(away.end, zone=zone),
            written={"from": away.start.written, "to": away.end.written},
            position=position,
            created_at=at,
            source=_stored(source),
            source_key=away.key,
        )
        for position, away in enumerate(found.new, start=0 if last is None else last + 1)
    ]
    session.add_all(rows)
    session.flush()
    if found.gone:
        leave_taken_off(session, team, found.gone, at=at)
    if rows:
        leave_written(session, team, rows, at=at)
    return found


def as_import_json(found: Difference) -> dict[str, Any]:
    """What an import did, or would do, as a program reads it; times as the calendar has them."""
    return {
        "new": [{"from": away.start.written, "to": away.end.written} for away in found.new],
        "taken_off": [{"from": row.written["from"], "to": row.written["to"]} for row in found.gone],
        "unchanged": found.unchanged,
        "skipped": found.skipped,
    }


def _stored(source: str) -> str:
    return f"calendar:{source}"
