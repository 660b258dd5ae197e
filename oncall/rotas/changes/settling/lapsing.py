"""What is asked and comes to nothing by itself: nobody took it in time, or nobody needs it now.

One rule: leads hear of what was not covered in time, and never of time that somebody else has come to hold.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.rotas import answers, queries
from oncall.rotas.changes.answering import still_asked
from oncall.rotas.changes.asking import leads_of
from oncall.rotas.changes.doing import log, move, notify
from oncall.rotas.changes.models import RotaChange
from oncall.rotas.changes.policy import Deed, State
from rota.resolve import Shift


def drop_moot(session: Session, team: Team, *, at: datetime) -> int:
    """Settles what is asked about time that its holder no longer holds any of; gives how many."""
    asked = RotaChange.state.in_((State.OPEN, State.ACCEPTED)) & (RotaChange.to_at > at)
    found = session.scalars(select(RotaChange).where(RotaChange.team_id == team.id, asked)).all()
    if not found:
        return 0
    start, end = min(max(change.from_at, at) for change in found), max(change.to_at for change in found)
    shown, slugs = answers.show(session, team, start=start, end=end), queries.slugs(session, team_id=team.id)
    moot = [change for change in found if not _holds_any(shown.get(change.tier, ()), change, slugs, at=at)]
    dropped = [change for change in moot if move(session, change, Deed.WITHDRAW, State.WITHDRAWN, at=at)]
    for change in dropped:
        log(session, change, Deed.WITHDRAW, None, at=at)
        notify(session, change, "moot", still_asked(session, change), at=at)
    return len(dropped)


def expire(session: Session, team: Team, *, at: datetime) -> int:
    """Settles what nobody took in time, and has the leads told; gives how many."""
    due = RotaChange.state.in_((State.OPEN, State.ACCEPTED)) & (RotaChange.due_at <= at)
    found = session.scalars(select(RotaChange).where(RotaChange.team_id == team.id, due)).all()
    expired = [change for change in found if move(session, change, Deed.EXPIRE, State.EXPIRED, at=at)]
    for change in expired:
        log(session, change, Deed.EXPIRE, None, at=at)
        notify(session, change, "expired", [change.holder_id, change.taker_id], at=at)
        notify(session, change, "lead_expired", leads_of(session, team), at=at)
    return len(expired)


def _holds_any(shifts: Sequence[Shift], change: RotaChange, slugs: Mapping[UUID, str], *, at: datetime) -> bool:
    start, holder = max(change.from_at, at), change.holder_id and slugs[change.holder_id]
    return any(one.person == holder and one.start < change.to_at and start < one.end for one in shifts)
