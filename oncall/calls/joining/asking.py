"""Asked from elsewhere than a phone: a practitioner is rung so as to be joined to a caller, or to ring them back."""

from datetime import datetime

from sqlalchemy.orm import Session

from oncall.calls.line.back import can_ring
from oncall.calls.line.flow import Why
from oncall.calls.line.phones import BACK, BRING, place_ring
from oncall.calls.line.scene import Line, find, legs_of, live_call
from oncall.calls.models import Leg
from oncall.errors import Conflict
from oncall.incidents.actions import SERVICE, record
from oncall.incidents.models import CLOSED, Incident
from oncall.paging.actions import AlreadyClosed, AlreadyTaken, waits_for_a_holder
from oncall.paging.cover import on_a_call
from oncall.paging.outbox import About, Kind, Letter, Place, ask
from oncall.paging.sending.ways import RINGS_FOR
from oncall.people.models import Practitioner, Team
from oncall.people.reach import is_reachable_by_call


class NoNumberToRing(Conflict):
    """The caller's number is hidden, so they cannot be rung."""


class CannotBeRung(Conflict):
    """This practitioner cannot be rung: no mobile that works, or on a call of ours already."""


def ask_for_call(session: Session, team: Team, incident: Incident, *, by: Practitioner, at: datetime) -> None:
    """Rings `by`, who is joined to the caller if they are on the line, or else can ring them back by pressing 1.

    Raises AlreadyTaken, AlreadyClosed, NoNumberToRing, CannotBeRung.
    """
    if incident.status == CLOSED:
        raise AlreadyClosed(incident, team)
    if not is_reachable_by_call(by) or on_a_call(session, [by.id], at=at):
        raise CannotBeRung
    call = live_call(session, incident)
    line = find(session, call.id, at=at) if call is not None else None
    if line is not None and line.is_caller_there:
        _join(line, by)
        return
    _check_is_theirs(session, team, incident, by)
    if not can_ring(incident):
        raise NoNumberToRing
    place = Place(step=0, round=0, valid_for=RINGS_FOR, is_first=True)
    about = About(team_id=team.id, incident=incident, practitioner=by, place=place)
    row = ask(session, Letter(kind=Kind.RING, to=by.mobile or ""), about, at=at)
    session.add(Leg(id=row.id, team_id=team.id, practitioner_id=by.id, purpose=BACK, rung_at=at))
    said = f"{by.name} asks to be rung so as to ring the caller."
    record(session, incident, at=at, kind="rings_back", by=by.slug, detail=said)


def _check_is_theirs(session: Session, team: Team, incident: Incident, by: Practitioner) -> None:
    if incident.holder_id in {None, by.id} or waits_for_a_holder(session, incident):
        return
    holder = session.get_one(Practitioner, incident.holder_id)
    raise AlreadyTaken(holder, at=incident.acknowledged_at or incident.opened_at, team=team)


def _join(line: Line, by: Practitioner) -> None:
    if any(leg.dropped_at is None for leg in legs_of(line, person=str(by.id))):
        return  # their phone rings already
    is_talking = bool(line.state.talking)
    place_ring(line, by, purpose=BRING if is_talking else Why.FIRST.value)
    said = f"{by.name} is rung to join the call."
    record(line.session, line.incident, at=line.at, kind="brings_in", by=SERVICE, detail=said)
