"""Leave out of a calendar that a program hands over; nothing is fetched on anybody's word."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from oncall.api.access import Caller, Now, TokenFirst, Writing, team_of
from oncall.api.problems import documented
from oncall.api.wire.schemas import Deed, Slug
from oncall.rotas.leaving.importing import as_import_json, difference, import_leave, practitioner_named
from oncall.rotas.leaving.reading import MOST_BYTES, read_leave

router = APIRouter(
    prefix="/teams/{team}/rota/leave/import", route_class=TokenFirst, responses=documented(401, 403, 404, 422)
)


class LeaveCalendar(Deed):
    """Whose leave, and an iCalendar document; `source` names which of their calendars this is."""

    calendar: Annotated[str, StringConstraints(min_length=1, max_length=MOST_BYTES)]
    source: Slug = "calendar"
    matching: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    check: bool = False


class TimeAway(BaseModel):
    """As the calendar has it; a day is its midnight in the team's zone."""

    start: Annotated[str, Field(alias="from")]
    end: Annotated[str, Field(alias="to")]


class LeaveImported(BaseModel):
    """What an import did; with `check`, what it would do."""

    new: list[TimeAway]
    taken_off: list[TimeAway]
    unchanged: int
    skipped: int


@router.post("")
def import_(team: str, body: LeaveCalendar, holder: Caller, session: Writing, clock: Now) -> LeaveImported:
    """Takes the place of what was imported before under the same name, up to a year ahead."""
    now = clock.now()
    read = read_leave(body.calendar.encode(), at=now, matching=body.matching)
    theirs = team_of(session, holder, slug=team)
    person = practitioner_named(session, theirs, body.person)
    if body.check:
        zone = ZoneInfo(theirs.time_zone)
        found = difference(session, person, read, source=body.source, zone=zone, at=now)
    else:
        found = import_leave(session, theirs, read, person=person, source=body.source, at=now)
    return LeaveImported.model_validate(as_import_json(found))
