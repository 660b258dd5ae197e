"""A team's final shifts, gaps included, through the API: as `oncall rota show` gives them."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from pydantic import BaseModel, Field

from oncall.api.access import Caller, Reading, TokenFirst, team_of
from oncall.api.problems import documented
from oncall.api.wire.instants import BadInstant, FromQuery, ToQuery, span_in
from oncall.rotas.answers import show
from oncall.rotas.wording import as_show_json

router = APIRouter(prefix="/teams/{team}/rota/show", route_class=TokenFirst, responses=documented(401, 404, 422))


class ShiftOut(BaseModel):
    """A stretch of a tier: one person for one reason, or a gap."""

    start: Annotated[datetime, Field(alias="from")]
    end: Annotated[datetime, Field(alias="to")]
    person: str | None
    because: str | None


class RotaShown(BaseModel):
    """Each tier's shifts: consecutive, over the whole span."""

    team: str
    start: Annotated[datetime, Field(alias="from")]
    end: Annotated[datetime, Field(alias="to")]
    tiers: dict[str, list[ShiftOut]]


@router.get("")
def rota_show(
    team: str,
    holder: Caller,
    session: Reading,
    start: FromQuery,
    end: ToQuery,
) -> RotaShown:
    """The final shifts of a span of up to three years, gaps included."""
    theirs = team_of(session, holder, slug=team)
    begins, ends = span_in(theirs, start, end)
    try:
        tiers = show(session, theirs, start=begins, end=ends)
    except ValueError:
        raise BadInstant from None
    zone = ZoneInfo(theirs.time_zone)
    return RotaShown.model_validate(as_show_json(theirs.slug, tiers, start=begins, end=ends, zone=zone))
