"""The addresses of sounds that the network fetches while a call goes on; each opens only with its own proof."""

from pathlib import Path
from typing import cast

from fastapi import APIRouter, Response

from oncall.calls.audio.messages import opened, sound_of
from oncall.calls.audio.prompts import recorded
from oncall.calls.audio.signing import check
from oncall.clock import Clock
from oncall.db.database import Database
from oncall.db.sealing import keyring_of
from oncall.errors import NotFound
from oncall.paging.sending.media import MediaStore
from oncall.telephony.twiml import Language

KEPT_FOR_S = 24 * 3600


class NoSuchSound(NotFound):
    """There is no such sound any more."""


def build_router(*, database: Database, clock: Clock, media: MediaStore, prompts: Path) -> APIRouter:
    """The router of sounds."""
    router = APIRouter()

    @router.get("/audio/message/{call_id}/{message_id}/{until}/{given}")
    def message(call_id: str, message_id: str, until: str, given: str) -> Response:
        with database.reading() as session:
            found = opened(session, call_id, message_id, until, given=given, at=clock.now())
            return sound(sound_of(media, found), found.content_type, cache="no-store")

    @router.get("/audio/prompt/{team}/{language}/{name}/{given}")
    def prompt(team: str, language: str, name: str, given: str) -> Response:
        with database.reading() as session:
            check(keyring_of(session), given, "prompt", team, language, name)
        found = recorded(prompts, team, cast("Language", language), name)  # the proof is for one we speak
        if found is None:
            raise NoSuchSound
        return sound(found.path.read_bytes(), found.content_type, cache=f"private, max-age={KEPT_FOR_S}")

    return router


def sound(data: bytes, content_type: str, *, cache: str) -> Response:
    """A sound as an answer; a browser is to take it for nothing else."""
    headers = {"Cache-Control": cache, "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=content_type, headers=headers)
