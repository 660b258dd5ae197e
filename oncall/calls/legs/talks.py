"""A practitioner in a caller's room: stepping aside for a choice, bringing somebody in, and what they hear when the
caller's line has ended.

Whatever is lost or left unpressed, they go back to the caller.
"""

from collections.abc import Iterable
from datetime import timedelta

from oncall.calls.legs.phone import Phone
from oncall.calls.line.back import can_ring, ring_back
from oncall.calls.line.flow import Stage
from oncall.calls.line.moving import hung_up
from oncall.calls.line.phones import ALONE, BRING, TAKEN, place_ring
from oncall.calls.line.scene import Line, address, call_path, leg_path, legs_of
from oncall.incidents.actions import record
from oncall.paging.cover import cover
from oncall.paging.outbox import About, Kind, Letter, Place, ask
from oncall.paging.policy import Reach
from oncall.people.models import Practitioner
from oncall.telephony import twiml
from oncall.telephony.statuses import call_is_over

QUIET_FOR = timedelta(seconds=8)
MOMENT = timedelta(seconds=8)
"""After this it is no longer worth telling the caller that the practitioner will be back at once."""


def left(phone: Phone, *, status: str) -> str:
    """They left the room: by `*`, for a choice; because it ended; or because their line has."""
    line = phone.line
    if line is None:
        return phone.end("call_over")
    if call_is_over(status):
        hung_up(line, phone.leg)
        return twiml.empty()
    if phone.leg.moved_for in {ALONE, TAKEN}:
        return moved(phone)
    if not line.is_caller_there and not line.call.is_back:
        return _alone(phone, line)
    phone.leg.stepped_aside_at = phone.at
    _tell_caller(phone, line)
    choice = twiml.gather(*phone.said("choice"), action=address(phone.session, leg_path(phone.leg.id, "choice")))
    return twiml.document(choice, *_room(phone, line))


def _room(phone: Phone, line: Line) -> list[twiml.Verb]:
    back = twiml.redirect(address(phone.session, leg_path(phone.leg.id, "back")))
    return [*phone.said("going_back"), back]


def back(phone: Phone) -> str:
    """Back into the room; or, if the caller has gone meanwhile, what to do now."""
    if phone.line is None:
        return phone.end("call_over")
    return phone.room(phone.line) if _may_go_back(phone.line) else _alone(phone, phone.line)


def _may_go_back(line: Line) -> bool:
    return line.state.stage is not Stage.OVER


def chosen(phone: Phone, digits: str) -> str:
    """What they chose while the caller waits a few seconds."""
    line = phone.line
    if line is None or not _may_go_back(line):
        return back(phone)
    match digits:
        case "1":
            return _bring(phone, line, _backups(phone, line))
        case "2":
            return _bring(phone, line, _leads(phone, line))
        case "3":
            return _leave_others(phone, line)
        case _:
            return phone.room(line, *phone.said("going_back"))


def _bring(phone: Phone, line: Line, candidates: Iterable[Practitioner]) -> str:
    for candidate in candidates:
        bring_in(line, candidate, by=phone.by)
        return phone.room(line, *phone.said("bringing", name=candidate.name))
    return phone.room(line, *phone.said("nobody_to_bring"))


def bring_in(line: Line, to: Practitioner, *, by: Practitioner) -> None:
    """Rings somebody so that they join the two who talk."""
    place_ring(line, to, purpose=BRING)
    said = f"{by.name} asks {to.name} to join the call."
    record(line.session, line.incident, at=line.at, kind="brings_in", by=by.slug, detail=said)


def _backups(phone: Phone, line: Line) -> list[Practitioner]:
    here = cover(phone.session, phone.team, at=phone.at, holder_id=None)
    return _reachable(phone, line, [reach for reach in here.tiers.values() if reach])


def _leads(phone: Phone, line: Line) -> list[Practitioner]:
    return _reachable(phone, line, cover(phone.session, phone.team, at=phone.at, holder_id=None).leads)


def _reachable(phone: Phone, line: Line, reaches: Iterable[Reach]) -> list[Practitioner]:
    there = {str(leg.practitioner_id) for leg in legs_of(line)}
    free = [r for r in reaches if r.by_call and not r.on_leave and not r.on_call_with_us and r.person not in there]
    return [line.practitioner(reach.person) for reach in free]


def _leave_others(phone: Phone, line: Line) -> str:
    if not line.state.talking - {phone.person}:
        return phone.room(line, *phone.said("nobody_else"))
    return phone.end("left_talking")


def _tell_caller(phone: Phone, line: Line) -> None:
    """The caller hears that they will be back at once, unless somebody else is with them."""
    call = line.call
    if line.state.joined - {phone.person} or call.conference_sid is None or call.sid is None:
        return
    letter = Letter(kind=Kind.ANNOUNCE, to=call.sid, body=f"{call.conference_sid} {call_path(call, 'moment')}")
    place = Place(step=0, round=0, valid_for=MOMENT, is_first=True)
    ask(phone.session, letter, About(team_id=phone.team.id, incident=line.incident, place=place), at=phone.at)


def moved(phone: Phone) -> str:
    """What somebody hears whose call was sent on: that another has the caller, or that the caller has gone."""
    line = phone.line
    if line is None:
        return phone.end("call_over")
    if phone.leg.moved_for == TAKEN:
        holder = phone.session.get(Practitioner, line.incident.holder_id) if line.incident.holder_id else None
        return phone.end("already", name=holder.name) if holder else phone.end("call_over")
    return _alone(phone, line)


def _alone(phone: Phone, line: Line) -> str:
    if not can_ring(line.incident):
        return phone.end("alone_hidden")
    never_came = line.call.is_back and not line.state.is_caller_there
    opening = phone.said("no_answer" if never_came else "alone", caller=phone.caller(line.incident))
    last = phone.said("not_bridged" if line.incident.contacted_at is None else "staff_goodbye")
    return phone.ask(*opening, keys=phone.said("alone_keys"), action="alone", last=last)


def alone_pressed(phone: Phone, digits: str) -> str:
    """1 rings the caller back; a caller who has rung again meanwhile is on the line themselves."""
    line = phone.line
    if line is None:
        return phone.end("call_over")
    if digits != "1":
        return _alone(phone, line)
    if _may_go_back(line):  # pressed twice: they are being rung already
        return phone.room(line)
    rung = ring_back(phone.session, phone.leg, line.incident, by=phone.by, at=phone.at)
    return phone.room(rung, *phone.said("ringing_caller", caller=phone.caller(line.incident)))


def waiting(phone: Phone) -> str:
    """What a practitioner hears who is in the room alone."""
    line = phone.line
    words = []
    if line is not None and line.call.is_back and not line.state.is_caller_there:
        words = phone.said("ringing_caller", caller=phone.caller(line.incident))
    return twiml.document(*words, twiml.pause(QUIET_FOR))
