"""Leave given and taken back by hand, and what leave asks of colleagues.

One rule: leave takes nobody off the rota by itself; each shift it touches is asked to be covered at once, and no
assignment is made into it. Leave of the team's file is changed in the file.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.errors import NotFound
from oncall.people.models import Team
from oncall.rotas.changes.answering import give_up
from oncall.rotas.changes.asking import open_for_leave
from oncall.rotas.changes.doing import Doing, hold
from oncall.rotas.changes.models import RotaChange, RotaLogEntry
from oncall.rotas.changes.policy import BadChange, Deed, State
from oncall.rotas.models import Leave

GIVEN = "given"
"""The source of leave that was given by hand."""


class NoSuchLeave(NotFound):
    """No leave of that person from then to then was given by hand; leave of the team's file is changed in the file."""


def give_leave(session: Session, team: Team, start: datetime, end: datetime, doing: Doing) -> Leave:
    """Writes leave, and asks for cover of what it touches. Raises BadChange."""
    hold(session, team)
    if start >= end or end <= doing.at:
        raise BadChange("Leave is for some time to come.")
    zone = ZoneInfo(team.time_zone)
    last = session.scalar(select(func.max(Leave.position)).where(Leave.team_id == team.id))
    leave = Leave(
        team_id=team.id,
        practitioner_id=doing.person.id,
        from_at=start,
        to_at=end,
        written={"from": start.astimezone(zone).isoformat(), "to": end.astimezone(zone).isoformat()},
        position=0 if last is None else last + 1,
        created_at=doing.at,
        source=GIVEN,
    )
    session.add(leave)
    session.flush()
    _log(session, leave, Deed.LEAVE, doing)
    ask_for_cover(session, team, [leave], at=doing.at)
    return leave


def take_leave_back(session: Session, team: Team, start: datetime, end: datetime, doing: Doing) -> Leave:
    """Takes leave off again, and what was asked because of it and nobody took. Raises NoSuchLeave."""
    hold(session, team)
    same = (Leave.from_at == start) & (Leave.to_at == end) & (Leave.practitioner_id == doing.person.id)
    standing = select(Leave).where(Leave.team_id == team.id, same, Leave.source == GIVEN, Leave.removed_at.is_(None))
    leave = session.scalars(standing.limit(1)).first()
    if leave is None:
        raise NoSuchLeave
    changed(session, update(Leave).where(Leave.id == leave.id).values(removed_at=doing.at))
    _log(session, leave, Deed.NO_LEAVE, doing)
    no_longer_ask(session, team, [leave], doing, at=doing.at)
    return leave


def no_longer_ask(session: Session, team: Team, rows: Iterable[Leave], doing: Doing | None, *, at: datetime) -> None:
    """Gives up what nobody took because of leave that was just taken off, unless other leave still asks for it."""
    because = RotaChange.leave_id.in_([row.id for row in rows])
    asked = select(RotaChange).where(because, RotaChange.state.in_((State.OPEN, State.ACCEPTED)))
    for change in session.scalars(asked).all():
        give_up(session, change, doing, at=at)
        touching = (Leave.from_at < change.to_at) & (Leave.to_at > change.from_at) & Leave.removed_at.is_(None)
        others = select(Leave).where(Leave.practitioner_id == change.holder_id, touching)
        for other in session.scalars(others.order_by(Leave.position)).all():
            open_for_leave(session, team, other, at=at, within=change)


def ask_for_cover(session: Session, team: Team, rows: Iterable[Leave], *, at: datetime) -> list[RotaChange]:
    """Asks for cover of every shift to come that this leave touches, once for each leave and shift."""
    hold(session, team)
    asked: list[RotaChange] = []
    for leave in rows:
        known = select(RotaChange.id).where(RotaChange.leave_id == leave.id).limit(1)
        if leave.removed_at is None and session.scalar(known) is None:
            asked += open_for_leave(session, team, leave, at=at)
    return asked


def _log(session: Session, leave: Leave, deed: Deed, doing: Doing) -> None:
    session.add(
        RotaLogEntry(
            team_id=leave.team_id,
            at=doing.at,
            deed=deed.value,
            leave_id=leave.id,
            by_id=doing.by.id,
            for_id=doing.person.id,
            was_allowed=False,
            why=doing.why,
        )
    )
