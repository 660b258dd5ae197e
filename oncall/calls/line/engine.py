"""The tick of callers' lines: whose turn it is to be rung, what became of rings, who took a waiting caller by text.

It is the safety net beside the webhooks: whatever they miss is found here. A line that cannot be moved on is put off
with an alarm, and its escalation begins, so that no caller waits for a fault of ours.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from oncall.calls.line.flow import Due, Stage, Took
from oncall.calls.line.moving import advance, is_in_room, reckon_caller_in_room, reconcile
from oncall.calls.line.phones import CALLER, HUNG_UP, drop_leg
from oncall.calls.line.scene import Line, find, legs_of
from oncall.calls.models import Call, Leg
from oncall.clock import Clock
from oncall.db.claims import changed
from oncall.db.database import Database
from oncall.paging.alarms import raise_alarm
from oncall.paging.escalation import advance as escalate
from oncall.paging.escalation import locked, state_of
from oncall.paging.models import Escalation, Outgoing
from oncall.paging.policy import Phase, WaitOver

log = structlog.get_logger()
PUT_OFF_FOR = timedelta(seconds=20)
BATCH = 200
UNTOLD_FOR = timedelta(seconds=60)
"""After this the network's word of who is in a room is no longer waited for."""


def tick(database: Database, clock: Clock) -> int:
    """Moves on every line for which something is to be done; gives how many."""
    moved = 0
    with database.reading() as session:
        calls = list(dict.fromkeys(_pending(session, at=clock.now())))
        untold = list(dict.fromkeys(_untold(session, at=clock.now())))
    for call_id in calls:
        moved += _guarded(database, call_id, clock, _move_on)
    for call_id in untold:
        moved += _guarded(database, call_id, clock, _reckon_in_room)
    return moved


def next_due_at(session: Session) -> datetime | None:
    """When the next line is due."""
    return session.scalar(select(Call.due_at).where(Call.due_at.is_not(None)).order_by(Call.due_at).limit(1))


def _pending(session: Session, *, at: datetime) -> Iterable[UUID]:
    due = select(Call.id).where(Call.due_at.is_not(None), Call.due_at <= at).order_by(Call.due_at).limit(BATCH)
    yield from session.scalars(due)
    heard = select(Leg.call_id).join(Outgoing, Outgoing.id == Leg.id).where(Leg.ended_at.is_(None))
    is_stray = Leg.dropped_at.is_not(None) & Outgoing.sid.is_not(None) & Leg.moved_for.is_(None)
    for call_id in session.scalars(heard.where(or_(Outgoing.settled_at.is_not(None), is_stray)).limit(BATCH)):
        if call_id is not None:
            yield call_id
    taken = select(Call.id).join(Escalation, Escalation.incident_id == Call.incident_id)
    waits = Call.state["is_held_back"].as_boolean() & Call.due_at.is_not(None)
    yield from session.scalars(taken.where(waits, Escalation.state["phase"].as_string() == Phase.HELD.value))


def _untold(session: Session, *, at: datetime) -> Iterable[UUID]:
    """Calls whose phones the network says are live, and of which it has not told that they are in the room."""
    live = (Leg.ended_at.is_(None), Leg.dropped_at.is_(None), Outgoing.provider_status == "in-progress")
    room = or_(
        (Leg.purpose != CALLER) & Leg.joined_at.is_(None),
        Call.caller_joined_at.is_(None),
    )
    is_long = Leg.answered_at <= at - UNTOLD_FOR
    joined = select(Call.id).join(Leg, Leg.call_id == Call.id).join(Outgoing, Outgoing.id == Leg.id)
    return session.scalars(joined.where(*live, is_long, Call.ended_at.is_(None), room).limit(BATCH))


def _reckon_in_room(session: Session, call_id: UUID, at: datetime) -> bool:
    """Both lines live a minute after they were sent to the room: they are in it, whatever news of it was lost.

    So nobody who talks is paged for want of contact.
    """
    line = find(session, call_id, at=at)
    before = line.call.state
    for leg in legs_of(line):
        row = session.get(Outgoing, leg.id)
        is_long = leg.answered_at is not None and leg.answered_at <= line.at - UNTOLD_FOR
        if row is None or row.provider_status != "in-progress" or leg.dropped_at is not None or not is_long:
            continue
        is_talking = str(leg.practitioner_id) in line.state.talking
        if is_talking and leg.joined_at is None:
            is_in_room(line, leg)
        if leg.purpose == CALLER or (is_talking and not line.call.is_back):
            reckon_caller_in_room(line)
    return line.call.state != before


def _move_on(session: Session, call_id: UUID, at: datetime) -> bool:
    line = find(session, call_id, at=at)
    for leg in legs_of(line):
        if leg.dropped_at is not None and leg.moved_for != HUNG_UP:
            drop_leg(line, leg)
        reconcile(line, leg)
    return _take_elsewhere(line) | _lapse(line)


def _take_elsewhere(line: Line) -> bool:
    """Somebody took a waiting caller by text or otherwise: they are rung to be joined."""
    state = line.state
    if not state.is_held_back or state.stage not in {Stage.WAITING, Stage.ALONE}:
        return True
    if state_of(locked(line.session, line.incident.id)).phase is Phase.HELD and line.incident.holder_id:
        advance(line, Took(str(line.incident.holder_id), is_on_line=False))
    return True


def _lapse(line: Line) -> bool:
    if line.call.due_at is not None and line.call.due_at <= line.at:
        advance(line, Due())
    return True


def _guarded(
    database: Database, call_id: UUID, clock: Clock, move_on: Callable[[Session, UUID, datetime], bool]
) -> int:
    try:
        with database.transaction() as session:
            return int(move_on(session, call_id, clock.now()))
    except DBAPIError as error:
        log.error("line_tick_failed", call=str(call_id), error=type(error).__name__)
    except Exception as error:  # one bad row never stops the tick
        log.error("line_failed", call=str(call_id), error=type(error).__name__)
        _put_off(database, call_id, error, at=clock.now())
    return 0


def _put_off(database: Database, call_id: UUID, error: Exception, *, at: datetime) -> None:
    named = type(error).__name__
    try:
        with database.transaction() as session:
            row = update(Call).where(Call.id == call_id)
            changed(session, row.values(due_at=at + PUT_OFF_FOR, set_aside_at=at, error=named))
            detail = f"A caller's line could not be moved on: {named}. Their escalation has begun; it is tried again."
            raise_alarm(session, "line_failed", subject=str(call_id), at=at, detail=detail)
        with database.transaction() as session:
            line = find(session, call_id, at=at)
            if state_of(locked(session, line.incident.id)).phase is Phase.WAITING:
                escalate(session, line.team, line.incident, WaitOver(), at=at)
    except Exception as again:  # tried again at the next tick
        log.error("putting_line_off_failed", call=str(call_id), error=type(again).__name__)
