"""Leave, and what follows from it: it is imported from calendars here, and told of as it is written and taken off.

One rule: whoever writes leave, from a file, a calendar or by hand, calls `leave_written` in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.rotas.changes.absence import ask_for_cover, no_longer_ask
from oncall.rotas.models import Leave


def leave_written(session: Session, team: Team, rows: Sequence[Leave], *, at: datetime) -> None:
    """What follows from leave that was just written: colleagues are asked to cover every shift to come it touches."""
    ask_for_cover(session, team, rows, at=at)


def leave_taken_off(session: Session, team: Team, rows: Sequence[Leave], *, at: datetime) -> None:
    """What follows from leave that was just taken off: what nobody took because of it is no longer asked."""
    no_longer_ask(session, team, rows, None, at=at)
