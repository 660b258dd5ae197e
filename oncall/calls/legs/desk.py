"""A practitioner rings the team's number: what they hold they can ring back, what is open they can take, by key.

While they are on the line they are on a call of ours, and are not rung for another.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.calls.audio.messages import messages_of, played
from oncall.calls.legs.keys import take_and_speak
from oncall.calls.legs.phone import Phone
from oncall.calls.line.moving import hung_up as line_hung_up
from oncall.calls.line.phones import RANG_IN
from oncall.calls.line.scene import Line, find, live_call
from oncall.calls.models import Leg
from oncall.db.claims import insert_once
from oncall.incidents.models import OPEN, Incident
from oncall.incidents.queries import held_by
from oncall.incidents.restricting import Withheld, is_kept_from
from oncall.paging import actions
from oncall.paging.models import Engaged
from oncall.paging.notices import can_be_texted
from oncall.people.models import Practitioner, Team
from oncall.telephony.twiml import Verb

MOST = 8
"""What fits on one key each."""


@dataclass(frozen=True)
class Choice:
    """One thing that can be done by key."""

    incident: Incident
    line: Line | None
    is_held: bool
    is_to_hear: bool = False

    @property
    def token(self) -> str:
        """How the choice is named in the address that its key asks."""
        return f"{self.incident.ref}-heard" if self.is_to_hear else self.incident.ref

    @property
    def sentence(self) -> str:
        if self.is_to_hear:
            return "staff_hear"
        if self.line is not None:
            return "staff_join"
        if self.is_held:
            return "staff_ring"
        return "staff_take" if can_be_texted(self.incident) else "staff_take_hidden"


def rang_in(session: Session, team: Team, by: Practitioner, *, sid: str, at: datetime) -> str:
    """The first document for a practitioner who rings: what they can do, or that nothing is open."""
    insert_once(session, Engaged, team_id=team.id, practitioner_id=by.id, call_sid=sid, since_at=at, ended_at=None)
    leg = session.scalars(select(Leg).where(Leg.sid == sid)).first()
    if leg is None:
        leg = Leg(team_id=team.id, practitioner_id=by.id, purpose=RANG_IN, sid=sid, rung_at=at, answered_at=at)
        session.add(leg)
        session.flush()
    return offered(Phone(session, team, leg, by, None, None, at))


def offered(phone: Phone, *first: Verb) -> str:
    """What can be done, with its keys; `first` is said or played before."""
    choices = _choices(phone)
    hello = first or phone.said("staff_hello", name=phone.by.name)
    if not choices:
        return phone.end("staff_nothing")
    keys = [verb for number, choice in enumerate(choices, 1) for verb in _spoken(phone, choice, number)]
    refs = ".".join(choice.token for choice in choices)
    return phone.ask(*hello, keys=keys, action=f"desk?refs={refs}", last=phone.said("staff_goodbye"))


def _spoken(phone: Phone, choice: Choice, key: int) -> list[Verb]:
    incident = choice.incident
    return phone.said(
        choice.sentence,
        key=key,
        caller=phone.caller(incident),
        ref=" ".join(incident.ref),
        severity=phone.severity(incident),
    )


def pressed(phone: Phone, digits: str, *, refs: str) -> str:
    """What a key does: it is read against what was offered, whatever has changed since."""
    named = refs.split(".") if refs else []
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits) <= len(named):
        return offered(phone)
    chosen = next((c for c in _choices(phone) if c.token == named[int(digits) - 1]), None)
    if chosen is None:
        return offered(phone)
    if chosen.is_to_hear:
        return offered(phone, *played(phone.session, chosen.incident, to=phone.by, call_id=phone.leg.id, at=phone.at))
    try:
        return take_and_speak(phone, chosen.incident)
    except actions.AlreadyTaken as taken:
        return phone.end("already", name=taken.name)
    except (actions.AlreadyClosed, Withheld):
        return phone.end("closed")


def _choices(phone: Phone) -> list[Choice]:
    """What they hold, then what nobody has taken, oldest first."""
    held = [i for i in held_by(phone.session, practitioner_id=phone.by.id) if i.team_id == phone.team.id]
    is_open = select(Incident).where(Incident.team_id == phone.team.id, Incident.status == OPEN)
    opened = phone.session.scalars(is_open.order_by(Incident.opened_at, Incident.id))
    unheld = [i for i in opened if not is_kept_from(i, phone.by)]
    choices = [Choice(i, _line(phone, i), is_held=True) for i in held if can_be_texted(i) or _line(phone, i)]
    heard = [Choice(i, None, is_held=True, is_to_hear=True) for i in held if _left_a_message(phone, i)]
    return [*choices, *heard, *(Choice(i, _line(phone, i), is_held=False) for i in unheld)][:MOST]


def _left_a_message(phone: Phone, incident: Incident) -> bool:
    return any(one.state == "stored" for one in messages_of(phone.session, incident))


def _line(phone: Phone, incident: Incident) -> Line | None:
    call = live_call(phone.session, incident)
    line = Line(phone.session, phone.team, incident, call, phone.at) if call else None
    return line if line is not None and line.is_caller_there else None


def hung_up(session: Session, sid: str, *, at: datetime) -> None:
    """A practitioner who rang in has put the phone down."""
    for engaged in session.scalars(select(Engaged).where(Engaged.call_sid == sid, Engaged.ended_at.is_(None))):
        engaged.ended_at = at
    leg = session.scalars(select(Leg).where(Leg.sid == sid, Leg.ended_at.is_(None))).first()
    if leg is None:
        return
    if leg.call_id is None:
        leg.ended_at = at
    else:
        line = find(session, leg.call_id, at=at)
        session.refresh(leg)
        line_hung_up(line, leg)
    session.flush()
