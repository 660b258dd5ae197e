"""An incident kept to the leads: who is named is said, and it is opened to the team again, by a lead with a reason."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from oncall.api.access import TokenFirst
from oncall.api.acting import Acting
from oncall.api.problems import documented
from oncall.api.queries import practitioner
from oncall.api.wire.schemas import IncidentOut
from oncall.paging.leads.restricting import check_decides, lift, restrict

router = APIRouter(
    prefix="/incidents/{ref}/restrict", route_class=TokenFirst, responses=documented(401, 403, 404, 409, 422)
)


class Restricting(BaseModel):
    """`person` is the lead who decides; `named` whom it is kept from beside all who are no leads."""

    person: str
    why: str = Field(min_length=1, max_length=2_000)
    named: list[str] = Field(default_factory=list, max_length=20)


class Lifting(BaseModel):
    """`person` is the lead who decides."""

    person: str
    why: str = Field(min_length=1, max_length=2_000)


@router.post("")
def keep(body: Restricting, doing: Acting) -> IncidentOut:
    """Keeps the incident to the leads from now on, and from whoever is named, lead or not."""
    by = doing.person(body.person)
    check_decides(doing.incident, by)
    named = [practitioner(doing.session, doing.team, slug=slug).id for slug in body.named]
    restrict(doing.session, doing.team, doing.incident, named=named, by=by.slug, why=body.why, at=doing.at)
    return doing.answer()


@router.post("/lift")
def open_again(body: Lifting, doing: Acting) -> IncidentOut:
    """Opens it to the team again."""
    lift(doing.session, doing.incident, by=doing.person(body.person), why=body.why, at=doing.at)
    return doing.answer()
