"""What is read at a calendar's address: the one resolver's shifts, each with the number of times it was told anew.

One rule: reading changes nothing unless a shift has changed since the calendar was last read; then what is told anew is
written down first, by one transaction at a time, so that any two processes tell the same. What was told is kept by
heart while the team's version stands. What counts as a change is `policy`'s to say.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from oncall.db.claims import serialize
from oncall.db.database import Database
from oncall.people.models import Practitioner, Team
from oncall.rotas import answers
from oncall.rotas.calendars import queries, wording
from oncall.rotas.calendars.models import CalendarEvent
from oncall.rotas.calendars.policy import Held, Told, Window, held, told_anew, window
from oncall.rotas.calendars.queries import Whose
from oncall.rotas.calendars.writing import Event, written
from oncall.rotas.queries import slugs

KEPT_FOR = timedelta(minutes=5)
"""The record of who was on duty may change what is told of the past without a new version; so not for ever."""


@dataclass(frozen=True)
class Published:
    """A calendar as it was told, and a mark that changes with it."""

    text: str
    mark: str
    version: int
    covers: Window
    made_at: datetime

    def holds(self, version: int, at: datetime) -> bool:
        """Whether it is still what would be told."""
        return self.version == version and self.covers == window(at) and self.made_at <= at < self.made_at + KEPT_FOR


def read_calendar(database: Database, *, secret: str, at: datetime) -> Published | None:
    """The calendar at a secret address; None if there is none."""
    with database.reading() as session:
        of = queries.whose(session, secret=secret)
        if of is None:
            return None
        kept = _kept(session, of, at)
        if kept is not None:
            return kept
        anew, found = _look(session, of, at)
    if anew:
        with database.transaction() as session:
            found = _publish(session, of, at)
    session.info["memory"][Published, of.team_id, of.practitioner_id] = found
    return found


def _kept(session: Session, of: Whose, at: datetime) -> Published | None:
    kept = session.info["memory"].get((Published, of.team_id, of.practitioner_id))
    return kept if isinstance(kept, Published) and kept.holds(of.version, at) else None


def _publish(session: Session, of: Whose, at: datetime) -> Published:
    """Writes down what is told anew, and tells it."""
    serialize(session, f"calendar:{of.team_id}:{of.practitioner_id}")
    anew, found = _look(session, of, at)
    rows = {(row.tier, row.from_at): row for row in queries.told(session, of, covers=found.covers)}
    for one in anew:
        values = {
            "holder_id": one.shift.holder_id,
            "to_at": one.shift.end,
            "sequence": one.sequence,
            "changed_at": one.changed_at,
            "cancelled_at": one.cancelled_at,
        }
        row = rows.get(one.shift.key)
        if row is None:
            key = {"team_id": of.team_id, "practitioner_id": of.practitioner_id}
            session.add(CalendarEvent(**key, tier=one.shift.tier, from_at=one.shift.start, **values))
        else:
            for name, value in values.items():
                setattr(row, name, value)
    past = CalendarEvent.team_id == of.team_id, CalendarEvent.to_at < found.covers.asked_from
    session.execute(delete(CalendarEvent).where(*past))
    return found


def _look(session: Session, of: Whose, at: datetime) -> tuple[list[Told], Published]:
    """What is to be told anew, and the calendar with it."""
    team = session.get_one(Team, of.team_id)
    covers = window(at)
    told = [_told(row) for row in queries.told(session, of, covers=covers)]
    anew = told_anew(told, _shifts(session, team, of, covers), covers=covers, at=at)
    now = {one.shift.key: one for one in [*told, *anew]}
    text = _text(session, team, of, [one for one in now.values() if covers.touches(one.shift) and one.is_shown(at)])
    return anew, Published(text, sha256(text.encode()).hexdigest()[:32], of.version, covers, at)


def _shifts(session: Session, team: Team, of: Whose, covers: Window) -> list[Held]:
    ids = {slug: id_ for id_, slug in slugs(session, team_id=team.id).items()}
    shown = answers.show(session, team, start=covers.asked_from, end=covers.asked_to)
    theirs = (
        held(tier, shift.start, shift.end, ids[shift.person])
        for tier, shifts in shown.items()
        for shift in shifts
        if shift.person is not None and of.practitioner_id in {None, ids[shift.person]}
    )
    return [shift for shift in theirs if shift is not None]


def _told(row: CalendarEvent) -> Told:
    return Told(Held(row.tier, row.from_at, row.to_at, row.holder_id), row.sequence, row.changed_at, row.cancelled_at)


def _text(session: Session, team: Team, of: Whose, told: list[Told]) -> str:
    mine = None if of.practitioner_id is None else session.get_one(Practitioner, of.practitioner_id).name
    names = _names(session, of, told)
    events = [
        Event(
            uid=_uid(of, one.shift),
            sequence=one.sequence,
            changed_at=one.changed_at,
            start=one.shift.start,
            end=one.shift.end,
            summary=wording.summary(
                one.shift.tier,
                names.get(one.shift.holder_id),
                is_cancelled=one.cancelled_at is not None,
            ),
            is_cancelled=one.cancelled_at is not None,
        )
        for one in sorted(told, key=lambda one: (one.shift.start, one.shift.tier))
    ]
    return written(wording.title(team.name, mine), events)


def _names(session: Session, of: Whose, told: list[Told]) -> dict[UUID, str]:
    """The names that a calendar tells: in a practitioner's own, none."""
    if of.practitioner_id is not None:
        return {}
    holders = {one.shift.holder_id for one in told}
    theirs = select(Practitioner).where(Practitioner.team_id == of.team_id, Practitioner.id.in_(holders))
    return {row.id: row.name for row in session.scalars(theirs)}


def _uid(of: Whose, shift: Held) -> UUID:
    """The same whoever reckons it: a calendar, a tier, an instant."""
    return uuid5(of.team_id, f"{of.practitioner_id or 'team'} {shift.tier} {shift.start.isoformat()}")
