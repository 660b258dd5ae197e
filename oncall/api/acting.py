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
from oncall.api.wire.schemas import Contacting, Deed, Ending, Flagging, IncidentOut, Judging, Noting, Taking
from oncall.calls.joining.asking import ask_for_call
from oncall.incidents import actions as record
from oncall.incidents.actions import Closing, FlagChange
from oncall.incidents.flags.deciding import decide
from oncall.incidents.models import Incident
from oncall.incidents.restricting import check_may_see
from oncall.paging import actions as paging
from oncall.paging.leads.restricting import restrict_for
from oncall.people.models import Practitioner, Team
from oncall.people.severity import Severity

router = APIRouter(prefix="/incidents/{ref}", route_class=TokenFirst, responses=documented(401, 403, 404, 422))


@dataclass(frozen=True)
class Act:
    """Something about to be done to an incident of the token's team."""

    session: Session
    team: Team
    incident: Incident
    at: datetime

    def person(self, slug: str) -> Practitioner:
        """Who does it. Raises NoSuchPerson; Withheld for one whom the incident is kept from."""
        found = practitioner(self.session, self.team, slug=slug)
        check_may_see(self.incident, found)
        return found

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
    """Confirms a risk flag, suggested before or not, which opens its tasks; or dismisses one, which withdraws them.

    What raised it stays with it, and so does all that was said of it before.
    """
    person = doing.person(body.person)
    change = FlagChange(flag=body.flag, state=body.state, why=body.why, subject=body.subject, planned=body.planned)
    decide(doing.session, doing.team, doing.incident, change, by=person, at=doing.at)
    if body.state == "confirmed":
        restrict_for(doing.session, doing.team, doing.incident, body.flag, by=person.slug, at=doing.at)
    return doing.answer()


@router.post("/severity", responses=documented(409))
def severity(body: Judging, doing: Acting) -> IncidentOut:
    """Raises or lowers the severity, with a reason. A rise pages anew; nothing but this ever lowers one."""
    person, to = doing.person(body.person), Severity(body.severity)
    paging.judge_severity(doing.session, doing.team, doing.incident, by=person, to=to, why=body.why, at=doing.at)
    return doing.answer()
