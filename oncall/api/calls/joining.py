"""During a call: somebody is brought in, or whoever is on it leaves the others talking; as with `*` and a key."""

from typing import Literal, Self

from fastapi import APIRouter
from pydantic import model_validator

from oncall.api.access import TokenFirst
from oncall.api.acting import Acting
from oncall.api.problems import documented
from oncall.api.wire.schemas import Deed, IncidentOut, Slug
from oncall.calls.joining import bringing

router = APIRouter(
    prefix="/incidents/{ref}/call", route_class=TokenFirst, responses=documented(401, 403, 404, 409, 422)
)


class BringingIn(Deed):
    """Whom `person`, who is on the call, asks in: who holds a tier now, or a lead. One of the two."""

    tier: Slug | None = None
    role: Literal["lead", "clinical_lead", "service_manager"] | None = None

    @model_validator(mode="after")
    def names_one(self) -> Self:
        if (self.tier is None) == (self.role is None):
            raise ValueError("name a tier or a role, and not both")
        return self


@router.post("/bring-in")
def bring_in(body: BringingIn, doing: Acting) -> IncidentOut:
    """Rings somebody to join the call; the caller and the practitioner talk on meanwhile."""
    person = doing.person(body.person)
    wish = bringing.Wish(tier=body.tier, role=body.role)
    bringing.ask_in(doing.session, doing.incident, wish, by=person, at=doing.at)
    return doing.answer()


@router.post("/leave")
def leave(body: Deed, doing: Acting) -> IncidentOut:
    """The person leaves the others talking."""
    person = doing.person(body.person)
    bringing.leave(doing.session, doing.incident, by=person, at=doing.at)
    return doing.answer()
