"""The test call at the start of a duty: placed once, repeated once, and the leads hear of one that nobody answered.

One rule: whoever is on a call of ours is let finish it; a key pressed is the only answer, since a machine presses none.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.paging.cover import on_a_call
from oncall.paging.models import Outgoing
from oncall.paging.outbox import About, Kind, Letter, ask
from oncall.paging.shifts.notices import tell_leads
from oncall.people.models import Practitioner, Team
from oncall.people.reach import is_reachable_by_call
from oncall.rotas.confidence.models import ShiftHandover

MOST_CALLS = 2
REPEATED_AFTER = timedelta(minutes=5)
ANSWERED_WITHIN = timedelta(minutes=15)
WORTH_PLACING_FOR = timedelta(minutes=2)
GIVEN_UP_AFTER = timedelta(hours=2)


def see_to_tests(session: Session, team: Team, *, at: datetime) -> None:
    """Places the test calls that are due, and tells the leads of those that were not answered in time."""
    due = select(ShiftHandover).where(
        ShiftHandover.team_id == team.id,
        ShiftHandover.needs_test.is_(True),
        ShiftHandover.answered_at.is_(None),
        ShiftHandover.leads_told_at.is_(None),
        ShiftHandover.from_at > at - GIVEN_UP_AFTER,
    )
    for handover in session.scalars(due.order_by(ShiftHandover.from_at, ShiftHandover.id)).all():
        incoming = session.get_one(Practitioner, handover.incoming_id)
        if not is_reachable_by_call(incoming):
            _settle(session, handover, leads_told_at=at)  # they were told of it as the handover came
        elif at >= handover.from_at + ANSWERED_WITHIN:
            if _settle(session, handover, leads_told_at=at):
                _tell_unanswered(session, team, incoming, handover.tier, at=at)
        elif _is_call_due(handover, at) and not on_a_call(session, [incoming.id], at=at):
            _call(session, team, handover, incoming, at=at)


def answered(session: Session, row_id: UUID, *, at: datetime) -> bool:
    """A key was pressed in the test call with that outbox row; False if there is no such call."""
    row = session.get(Outgoing, row_id)
    if row is None or row.kind != Kind.TEST_CALL:
        return False
    handover = session.get(ShiftHandover, UUID(row.body))
    if handover is not None:
        _settle(session, handover, answered_at=at)
    return True


def _is_call_due(handover: ShiftHandover, at: datetime) -> bool:
    if handover.called_at is None:
        return True
    return handover.calls < MOST_CALLS and at >= handover.called_at + REPEATED_AFTER


def _call(session: Session, team: Team, handover: ShiftHandover, incoming: Practitioner, *, at: datetime) -> None:
    mine = update(ShiftHandover).where(ShiftHandover.id == handover.id, ShiftHandover.calls == handover.calls)
    if changed(session, mine.values(calls=handover.calls + 1, called_at=at)):
        letter = Letter(kind=Kind.TEST_CALL, to=incoming.mobile or "", body=str(handover.id))
        row = ask(session, letter, About(team_id=team.id, practitioner=incoming), at=at)
        row.valid_for_s = int(WORTH_PLACING_FOR.total_seconds())


def _settle(session: Session, handover: ShiftHandover, **values: datetime) -> bool:
    first = update(ShiftHandover).where(
        ShiftHandover.id == handover.id, ShiftHandover.answered_at.is_(None), ShiftHandover.leads_told_at.is_(None)
    )
    return changed(session, first.values(**values)) == 1


def _tell_unanswered(session: Session, team: Team, incoming: Practitioner, tier: str, *, at: datetime) -> None:
    tell_leads(session, team, "test_unanswered", lambda _: {"name": incoming.name, "tier": tier}, at=at)
