"""What may be done, each by a practitioner of the team: the same deeds as from a phone, answered with the incident."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from oncall.api.access import Caller, Now, TokenFirst, Writing, team_of
from oncall.api.problems import documented
from oncall.api.queries import incident_named, practitioner, shown
from oncall.api.wire.schemas import Contacting, Deed, Ending, Flagging, IncidentOut, Noting, Taking
from oncall.calls.legs.asking import ask_for_call
from oncall.errors import NotFound
from oncall.incidents import actions as record
from oncall.incidents.actions import Closing, FlagChange
from oncall.incidents.models import Incident
from oncall.incidents.queries import flags
from oncall.paging import actions as paging
from oncall.people.models import Practitioner, Team

router = APIRouter(prefix="/incidents/{ref}", route_class=TokenFirst, responses=documented(401, 403, 404, 422))


class NoSuchFlag(NotFound):
    """No such flag was raised, so it cannot be dismissed."""


@dataclass(frozen=True)
class Act:
    """Something about to be done to an incident of the token's team."""

    session: Session
    team: Team
    incident: Incident
    at: datetime

    def person(self, slug: str) -> Practitioner:
        """Who does it. Raises NoSuchPerson."""
        return practitioner(self.session, self.team, slug=slug)

    def answer(self) -> IncidentOut:
        """The incident as it now stands."""
        self.session.flush()
        return shown(self.session, self.team, [self.incident])[0]


def act(ref: str, holder: Caller, session: Writing, clock: Now) -> Act:
    team = team_of(session, holder)
    return Act(session, team, incident_named(session, team, ref), clock.now())


Acting = Annotated[Act, Depends(act)]


@router.post("/acknowledge", responses=documented(409))
def acknowledge(body: Taking, doing: Acting) -> IncidentOut:
    """Takes the incident; a promise of contact in so many minutes takes the place of the team's rule."""
    promised = timedelta(minutes=body.contact_within) if body.contact_within else None
    person = doing.person(body.person)
    paging.take(doing.session, doing.team, doing.incident, by=person, at=doing.at, contact_within=promised)
    return doing.answer()


@router.post("/call", responses=documented(409))
def call(body: Deed, doing: Acting) -> IncidentOut:
    """Rings the person, who is joined to a caller on the line, or else rings the caller back by pressing 1."""
    person = doing.person(body.person)
    ask_for_call(doing.session, doing.team, doing.incident, by=person, at=doing.at)
    return doing.answer()


@router.post("/contacted", responses=documented(409))
def contacted(body: Contacting, doing: Acting) -> IncidentOut:
    """Notes a practitioner's word that the caller was reached, and how."""
    person = doing.person(body.person)
    paging.contacted(doing.session, doing.team, doing.incident, by=person, how=body.how, at=doing.at)
    return doing.answer()


@router.post("/close", responses=documented(409))
def close(body: Ending, doing: Acting) -> IncidentOut:
    """Closes what the person holds."""
    closing = Closing(outcome=body.outcome, guidance=body.guidance, follow_up=body.follow_up)
    person = doing.person(body.person)
    paging.close(doing.session, doing.team, doing.incident, closing, by=person, at=doing.at)
    return doing.answer()


@router.post("/notes", status_code=HTTPStatus.CREATED)
def note(body: Noting, doing: Acting) -> IncidentOut:
    """Adds a note, word for word; it cannot be changed afterwards."""
    person = doing.person(body.person)
    record.add_note(doing.session, doing.incident, by=person.slug, text=body.text, at=doing.at)
    return doing.answer()


@router.post("/flags")
def flag(body: Flagging, doing: Acting) -> IncidentOut:
    """Confirms a risk flag, suggested before or not, or dismisses one; what raised it stays with it."""
    person = doing.person(body.person)
    raised = {entry.flag: entry.phrase for entry in flags(doing.session, doing.incident.id)}
    if body.state == "dismissed" and body.flag not in raised:
        raise NoSuchFlag
    change = FlagChange(flag=body.flag, state=body.state, phrase=raised.get(body.flag))
    record.change_flag(doing.session, doing.incident, change, by=person.slug, at=doing.at)
    return doing.answer()
