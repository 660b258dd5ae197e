"""Tells somebody that their own next shift has moved, by what was last known of it.

One rule: time going by moves nothing, and a change among colleagues is told by the change itself; each move is told
once, whichever process sees it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed, insert_once
from oncall.paging.shifts.notices import tell
from oncall.paging.shifts.wording import stretch
from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioners
from oncall.rotas.changes.laying.pieces import Stretch, held
from oncall.rotas.confidence.models import NextShift
from oncall.rotas.confidence.turns import Turn, turns_between
from oncall.rotas.models import RotaOverride
from oncall.telephony.twiml import Language

AHEAD = timedelta(weeks=4)
COMES_INTO_SIGHT = timedelta(days=1)
"""A shift this near the end of what is looked at is not new, only near enough to be seen now."""


def see_to_moves(session: Session, team: Team, *, at: datetime) -> None:
    """Notes everybody's next shift, and tells those whose has moved."""
    coming: dict[str, Turn] = {}
    for turn in turns_between(session, team, start=at, end=at + AHEAD):
        coming.setdefault(turn.person, turn)
    for person in practitioners(session, team=team):
        _look(session, team, person, coming.get(person.slug), at=at)


def _look(session: Session, team: Team, person: Practitioner, turn: Turn | None, *, at: datetime) -> None:
    now: dict[str, Any] = {"tier": turn.tier if turn else None, "from_at": turn.start if turn else None}
    to_at = turn.end if turn else None
    if insert_once(session, NextShift, team_id=team.id, practitioner_id=person.id, to_at=to_at, seen_at=at, **now):
        return
    found = select(NextShift).where(NextShift.practitioner_id == person.id)
    known = session.scalars(found.execution_options(populate_existing=True)).one()
    if (known.tier, known.from_at) == (now["tier"], now["from_at"]):
        return
    is_told = _has_moved(known, turn, at) and not _by_a_change(session, team, known, turn)
    is_told = is_told and not _is_theirs_still(session, team, person, known, turn)
    was = (known.tier, known.from_at, known.to_at)
    mine = update(NextShift).where(NextShift.id == known.id, NextShift.seen_at == known.seen_at)
    if changed(session, mine.values(to_at=to_at, seen_at=at, **now)) and is_told:
        _tell(session, team, person, was, turn, at=at)


def _has_moved(known: NextShift, turn: Turn | None, at: datetime) -> bool:
    if known.from_at is None:
        return turn is not None and turn.start < at + AHEAD - COMES_INTO_SIGHT
    return known.from_at > at


def _is_theirs_still(session: Session, team: Team, person: Practitioner, known: NextShift, turn: Turn | None) -> bool:
    """Whether they hold all of it as before, only that they come on sooner and stay on."""
    if known.tier is None or known.from_at is None or known.to_at is None or (turn and turn.start < known.from_at):
        return False
    own = held(session, team, person, start=known.from_at, end=known.to_at)
    return Stretch(known.tier, known.from_at, known.to_at) in own


def _by_a_change(session: Session, team: Team, known: NextShift, turn: Turn | None) -> bool:
    """Whether a change among colleagues has touched the shift as it was or as it is, since it was noted."""
    spans = [(known.from_at, known.to_at), (turn.start, turn.end) if turn else (None, None)]
    touching = [
        (RotaOverride.from_at < end) & (RotaOverride.to_at > start)
        for start, end in spans
        if start is not None and end is not None
    ]
    laid = select(RotaOverride.id).where(
        RotaOverride.team_id == team.id,
        RotaOverride.change_id.is_not(None),
        or_(RotaOverride.created_at >= known.seen_at, RotaOverride.removed_at >= known.seen_at),
        or_(*touching),
    )
    return session.scalars(laid.limit(1)).first() is not None


def _tell(
    session: Session,
    team: Team,
    person: Practitioner,
    was: tuple[str | None, datetime | None, datetime | None],
    turn: Turn | None,
    *,
    at: datetime,
) -> None:
    tier, start, end = was

    def values(language: Language) -> dict[str, object]:
        return {
            "was": stretch(language, team, tier, start, end) if tier and start and end else "",
            "what": stretch(language, team, turn.tier, turn.start, turn.end) if turn else "",
        }

    sentence = "shift_new" if start is None else "shift_moved" if turn else "shift_gone"
    tell(session, team, person, sentence, values, at=at)
