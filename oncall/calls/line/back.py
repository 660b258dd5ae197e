"""Ringing a caller back from the team's number: the practitioner waits in the room, the caller is rung into it."""

from datetime import datetime

from sqlalchemy.orm import Session

from oncall.calls.line.flow import Linked
from oncall.calls.line.moving import advance
from oncall.calls.line.phones import CALLER, CALLER_RINGS_FOR
from oncall.calls.line.scene import Line
from oncall.calls.models import Call, Leg
from oncall.incidents.actions import record
from oncall.incidents.models import Incident
from oncall.paging.notices import can_be_texted
from oncall.paging.outbox import About, Kind, Letter, Place, ask
from oncall.people.models import Practitioner, Team


def can_ring(incident: Incident) -> bool:
    """Whether there is a number to ring the caller at."""
    return can_be_texted(incident)


def ring_back(session: Session, leg: Leg, incident: Incident, *, by: Practitioner, at: datetime) -> Line:
    """Begins a call to the caller, which this leg of the practitioner's is part of from now on."""
    call = Call(
        team_id=leg.team_id,
        incident_id=incident.id,
        is_back=True,
        language=incident.language,
        state={},
        room=0,
        began_at=at,
    )
    session.add(call)
    session.flush()
    leg.call_id, leg.moved_for, leg.joined_at = call.id, None, None
    line = Line(session, session.get_one(Team, leg.team_id), incident, call, at)
    advance(line, Linked(str(by.id)))
    _dial(line)
    record(session, incident, at=at, kind="rings_back", by=by.slug, detail=f"{by.name} rings the caller.")
    return line


def _dial(line: Line) -> None:
    place = Place(step=0, round=0, valid_for=CALLER_RINGS_FOR, is_first=True)
    about = About(team_id=line.team.id, incident=line.incident, place=place)
    row = ask(line.session, Letter(kind=Kind.DIAL_CALLER, to=line.incident.phone or ""), about, at=line.at)
    leg = Leg(id=row.id, team_id=line.team.id, call_id=line.call.id, purpose=CALLER, rung_at=line.at)
    line.session.add(leg)
    line.session.flush()
