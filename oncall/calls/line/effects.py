"""Turns what a line's flow asks for into outbox rows, legs, and lines of the record that a lead can read."""

from collections.abc import Iterable

from oncall.calls.line import phones
from oncall.calls.line.flow import (
    CallerGone,
    CallState,
    CloseCircle,
    Contact,
    Drop,
    Effect,
    Event,
    Finished,
    HoldBack,
    Move,
    Ring,
    Stage,
    Star,
    TellAlone,
    WaitOver,
    Why,
)
from oncall.calls.line.opening import follow_up
from oncall.calls.line.scene import Line, call_path
from oncall.incidents.actions import CALLER, SERVICE, record
from oncall.paging import policy
from oncall.paging.contact import contact_made
from oncall.paging.escalation import advance, begin_waiting
from oncall.paging.outbox import About, Kind, Letter, ask


def apply(line: Line, event: Event, before: CallState | None, effects: Iterable[Effect]) -> None:
    """Does what was decided, in order."""
    _tell(line, event, before)
    for effect in effects:
        match effect:
            case Ring(person, why):
                phones.ring(line, line.practitioner(person), why)
            case Drop(but):
                phones.drop(line, but=but)
            case Move(why):
                _move(line, why)
            case TellAlone(person):
                phones.tell_alone(line, person)
            case _:
                line = _escalate(line, effect)


def _escalate(line: Line, effect: Effect) -> Line:
    """Gives the line as it stands then: about another incident, if its own was closed and somebody is owed for it."""
    session, team, incident = line.session, line.team, line.incident
    match effect:
        case HoldBack():
            if begin_waiting(session, team, incident, at=line.at).state.phase is policy.Phase.CLOSED:
                return follow_up(line, is_waiting=True)
        case WaitOver():
            if advance(session, team, incident, policy.WaitOver(), at=line.at).state.phase is policy.Phase.CLOSED:
                return follow_up(line, is_waiting=False)
        case CloseCircle(person):
            advance(session, team, incident, policy.Contacted(person), at=line.at)
        case Contact(person):
            _contact(line, person)
        case _:
            raise AssertionError(effect)
    return line


def _contact(line: Line, person: str) -> None:
    by = line.practitioner(person)
    if line.call.bridged_at is None:
        line.call.bridged_at = line.at
    _line(line, "talking", f"{by.name} and the caller are on the line together.")
    contact_made(line.session, line.incident, by, how="by phone", at=line.at)


def _move(line: Line, why: Why) -> None:
    """The caller's call goes on with another document, in a room of its own if it goes back to one."""
    call = line.call
    call.room += 1
    call.moved_for, call.conference_sid = why.value, None
    if call.sid is not None:
        letter = Letter(kind=Kind.MOVE, to=call.sid, body=call_path(call, "moved"))
        ask(line.session, letter, About(team_id=line.team.id, incident=line.incident), at=line.at)
    said = {
        Why.PROMISE: "Nobody was there in time. The caller is promised a call back and may leave a message.",
        Why.LEFT: f"{line.first_name()} has left the call. The caller is still there.",
    }
    if why in said:
        _line(line, "promised_back" if why is Why.PROMISE else "left", said[why])


def _tell(line: Line, event: Event, before: CallState | None) -> None:
    if before is None and line.state.stage is Stage.PROMISED:
        _line(line, "promised_back", "Nobody can be rung. The caller is promised a call back and may leave a message.")
    if before is None or before.stage is Stage.OVER:
        return
    match event:
        case CallerGone() if before.stage is Stage.WAITING:
            _line(line, "rang_off", "The caller hung up before anybody was there.", by=CALLER)
        case CallerGone() if not before.is_caller_there:
            _line(line, "no_answer", "The caller did not answer.")
        case CallerGone():
            _line(line, "call_ended", "The caller's line ended.", by=CALLER)
        case Star() if before.stage in {Stage.WAITING, Stage.ALONE}:
            _line(line, "message", "The caller would rather leave a message than wait.", by=CALLER)
        case Finished(person) if before.stage is Stage.ALONE:
            _line(line, "finished", f"{line.practitioner(person).name} says that all is said.")


def _line(line: Line, kind: str, detail: str, *, by: str = SERVICE) -> None:
    record(line.session, line.incident, at=line.at, kind=kind, by=by, detail=detail)
