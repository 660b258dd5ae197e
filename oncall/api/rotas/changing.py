"""Changes of a team's rota: given, asked, answered, undone, its log. `person` is whose deed it is, `by` who does it.

Whom a change concerns is texted in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from oncall.api.access import Caller, Now, Reading, TokenFirst, Writing, team_of
from oncall.api.problems import documented
from oncall.api.queries import practitioner
from oncall.api.wire.instants import span_in
from oncall.api.wire.schemas import Slug, Words
from oncall.paging.changes.telling import tell
from oncall.paging.shifts.working import worked_before
from oncall.people.models import Team
from oncall.rotas.changes.absence import give_leave, take_leave_back
from oncall.rotas.changes.answering import accept, approve, decline, undo, withdraw
from oncall.rotas.changes.asking import Wanted, ask_cover, ask_swap, give_override
from oncall.rotas.changes.doing import Doing
from oncall.rotas.changes.laying.pieces import Stretch
from oncall.rotas.changes.models import RotaChange
from oncall.rotas.changes.showing.listing import changes_json, leave_json, log_json, standing_changes

router = APIRouter(prefix="/teams/{team}/rota", route_class=TokenFirst, responses=documented(401, 403, 404, 409, 422))

Instant = Annotated[str, Field(description="ISO 8601; without an offset, in the team's zone")]
Tier = Annotated[str, Field(min_length=1, max_length=200)]
Answer = Literal["accept", "decline", "withdraw", "approve", "undo"]
DEEDS = {"accept": accept, "decline": decline, "withdraw": withdraw, "approve": approve, "undo": undo}


class ByPerson(BaseModel):
    """Whose deed it is and, if somebody else does it for them, who."""

    model_config = ConfigDict(extra="forbid", strict=True)

    person: Slug
    by: Slug | None = None
    why: Words | None = None


class OfSpan(ByPerson):
    """A deed about a span."""

    start: Annotated[Instant, Field(alias="from")]
    end: Annotated[Instant, Field(alias="to")]


class Giving(OfSpan):
    """An override; `by` a lead, who with `allow` gives it in spite of what is wrong with it."""

    tier: Tier
    allow: bool = False


class CoverWanted(OfSpan):
    """Cover of a tier, or of all the person holds; `of` whom, else of everyone."""

    tier: Tier | None = None
    of: list[Slug] = []


class OtherStretch(BaseModel):
    """What a colleague gives in return."""

    model_config = ConfigDict(extra="forbid", strict=True)

    person: Slug
    tier: Tier
    start: Annotated[Instant, Field(alias="from")]
    end: Annotated[Instant, Field(alias="to")]


class SwapWanted(OfSpan):
    """A stretch of one's own for one of a colleague's."""

    tier: Tier
    in_return: OtherStretch


class Answering(ByPerson):
    """An answer to a change; `allow` as for an override."""

    allow: bool = False


@dataclass(frozen=True)
class Office:
    """A team's rota about to be changed."""

    session: Session
    team: Team
    at: datetime

    def doing(self, body: ByPerson, *, allows: bool = False) -> Doing:
        """Who does it, for whom and why. Raises NoSuchPerson."""
        person = practitioner(self.session, self.team, slug=body.person)
        by = practitioner(self.session, self.team, slug=body.by) if body.by else person
        worked = worked_before(self.session, self.team, at=self.at)
        return Doing(by=by, person=person, at=self.at, why=body.why, allows=allows, worked=worked)

    def span(self, body: OfSpan | OtherStretch) -> tuple[datetime, datetime]:
        """Raises BadInstant, BadSpan."""
        return span_in(self.team, body.start, body.end)

    def answer(self, changes: Sequence[RotaChange]) -> dict[str, Any]:
        """Has everybody told; the changes as they stand."""
        tell(self.session, self.team, at=self.at)
        return changes_json(self.session, self.team, changes)


def office(team: str, holder: Caller, session: Writing, clock: Now) -> Office:
    return Office(session, team_of(session, holder, slug=team), clock.now())


Changing = Annotated[Office, Depends(office)]


@router.get("/changes")
def log(team: str, holder: Caller, session: Reading) -> dict[str, Any]:
    """Every change of the rota there was: who, for whom, when and why."""
    return log_json(session, team_of(session, holder, slug=team))


@router.get("/requests")
def requests(team: str, holder: Caller, session: Reading, clock: Now) -> dict[str, Any]:
    """What is asked and not settled, and what is changed and not past."""
    theirs = team_of(session, holder, slug=team)
    return changes_json(session, theirs, standing_changes(session, theirs, at=clock.now()))


@router.post("/overrides", status_code=HTTPStatus.CREATED)
def override(body: Giving, here: Changing) -> dict[str, Any]:
    """Puts a person on a tier for a span, over whatever the rota says; a lead's to give."""
    doing = here.doing(body, allows=body.allow)
    return here.answer([give_override(here.session, here.team, Stretch(body.tier, *here.span(body)), doing)])


@router.post("/cover", status_code=HTTPStatus.CREATED)
def cover(body: CoverWanted, here: Changing) -> dict[str, Any]:
    """Asks for what the person holds in a span to be covered: one change for each stretch."""
    start, end = here.span(body)
    asked = [practitioner(here.session, here.team, slug=one) for one in body.of]
    wanted = Wanted(start=start, end=end, tier=body.tier, of=asked)
    return here.answer(ask_cover(here.session, here.team, wanted, here.doing(body)))


@router.post("/swaps", status_code=HTTPStatus.CREATED)
def swap(body: SwapWanted, here: Changing) -> dict[str, Any]:
    """Asks a colleague to take a stretch for one of theirs."""
    own, other = Stretch(body.tier, *here.span(body)), Stretch(body.in_return.tier, *here.span(body.in_return))
    colleague = practitioner(here.session, here.team, slug=body.in_return.person)
    return here.answer([ask_swap(here.session, here.team, own, other, colleague, here.doing(body))])


@router.post("/requests/{code}/{answer}")
def answer(code: str, answer: Answer, body: Answering, here: Changing) -> dict[str, Any]:
    """Accepts, declines, withdraws, approves or undoes the change that has this code."""
    return here.answer([DEEDS[answer](here.session, here.team, code, here.doing(body, allows=body.allow))])


@router.post("/leave", status_code=HTTPStatus.CREATED)
def leave(body: OfSpan, here: Changing) -> dict[str, Any]:
    """Writes leave, and asks everyone to cover each shift it touches."""
    written = give_leave(here.session, here.team, *here.span(body), here.doing(body))
    tell(here.session, here.team, at=here.at)
    return leave_json(here.session, here.team, written)


@router.post("/leave/remove")
def no_leave(body: OfSpan, here: Changing) -> dict[str, Any]:
    """Takes leave off again that was written by hand."""
    taken = take_leave_back(here.session, here.team, *here.span(body), here.doing(body))
    tell(here.session, here.team, at=here.at)
    return leave_json(here.session, here.team, taken)
