"""Rest that is owed for disturbed nights, through the API: listed, and settled by a lead with how."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from oncall.api.access import Caller, Now, Reading, TokenFirst, Writing, team_of
from oncall.api.problems import documented
from oncall.api.queries import practitioner
from oncall.api.wire.schemas import Slug, Words
from oncall.rotas.rest.listing import one_json, rest_json
from oncall.rotas.rest.owing import settle

router = APIRouter(
    prefix="/teams/{team}/rota/rest", route_class=TokenFirst, responses=documented(401, 403, 404, 409, 422)
)


class Settling(BaseModel):
    """Which lead settles it, and how."""

    model_config = ConfigDict(extra="forbid", strict=True)

    by: Slug
    how: Words


@router.get("")
def rest(team: str, holder: Caller, session: Reading, clock: Now) -> dict[str, Any]:
    """What is owed, and what was settled of the last seventeen weeks; each with the later start proposed."""
    return rest_json(session, team_of(session, holder, slug=team), at=clock.now())


@router.post("/{rest_id}/settle")
def settled(team: str, rest_id: UUID, body: Settling, holder: Caller, session: Writing, clock: Now) -> dict[str, Any]:
    """Settles one night."""
    theirs = team_of(session, holder, slug=team)
    lead = practitioner(session, theirs, slug=body.by)
    return one_json(session, theirs, settle(session, theirs, rest_id, by=lead, how=body.how, at=clock.now()))
