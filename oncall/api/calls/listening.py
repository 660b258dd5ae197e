"""Playing back what a caller left by voice: behind a token of the team, opened in memory, each play on the record."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from oncall.api.access import Caller, Now, Reading, TokenFirst, Writing, team_of
from oncall.api.problems import documented
from oncall.api.queries import incident_named
from oncall.api.wire.sounds import MessageOut
from oncall.auth.models import ApiToken
from oncall.calls.audio import messages
from oncall.calls.audio.webhooks import sound
from oncall.incidents.models import Media
from oncall.paging.sending.media import MediaStore

router = APIRouter(prefix="/incidents/{ref}/messages", route_class=TokenFirst, responses=documented(401, 404, 422))
SOUND: dict[int | str, dict[str, Any]] = {HTTPStatus.OK.value: {"description": "The sound", "content": {"audio/*": {}}}}


def media_of(request: Request) -> MediaStore:
    store: MediaStore = request.app.state.media
    return store


Store = Annotated[MediaStore, Depends(media_of)]


@router.get("")
def listed(ref: str, holder: Caller, session: Reading, store: Store) -> list[MessageOut]:
    """What the caller left by voice, oldest first; `stored` can be played."""
    team = team_of(session, holder)
    return [_shown(one, store) for one in messages.messages_of(session, incident_named(session, team, ref))]


def _shown(message: Media, store: MediaStore) -> MessageOut:
    return MessageOut.model_validate(
        {"id": message.id, "at": message.at, "state": message.state, "seconds": _seconds(message, store)}
    )


def _seconds(message: Media, store: MediaStore) -> float | None:
    if message.state != "stored":
        return None
    try:
        return messages.seconds_of(messages.sound_of(store, message))
    except messages.NotHereYet:
        return None


@router.get("/{message_id}", response_class=Response, responses={**documented(409), **SOUND})
def play(ref: str, message_id: UUID, holder: Caller, session: Writing, store: Store, clock: Now) -> Response:
    """The sound of one message. That it was played is written down, with the name of the token."""
    team = team_of(session, holder)
    incident = incident_named(session, team, ref)
    message = messages.message_named(session, incident, message_id)
    data = messages.sound_of(store, message)
    messages.note_asked_for(session, incident, token=_name(session, holder.token_id), at=clock.now())
    answer = sound(data, message.content_type, cache="no-store")
    ending = "wav" if "wav" in message.content_type else message.content_type.rpartition("/")[2]
    answer.headers["Content-Disposition"] = f'attachment; filename="{incident.ref}-{message.id}.{ending}"'
    return answer


def _name(session: Session, token_id: UUID) -> str:
    return session.get_one(ApiToken, token_id).name
