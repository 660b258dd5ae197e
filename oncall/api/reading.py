"""What may be asked: who is on call, what is wrong with a rota, incidents, one of them, a staff meeting's handover."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query

from oncall.api.access import MAY_SEE_RESTRICTED, Caller, Now, Reading, TokenFirst, team_of
from oncall.api.problems import documented
from oncall.api.queries import incident_named, shown
from oncall.api.wire import cursors
from oncall.api.wire.instants import BadDay, BadInstant, FromQuery, ToQuery, day_of, instant_in, span_in
from oncall.api.wire.schemas import IncidentList, IncidentOut, OnCall, RotaCheck, Status
from oncall.handover.contents import gather
from oncall.handover.period import meeting_on, next_meeting
from oncall.handover.wording import as_json
from oncall.incidents.queries import page_of
from oncall.paging.shifts.working import worked_for_check
from oncall.rotas.answers import who
from oncall.rotas.checking.gathering import check_team
from oncall.rotas.checking.wording import as_check_json
from oncall.rotas.wording import as_who_json

router = APIRouter(route_class=TokenFirst, responses=documented(401, 404, 422))

Limit = Annotated[int, Query(ge=1, le=200)]
Day = Annotated[str | None, Query(description="the day of a staff meeting; the next one if none is named")]
Instant = Annotated[str | None, Query(description="ISO 8601; one without an offset is in the team's zone")]


@router.get("/teams/{team}/on-call")
def on_call(team: str, holder: Caller, session: Reading, clock: Now, at: Instant = None) -> OnCall:
    """Who holds each tier of the team's rota at an instant, now if none is named."""
    theirs = team_of(session, holder, slug=team)
    asked = instant_in(theirs, at) if at else clock.now()
    try:
        tiers = who(session, theirs, at=asked)
    except ValueError:
        raise BadInstant from None
    return OnCall.model_validate(as_who_json(theirs.slug, tiers, at=asked, zone=ZoneInfo(theirs.time_zone)))


@router.get("/teams/{team}/rota/check")
def rota_check(
    team: str,
    holder: Caller,
    session: Reading,
    clock: Now,
    start: FromQuery,
    end: ToQuery,
) -> RotaCheck:
    """What is wrong with the team's rota in a span of up to three years, and what each person holds."""
    theirs = team_of(session, holder, slug=team)
    begins, ends = span_in(theirs, start, end)
    try:
        worked = worked_for_check(session, theirs, start=begins, end=ends, at=clock.now())
        report = check_team(session, theirs, start=begins, end=ends, worked=worked)
    except ValueError:
        raise BadInstant from None
    return RotaCheck.model_validate(as_check_json(report, zone=ZoneInfo(theirs.time_zone)))


@router.get("/teams/{team}/incidents")
def incidents(  # noqa: PLR0913 - one for each part of the query
    team: str,
    holder: Caller,
    session: Reading,
    status: Status | None = None,
    since: Instant = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> IncidentList:
    """The team's incidents, newest first; `since` looks at when they were opened."""
    theirs = team_of(session, holder, slug=team)
    found = page_of(
        session,
        team_id=theirs.id,
        status=status,
        since=instant_in(theirs, since) if since else None,
        before=cursors.read(cursor) if cursor else None,
        limit=limit + 1,
        with_restricted=session.info[MAY_SEE_RESTRICTED],
    )
    listed = found[:limit]
    more = cursors.written((listed[-1].opened_at, listed[-1].id)) if len(found) > limit else None
    return IncidentList(items=shown(session, theirs, listed), next=more)


@router.get("/incidents/{ref}")
def incident(ref: str, holder: Caller, session: Reading) -> IncidentOut:
    """The newest incident of the team with that ref."""
    theirs = team_of(session, holder)
    return shown(session, theirs, [incident_named(session, theirs, ref)])[0]


@router.get("/teams/{team}/handover")
def handover(team: str, holder: Caller, session: Reading, clock: Now, meeting: Day = None) -> dict[str, Any]:
    """The staff-meeting handover: what came since the last meeting, still open first."""
    theirs, now = team_of(session, holder, slug=team), clock.now()
    try:
        period = meeting_on(theirs, day_of(meeting)) if meeting else next_meeting(theirs, at=now)
    except OverflowError:
        raise BadDay from None
    return as_json(gather(session, theirs, period, at=now))
