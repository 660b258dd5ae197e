"""Moves a caller's line on: decide, store, and write what follows, all in the transaction that holds the line.

The decision is the flow's; what it asks for becomes rows and lines of the record in `effects`.
"""

from datetime import timedelta

from sqlalchemy import select

from oncall.calls.line.crews import crew_of, pattern_of
from oncall.calls.line.effects import apply
from oncall.calls.line.flow import CallerGone, CallerJoined, Event, Gone, Joined, RingOver, Stage, decide
from oncall.calls.line.phones import BRING, tell_absent
from oncall.calls.line.scene import Line
from oncall.calls.models import Leg
from oncall.paging.models import Engaged, Outgoing
from oncall.paging.sending.receipts import receive
from oncall.telephony.statuses import call_is_over

GREETING_LASTS = timedelta(seconds=25)
"""At the longest, in two languages and with a long name."""


def advance(line: Line, event: Event) -> None:
    """What `event` leads to, stored and written down."""
    before = line.state if line.call.state else None
    decision = decide(before, event, pattern=pattern_of(line.team), crew=crew_of(line), now=line.at)
    line.call.state = decision.state.to_row()
    line.call.due_at = decision.state.due_at
    line.call.set_aside_at, line.call.error = None, None
    if decision.state.stage is Stage.OVER and line.call.ended_at is None:
        line.call.ended_at = line.at
    line.session.flush()
    apply(line, event, before, decision.effects)
    line.session.flush()


def caller_is_in_room(line: Line) -> None:
    """The caller is in the room, whoever told of it: the network, or a request that only comes from there."""
    line.call.caller_joined_at = line.call.caller_joined_at or line.at
    advance(line, CallerJoined())


def reckon_caller_in_room(line: Line) -> None:
    """Whoever was greeted, is not known to have hung up and had time to come is in the room, told of or not."""
    has_had_time = line.call.began_at <= line.at - GREETING_LASTS
    if has_had_time and line.state.stage is Stage.TALKING and not line.state.is_caller_in_room:
        caller_is_in_room(line)


def is_in_room(line: Line, leg: Leg) -> None:
    """A practitioner is in the room; one whose line has ended is not."""
    if leg.practitioner_id is not None and leg.ended_at is None:
        leg.joined_at, leg.stepped_aside_at = leg.joined_at or line.at, None
        advance(line, Joined(str(leg.practitioner_id)))


def end_leg(line: Line, leg: Leg) -> None:
    """A phone's line has ended: what that means depends on whose it was and how far they had come. Once."""
    if leg.ended_at is not None:
        return
    leg.ended_at = line.at
    line.session.flush()
    if leg.practitioner_id is None:
        advance(line, CallerGone())
        return
    person = str(leg.practitioner_id)
    if person in line.state.talking:
        advance(line, Gone(person))
    elif leg.dropped_at is None:
        advance(line, RingOver(person))
        if leg.purpose == BRING:
            tell_absent(line, leg)


def hung_up(line: Line, leg: Leg) -> None:
    """The network tells that a phone's line has ended, before it tells how its call fared."""
    row = line.session.get(Outgoing, leg.id)
    if row is not None and leg.sid is not None:
        receive(line.session, row.id, sid=leg.sid, status="completed", code=None, at=line.at)
    end_engagement(line, leg)
    end_leg(line, leg)


def end_engagement(line: Line, leg: Leg) -> None:
    """Whoever rang in is free again."""
    rang_in = select(Engaged).where(Engaged.call_sid == leg.sid, Engaged.ended_at.is_(None))
    for engaged in line.session.scalars(rang_in):
        engaged.ended_at = line.at
    line.session.flush()


def reconcile(line: Line, leg: Leg) -> None:
    """Takes in how the call that was placed for this leg fared, however that became known."""
    row = line.session.get(Outgoing, leg.id)
    if row is not None and (row.settled_at is not None or call_is_over(row.provider_status or "")):
        end_leg(line, leg)
