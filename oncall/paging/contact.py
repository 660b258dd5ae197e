"""Contact with the caller closes the circle; contact that turns out not to have been opens it again."""

from datetime import datetime

from sqlalchemy.orm import Session

from oncall.incidents.actions import mark_contacted, record
from oncall.incidents.models import Incident
from oncall.paging.escalation import advance
from oncall.paging.ladders import policy_of
from oncall.paging.notices import note
from oncall.paging.policy import Contacted, Taken
from oncall.people.models import Practitioner, Team
from oncall.people.severity import Severity


def contact_made(session: Session, incident: Incident, by: Practitioner, *, how: str, at: datetime) -> bool:
    """Notes that `by` reached the caller; False if somebody had before."""
    team = session.get_one(Team, incident.team_id)
    first = mark_contacted(session, incident, at=at)
    if first:
        record(session, incident, at=at, kind="contacted", by=by.slug, detail=f"{by.name} was in contact: {how}.")
    advance(session, team, incident, Contacted(str(by.id)), at=at)
    return first


def contact_undone(session: Session, team: Team, incident: Incident, by: Practitioner, *, at: datetime) -> None:
    """What was sent did not arrive, so the time for contact runs anew."""
    note(session, incident, at=at, kind="not_contacted", detail="The caller has not been reached after all.")
    within = policy_of(team)[Severity(incident.severity)].contact_within
    advance(session, team, incident, Taken(str(by.id), within), at=at)
