"""A call arrives: it is recorded, joined to what the caller has open or opening something new, and phones ring for it.

All of it in the transaction before the first word; nothing remote stands in front of that word. A call that comes
again is answered the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from oncall.calls.line.flow import Arrived
from oncall.calls.line.moving import advance
from oncall.calls.line.opening import open_on_call
from oncall.calls.line.scene import Line
from oncall.calls.models import Call
from oncall.db.claims import serialize
from oncall.db.sealing import keyring_of
from oncall.incidents import queries
from oncall.incidents.actions import CALLER, record
from oncall.incidents.models import Incident
from oncall.paging.actions import raise_severity
from oncall.paging.escalation import begin_waiting, can_be_joined
from oncall.people.directory import directory_of
from oncall.people.models import Contact, Team
from oncall.people.queries import contact_by_phone
from oncall.people.severity import Severity
from oncall.telephony.numbers import is_number


@dataclass(frozen=True)
class Caller:
    """Who rings: `indexes` are empty for one who cannot be told apart or rung back. `number` is what was shown."""

    number: str
    contact: Contact | None
    indexes: Sequence[str]


def receive(session: Session, team: Team, *, number: str, sid: str, at: datetime) -> Line:
    """Takes in a caller's call; gives their line, for which phones are about to ring."""
    serialize(session, f"rings:{team.id.hex}")  # who is free is looked at and rung as one
    caller = _caller(session, team, number)
    key = caller.contact.id.hex if caller.contact else next(iter(caller.indexes), sid)
    serialize(session, f"caller:{team.id.hex}:{key}")
    incident = _incident(session, team, caller, at=at)
    call = Call(
        team_id=team.id,
        incident_id=incident.id,
        sid=sid,
        is_back=False,
        language=caller.contact.language if caller.contact else None,
        state={},
        room=0,
        began_at=at,
    )
    session.add(call)
    session.flush()
    line = Line(session, team, incident, call, at)
    advance(line, Arrived(str(incident.holder_id) if incident.holder_id else None))
    return line


def _caller(session: Session, team: Team, number: str) -> Caller:
    if not is_number(number):
        return Caller(number, None, ())
    return Caller(number, contact_by_phone(session, team=team, number=number), keyring_of(session).indexes(number))


def _incident(session: Session, team: Team, caller: Caller, *, at: datetime) -> Incident:
    contact_id = caller.contact.id if caller.contact else None
    last = queries.last_of_caller(session, team, contact_id=contact_id, phone_indexes=caller.indexes)
    if last is not None and can_be_joined(session, last):
        _join(session, team, last, caller, at=at)
        return last
    return _open(session, team, caller, last, at=at)


def _join(session: Session, team: Team, incident: Incident, caller: Caller, *, at: datetime) -> None:
    incident.last_contact_at = at
    if caller.number != incident.phone:
        incident.phone, incident.phone_index = caller.number, next(iter(caller.indexes), None)
    record(session, incident, at=at, kind="rang", by=CALLER, detail="The caller rang again.")
    begin_waiting(session, team, incident, at=at)  # so that a rise pages nobody apart from the rings
    raise_severity(session, team, incident, to=Severity.URGENT, at=at)


def _open(session: Session, team: Team, caller: Caller, last: Incident | None, *, at: datetime) -> Incident:
    contact = caller.contact
    return open_on_call(
        session,
        team,
        at=at,
        follows=last,
        said="The caller rang.",
        language=contact.language if contact else None,
        contact_id=contact.id if contact else None,
        young_person_id=directory_of(session, team_id=team.id).young_person_of(contact),
        phone=caller.number,
        phone_index=next(iter(caller.indexes), None),
    )
