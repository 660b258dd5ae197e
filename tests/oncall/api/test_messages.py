"""What a caller left by voice, through the API: listed, played behind the team's token, and each play on the record."""

import io
import wave
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from oncall.auth.tokens import Scope
from oncall.incidents.models import Media
from oncall.incidents.queries import by_ref
from oncall.paging.sending.media import MediaStore
from tests.databases import KEYRING
from tests.oncall.api.conftest import Connect
from tests.oncall.api.world import World, team_named


def a_sound(seconds: float = 2.5) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * int(8000 * seconds))
    return kept.getvalue()


@pytest.fixture
def store(app: FastAPI, tmp_path: Path) -> MediaStore:
    made = MediaStore(tmp_path / "media", KEYRING)
    app.state.media = made
    return made


def left(world: World, store: MediaStore, ref: str, *, kind: str = "audio/x-wav", sound: bytes | None = None) -> UUID:
    """Something came with the caller's contact; it is here if there is a sound."""
    with world.database.transaction() as session:
        incident = by_ref(session, team_id=team_named(session, "torfaen").id, ref=ref)
        row = Media(
            team_id=incident.team_id,
            incident_id=incident.id,
            at=world.clock.now(),
            content_type=kind,
            url="https://api.twilio.com/RE1",
            state="waiting" if sound is None else "stored",
        )
        session.add(row)
        session.flush()
        if sound is not None:
            store.write(row.id, sound)
        return row.id


def test_messages_are_listed_oldest_first_and_pictures_are_none(
    world: World, store: MediaStore, api: httpx.Client
) -> None:
    ref = world.incident()
    first = left(world, store, ref, sound=a_sound())
    left(world, store, ref, kind="image/jpeg", sound=b"x")
    second = left(world, store, ref)
    answer = api.get(f"/api/v1/incidents/{ref}/messages")
    assert answer.status_code == 200
    listed = answer.json()
    assert [(one["id"], one["state"], one["seconds"]) for one in listed] == [
        (str(first), "stored", 2.5),
        (str(second), "waiting", None),
    ]
    assert datetime.fromisoformat(listed[0]["at"]).astimezone(UTC) == world.clock.now()


def test_a_message_is_played_behind_a_read_token_and_each_play_is_written_down(
    world: World, store: MediaStore, connect: Connect
) -> None:
    """L42: nobody is sent where it lies; nothing of it is kept on the way."""
    ref, reader = world.incident(), connect(scope=Scope.READ)
    sound = a_sound()
    message = left(world, store, ref, sound=sound)
    for _ in range(2):
        answer = reader.get(f"/api/v1/incidents/{ref}/messages/{message}")
        assert answer.status_code == 200
        assert answer.content == sound
        assert answer.headers["Content-Type"] == "audio/x-wav"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{ref}-{message}.wav"'
    lines = reader.get(f"/api/v1/incidents/{ref}").json()["timeline"]
    plays = [line["detail"] for line in lines if line["kind"] == "played"]
    assert plays == ['A message of the caller was played through the API, to "test".'] * 2


def test_nobody_else_can_play_it(world: World, store: MediaStore, connect: Connect) -> None:
    ref = world.incident()
    other = world.incident()
    message = left(world, store, ref, sound=a_sound())
    address = f"/api/v1/incidents/{ref}/messages"
    for last in ("", f"/{message}"):
        assert connect(team=None).get(address + last).status_code == 401
        assert connect(team="gwent").get(address + last).status_code == 404
    api = connect()
    assert api.get(f"/api/v1/incidents/{other}/messages/{message}").status_code == 404
    assert api.get(f"{address}/{UUID(int=7)}").status_code == 404
    assert api.get(f"{address}/nonsense").status_code == 422
    lines = api.get(f"/api/v1/incidents/{ref}").json()["timeline"]
    assert all(line["kind"] != "played" for line in lines)


def test_what_is_not_here_is_said_so_and_no_play_is_written_down(
    world: World, store: MediaStore, api: httpx.Client, tmp_path: Path
) -> None:
    ref = world.incident()
    waiting = left(world, store, ref)
    lost = left(world, store, ref, sound=a_sound())
    for file in (tmp_path / "media").iterdir():
        file.unlink()
    address = f"/api/v1/incidents/{ref}/messages"
    assert [api.get(f"{address}/{one}").status_code for one in (waiting, lost)] == [409, 409]
    assert [one["seconds"] for one in api.get(address).json()] == [None, None]
    lines = api.get(f"/api/v1/incidents/{ref}").json()["timeline"]
    assert all(line["kind"] != "played" for line in lines)
