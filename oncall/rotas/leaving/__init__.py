"""Leave, and what follows from it: it is imported from calendars here, and told of as it is written and taken off.

One rule: whoever writes leave, from a file, a calendar or by hand, calls `leave_written` in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.rotas.changes.absence import ask_for_cover
from oncall.rotas.changes.answering import give_up
from oncall.rotas.changes.models import RotaChange
from oncall.rotas.changes.policy import State
from oncall.rotas.models import Leave


def leave_written(session: Session, team: Team, rows: Sequence[Leave], *, at: datetime) -> None:
    """What follows from leave that was just written: colleagues are asked to cover every shift to come it touches."""
    ask_for_cover(session, team, rows, at=at)


def leave_taken_off(session: Session, rows: Sequence[Leave], *, at: datetime) -> None:
    """What follows from leave that was just taken off: what nobody took because of it is no longer asked."""
    because = RotaChange.leave_id.in_([row.id for row in rows])
    asked = select(RotaChange).where(because, RotaChange.state.in_((State.OPEN, State.ACCEPTED)))
    for change in session.scalars(asked).all():
        give_up(session, change, None, at=at)
