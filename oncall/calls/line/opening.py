"""Opens an incident for a caller who is on the line: one who rings, or one whose incident was closed meanwhile.

So nobody who waits, is promised a call back or leaves a message is lost to what is over already.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from oncall.calls.line.scene import Line
from oncall.incidents.actions import CALLER, SERVICE, open_incident, record
from oncall.incidents.models import Incident
from oncall.incidents.suggesting import NOT_ASSESSED
from oncall.paging.escalation import begin, begin_waiting
from oncall.people.models import Team


def open_on_call(
    session: Session, team: Team, *, at: datetime, follows: Incident | None, said: str, **caller: object
) -> Incident:
    """Opens an incident for a call and writes down `said`, what it follows, and that nothing is assessed."""
    severity = NOT_ASSESSED.severity.value
    incident = open_incident(session, team, at=at, follows=follows, channel="voice", severity=severity, **caller)
    record(session, incident, at=at, kind="rang", by=CALLER, detail=said)
    if follows is not None:
        record(session, incident, at=at, kind="follows", by=SERVICE, detail=f"Follows {follows.ref}.")
    unknown = "No risk has been assessed yet. A call is urgent until a person says otherwise."
    record(session, incident, at=at, kind="assessment", by=SERVICE, detail=unknown)
    return incident


def follow_up(line: Line, *, is_waiting: bool) -> Line:
    """Opens an incident that follows the closed one, and gives the line about it.

    It is kept from whomever the old one was. Its escalation stands still while the caller waits to be answered, and
    begins otherwise.
    """
    old = line.incident
    new = open_on_call(
        line.session,
        line.team,
        at=line.at,
        follows=old,
        said=f"The caller is on the line and {old.ref} is closed already.",
        language=old.language,
        contact_id=old.contact_id,
        young_person_id=old.young_person_id,
        phone=old.phone,
        phone_index=old.phone_index,
        restricted=old.restricted,
    )
    line.call.incident_id = new.id
    starts = begin_waiting if is_waiting else begin
    starts(line.session, line.team, new, at=line.at)
    line.session.flush()
    return replace(line, incident=new)
