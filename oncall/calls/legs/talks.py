"""A practitioner in a caller's room: stepping aside for a choice, bringing somebody in, and what they hear when the
caller's line has ended.

Whatever is lost or left unpressed, they go back to the caller.
"""

from collections.abc import Iterable
from datetime import timedelta

from oncall.calls.joining.bringing import absent_name, backups, bring_in, leads, others_talk
from oncall.calls.legs.keys import take_and_join
from oncall.calls.legs.phone import Phone
from oncall.calls.line.back import can_ring, ring_back
from oncall.calls.line.flow import Stage
from oncall.calls.line.moving import hung_up, is_in_room, reckon_caller_in_room
from oncall.calls.line.phones import ALONE, LEFT, TAKEN
from oncall.calls.line.scene import Line, address, call_path, find, leg_path, live_call
from oncall.incidents.restricting import Withheld
from oncall.paging.actions import AlreadyClosed, AlreadyTaken
from oncall.paging.outbox import About, Kind, Letter, Place, ask
from oncall.people.models import Practitioner
from oncall.telephony import twiml
from oncall.telephony.statuses import call_is_over

QUIET_FOR = timedelta(seconds=8)
MOMENT = timedelta(seconds=8)
"""After this it is no longer worth telling the caller that the practitioner will be back at once."""


def left(phone: Phone, *, status: str, was_in_room: bool) -> str:
    """They left the room: by `*`, for a choice; because it ended; or because their line has."""
    line = phone.line
    if line is None:
        return phone.end("call_over")
    if was_in_room:
        _was_there(phone, line)
        if not line.call.is_back and phone.person in line.state.talking:
            reckon_caller_in_room(line)
    if call_is_over(status):
        hung_up(line, phone.leg)
        return twiml.empty()
    if phone.leg.moved_for in {ALONE, TAKEN, LEFT}:
        return moved(phone)
    if not line.is_caller_there and not line.call.is_back:
        return _alone(phone, line)
    phone.leg.stepped_aside_at = phone.at
    _tell_caller(phone, line)
    choice = twiml.gather(*phone.said("choice"), action=address(phone.session, leg_path(phone.leg.id, "choice")))
    return twiml.document(choice, *_room(phone, line))


def _was_there(phone: Phone, line: Line) -> None:
    """What is asked only from the room tells that they were in it, if the network's own word of it was lost."""
    if phone.leg.joined_at is None and phone.person in line.state.talking:
        is_in_room(line, phone.leg)


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
            return _bring(phone, line, backups(line))
        case "2":
            return _bring(phone, line, leads(line))
        case "3":
            return _leave_others(phone, line)
        case _:
            return phone.room(line, *phone.said("going_back"))


def _bring(phone: Phone, line: Line, candidates: Iterable[Practitioner]) -> str:
    for candidate in candidates:
        bring_in(line, candidate, by=phone.by)
        return phone.room(line, *phone.said("bringing", name=candidate.name))
    return phone.room(line, *phone.said("nobody_to_bring"))


def _leave_others(phone: Phone, line: Line) -> str:
    if not others_talk(line, phone.by):
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
    if phone.leg.moved_for == LEFT:
        return phone.end("left_talking")
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
    try:
        return _to_the_caller(phone, line)
    except AlreadyTaken as taken:
        return phone.end("already", name=taken.name)
    except (AlreadyClosed, Withheld):
        return phone.end("closed")


def _to_the_caller(phone: Phone, line: Line) -> str:
    if _may_go_back(line):  # pressed twice: they are being rung already
        return phone.room(line)
    if (other := _other_line(phone, line)) is not None:
        return take_and_join(phone, other)
    rung = ring_back(phone.session, phone.leg, line.incident, by=phone.by, at=phone.at)
    return phone.room(rung, *phone.said("ringing_caller", caller=phone.caller(line.incident)))


def _other_line(phone: Phone, line: Line) -> Line | None:
    """The line of a caller who has rung again meanwhile."""
    call = live_call(phone.session, line.incident)
    other = find(phone.session, call.id, at=phone.at) if call is not None else None
    return other if other is not None and other.is_caller_there else None


def absent(phone: Phone) -> str:
    """Who was asked in last has not come; said to one in the room, who goes on talking."""
    name = absent_name(phone.line) if phone.line is not None else None
    return twiml.document(*(phone.said("absent", name=name) if name else []))


def waiting(phone: Phone) -> str:
    """What a practitioner hears who is in the room alone."""
    line = phone.line
    words = []
    if line is not None:
        _was_there(phone, line)
    if line is not None and line.call.is_back and not line.state.is_caller_there:
        words = phone.said("ringing_caller", caller=phone.caller(line.incident))
    return twiml.document(*words, twiml.pause(QUIET_FOR))
