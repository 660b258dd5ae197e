"""The addresses of a team's calendars: given out, listed, revoked. An address is told once, to whoever made it."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from oncall.api.access import Caller, Now, Reading, TokenFirst, Writing, team_of
from oncall.api.problems import documented
from oncall.api.wire.schemas import Slug
from oncall.rotas.calendars.actions import create_feed, revoke_feed
from oncall.rotas.calendars.queries import listed
from oncall.rotas.calendars.wording import as_feed_json

router = APIRouter(prefix="/teams/{team}/rota/feeds", route_class=TokenFirst, responses=documented(401, 403, 404, 422))


class FeedWanted(BaseModel):
    """Whose calendar: a practitioner's, by slug, or the whole team's."""

    model_config = ConfigDict(extra="forbid", strict=True)

    person: Slug | None = None


class FeedOut(BaseModel):
    """An address of a calendar; the address itself is not kept."""

    feed: UUID
    person: str | None
    created_at: datetime
    revoked_at: datetime | None


class NewFeed(FeedOut):
    """The same, with the address."""

    address: Annotated[str, Field(description="told this once; whoever has it can read the calendar")]


class FeedList(BaseModel):
    """Oldest first, revoked ones too."""

    items: list[FeedOut]


@router.post("", status_code=HTTPStatus.CREATED)
def create(team: str, body: FeedWanted, holder: Caller, session: Writing, clock: Now) -> NewFeed:
    """Makes an address of a calendar."""
    theirs = team_of(session, holder, slug=team)
    feed, address = create_feed(session, theirs, person=body.person, at=clock.now())
    told = as_feed_json(feed, zone=ZoneInfo(theirs.time_zone))
    return NewFeed.model_validate({**told, "address": address})


@router.get("")
def feeds(team: str, holder: Caller, session: Reading) -> FeedList:
    """The team's addresses, without their secrets."""
    theirs = team_of(session, holder, slug=team)
    zone = ZoneInfo(theirs.time_zone)
    return FeedList.model_validate(
        {"items": [as_feed_json(feed, zone=zone) for feed in listed(session, team_id=theirs.id)]}
    )


@router.delete("/{feed_id}", status_code=HTTPStatus.NO_CONTENT, response_class=Response)
def revoke(team: str, feed_id: UUID, holder: Caller, session: Writing, clock: Now) -> None:
    """Ends an address: from then on it opens nothing."""
    revoke_feed(session, team_of(session, holder, slug=team), feed_id=feed_id, at=clock.now())
