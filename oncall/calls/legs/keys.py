"""What a practitioner's key does when rung for a caller: only a key takes, and the first to press it has the caller.

Pressed twice, or told twice, it comes to the same; any other key asks again.
"""

from oncall.calls.legs.phone import Phone
from oncall.calls.legs.prompts import LATE, asked, nothing_needed, purpose
from oncall.calls.line.back import can_ring, ring_back
from oncall.calls.line.flow import Finished, PassedOn, RingOver, Took, Why
from oncall.calls.line.moving import advance
from oncall.calls.line.opening import follow_up
from oncall.calls.line.phones import BACK, BRING
from oncall.calls.line.scene import Line, live_call
from oncall.calls.line.scene import find as find_line
from oncall.incidents.actions import record
from oncall.incidents.models import Incident
from oncall.incidents.restricting import Withheld
from oncall.paging import actions, policy
from oncall.paging.answering import take_and_answer
from oncall.paging.escalation import advance as escalate


def pressed(phone: Phone, digits: str) -> str:
    """What the key does, and what is said then."""
    if (over := nothing_needed(phone)) is not None:
        return over
    incident = phone.incident
    if incident is None or digits not in {"1", "2"}:
        return asked(phone, with_opening=False)
    try:
        return _one(phone, incident) if digits == "1" else _two(phone, incident)
    except actions.AlreadyTaken as taken:
        return phone.end("already", name=taken.name)
    except (actions.AlreadyClosed, Withheld):
        return phone.end("closed")


def _one(phone: Phone, incident: Incident) -> str:
    what, line = purpose(phone), phone.line
    if what == BRING and line is not None:
        advance(line, Took(phone.person, is_on_line=True))
        return phone.room(line, *phone.said("joining"))
    if what in {LATE, BACK} or line is None:
        return take_and_ring(phone, incident)
    return take_and_join(phone, line)


def take_and_join(phone: Phone, line: Line) -> str:
    """Takes the incident of a caller who is on the line, or what follows a closed one. Raises AlreadyTaken."""
    try:
        actions.take(phone.session, phone.team, line.incident, by=phone.by, at=phone.at)
    except actions.AlreadyClosed:
        line = follow_up(line, is_waiting=True)
        actions.take(phone.session, phone.team, line.incident, by=phone.by, at=phone.at)
    phone.leg.call_id, phone.leg.moved_for, phone.leg.joined_at = line.call.id, None, None
    phone.session.flush()
    advance(line, Took(phone.person, is_on_line=True))
    return phone.room(line, *phone.said("taken"))


def take_and_speak(phone: Phone, incident: Incident) -> str:
    """Takes an incident unless it is theirs, and joins its caller if they are on the line, or else rings them."""
    call = live_call(phone.session, incident)
    if call is not None:
        line = find_line(phone.session, call.id, at=phone.at)
        if line.is_caller_there:
            return take_and_join(phone, line)
    return take_and_ring(phone, incident)


def take_and_ring(phone: Phone, incident: Incident) -> str:
    """Takes an incident unless it is theirs, and rings its caller. Raises AlreadyTaken, AlreadyClosed."""
    if incident.holder_id != phone.by.id:
        take_and_answer(phone.session, phone.team, incident, by=phone.by, at=phone.at)
    if not can_ring(incident):
        return phone.end("alone_hidden")
    line = ring_back(phone.session, phone.leg, incident, by=phone.by, at=phone.at)
    return phone.room(line, *phone.said("ringing_caller", caller=phone.caller(incident)))


def _two(phone: Phone, incident: Incident) -> str:
    line = phone.line
    match phone.leg.purpose:
        case Why.AGAIN if line is not None and line.is_caller_there:
            advance(line, Finished(phone.person))
            return phone.end("noted")
        case purpose_ if purpose_ in {BRING, BACK}:
            if line is not None:
                advance(line, RingOver(phone.person))
            return phone.end("passed_on")
        case _:
            _pass_on(phone, incident)
            return phone.end("passed_on")


def _pass_on(phone: Phone, incident: Incident) -> None:
    said = f"{phone.by.name} passed it on."
    record(phone.session, incident, at=phone.at, kind="passed_on", by=phone.by.slug, detail=said)
    escalate(phone.session, phone.team, incident, policy.PassedOn(phone.person), at=phone.at)
    if phone.line is not None:
        advance(phone.line, PassedOn(phone.person))
