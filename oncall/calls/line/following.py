"""A caller who is on the line after their incident was closed: what comes of it is a new one's, which names the old.

So nobody who waits, is promised a call back or leaves a message is lost to what is over already.
"""

from dataclasses import replace

from oncall.calls.line.scene import Line
from oncall.incidents.actions import CALLER, SERVICE, open_incident, record
from oncall.incidents.suggesting import NOT_ASSESSED
from oncall.paging.escalation import begin, begin_waiting


def follow_up(line: Line, *, is_waiting: bool) -> Line:
    """Opens an incident that follows the closed one, and gives the line about it.

    It is kept from whomever the old one was. Its escalation stands still while the caller waits to be answered, and
    begins otherwise.
    """
    old = line.incident
    new = open_incident(
        line.session,
        line.team,
        at=line.at,
        follows=old,
        channel="voice",
        severity=NOT_ASSESSED.severity.value,
        language=old.language,
        contact_id=old.contact_id,
        young_person_id=old.young_person_id,
        phone=old.phone,
        phone_index=old.phone_index,
    )
    new.restricted = old.restricted
    line.call.incident_id = new.id
    onward = replace(line, incident=new)
    said = f"The caller is on the line and {old.ref} is closed already."
    record(line.session, new, at=line.at, kind="rang", by=CALLER, detail=said)
    record(line.session, new, at=line.at, kind="follows", by=SERVICE, detail=f"Follows {old.ref}.")
    said = "No risk has been assessed yet. A call is urgent until a person says otherwise."
    record(line.session, new, at=line.at, kind="assessment", by=SERVICE, detail=said)
    starts = begin_waiting if is_waiting else begin
    starts(line.session, line.team, new, at=line.at)
    line.session.flush()
    return onward
