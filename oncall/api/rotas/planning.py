"""A plan for a team's rota, proposed and never applied: as `oncall rota plan` gives it.

One rule: no session is open while the search goes on, in the request's own thread, and one search goes on at a time in
a process; so it takes no more than one of the threads, for a few seconds.
"""

from threading import Lock
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from oncall.api.access import Caller, TokenFirst, database_of, team_of
from oncall.api.problems import documented
from oncall.api.wire.instants import BadInstant, BadSpan, FromQuery, ToQuery, instant_in
from oncall.errors import Conflict
from oncall.rotas.planning.gathering import Wanted, from_team
from oncall.rotas.planning.making import make
from oncall.rotas.planning.wording import as_plan_json

router = APIRouter(prefix="/teams/{team}/rota", route_class=TokenFirst, responses=documented(401, 404, 409, 422))

_searching = Lock()


class BeingPlanned(Conflict):
    """Another plan is being made; ask again in a moment."""


@router.get("/plan")
def rota_plan(
    team: str,
    holder: Caller,
    request: Request,
    start: FromQuery,
    end: ToQuery,
    seconds: Annotated[float, Query(ge=1, le=20, description="how long to search at most")] = 15,
) -> dict[str, Any]:
    """Who might hold the turns that begin in a span: layers and overrides to be loaded, or why there are none."""
    if not _searching.acquire(blocking=False):
        raise BeingPlanned
    try:
        with database_of(request).reading() as session:
            theirs = team_of(session, holder, slug=team)
            begins, ends = instant_in(theirs, start), instant_in(theirs, end)
            if ends <= begins:
                raise BadSpan
            try:
                gathered = from_team(session, theirs, Wanted(begins, ends))
            except ValueError:
                raise BadInstant from None
        return as_plan_json(make(gathered, seconds=seconds))
    finally:
        _searching.release()
