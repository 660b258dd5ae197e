"""The addresses of calendars: made, listed and revoked by command and API; read by whoever has one, and nobody else."""

import json
import logging
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from typer.testing import CliRunner, Result

from oncall.api.problems import install
from oncall.api.routes import router as api
from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.cli.rota import app as commands
from oncall.rotas.calendars.actions import NoPublicAddress, create_feed
from oncall.rotas.calendars.models import CalendarFeed
from oncall.web.calendars import router
from tests.databases import SECRET
from tests.oncall.api.world import InProcess
from tests.oncall.rotas.calendars import readers
from tests.oncall.rotas.calendars.conftest import Place

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FEEDS = "/api/v1/teams/torfaen/rota/feeds"


@pytest.fixture
def anyone(place: Place) -> Iterator[httpx.Client]:
    """Somebody without a token, or with the one that is put into a header."""
    made = FastAPI(docs_url=None, redoc_url=None)
    made.state.database, made.state.clock = place.database, place.clock
    made.include_router(api)
    made.include_router(router)
    install(made)
    with httpx.Client(transport=InProcess(made), base_url="https://on-call.example") as client:
        yield client


def token(place: Place, scope: Scope = Scope.WRITE) -> dict[str, str]:
    with place.database.transaction() as session:
        secret = create_token(session, place.team(session), scope=scope, name="test", at=place.clock.now())
    return {"Authorization": f"Bearer {secret}"}


def test_a_calendar_is_read_without_signing_in_and_not_twice(place: Place, anyone: httpx.Client) -> None:
    address = f"/calendar/{place.address()}.ics"
    answer = anyone.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert readers.events(answer.text) == readers.events(answer.content.decode())
    again = anyone.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    assert anyone.head(address).headers["etag"] == answer.headers["etag"]
    assert anyone.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert anyone.post(address).status_code == 405


@on_sqlite
def test_a_wrong_or_revoked_secret_is_no_address_at_all(place: Place, anyone: httpx.Client) -> None:
    secret = place.address("sam")
    made = anyone.get(FEEDS, headers=token(place)).json()["items"]
    assert anyone.delete(f"{FEEDS}/{made[0]['feed']}", headers=token(place)).status_code == 204
    nowhere = anyone.get("/calendars/nowhere")
    for wrong in (secret, secret[:-1], secret.swapcase(), "x", "%00", "é" * 500, "..%2F..%2Fetc"):
        answer = anyone.get(f"/calendar/{wrong}.ics")
        assert (answer.status_code, answer.json(), answer.headers.get("etag")) == (404, nowhere.json(), None)


@on_sqlite
def test_what_is_stored_of_a_secret_does_not_open_anything(place: Place) -> None:
    secret = place.address()
    assert len(secret) >= 43  # 256 bits
    with place.database.reading() as session:
        (row,) = session.scalars(select(CalendarFeed))
        assert row.secret_hash == sha256(secret.encode()).hexdigest()
        assert secret not in repr([getattr(row, column.key) for column in CalendarFeed.__table__.columns])
    assert place.address() != secret


@on_sqlite
def test_a_secret_is_never_logged(place: Place, anyone: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    secret = place.address()
    with caplog.at_level(logging.DEBUG):
        assert anyone.get(f"/calendar/{secret}.ics").status_code == 200
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not any(secret in record.getMessage() for record in ours)


@on_sqlite
def test_without_a_public_address_none_is_made(place: Place) -> None:
    with place.database.transaction() as session:
        session.info["public_url"] = ""
        with pytest.raises(NoPublicAddress, match="ONCALL_PUBLIC_URL"):
            create_feed(session, place.team(session), person=None, at=place.clock.now())


def test_the_api_gives_lists_and_revokes(place: Place, anyone: httpx.Client) -> None:
    writes, reads = token(place), token(place, Scope.READ)
    made = anyone.post(FEEDS, json={"person": "sam"}, headers=writes)
    assert made.status_code == 201
    whole = anyone.post(FEEDS, json={}, headers=writes).json()
    assert whole["person"] is None
    assert anyone.get(made.json()["address"]).status_code == 200
    listed = anyone.get(FEEDS, headers=reads).json()["items"]
    assert [(one["feed"], one["person"], one["revoked_at"]) for one in listed] == [
        (made.json()["feed"], "sam", None),
        (whole["feed"], None, None),
    ]
    assert "address" not in listed[0]
    one = f"{FEEDS}/{made.json()['feed']}"
    assert anyone.delete(one, headers=reads).status_code == 403
    assert anyone.delete(one, headers=writes).status_code == 204
    assert anyone.delete(one, headers=writes).status_code == 404
    assert anyone.get(made.json()["address"]).status_code == 404
    assert anyone.get(whole["address"]).status_code == 200


@on_sqlite
@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", FEEDS, {"person": "nobody"}, 422),
        ("POST", FEEDS, {"person": 7}, 422),
        ("POST", FEEDS, {"persons": "sam"}, 422),
        ("POST", FEEDS.replace("torfaen", "gwent"), {}, 404),
        ("GET", FEEDS.replace("torfaen", "gwent"), None, 404),
        ("DELETE", f"{FEEDS}/7", None, 422),
    ],
)
def test_what_the_api_refuses(
    place: Place, anyone: httpx.Client, method: str, path: str, body: Any, status: int
) -> None:
    assert anyone.request(method, path, json=body, headers=token(place)).status_code == status
    assert anyone.request(method, path, json=body).status_code == 401


def test_another_teams_address_cannot_be_revoked(place: Place, anyone: httpx.Client) -> None:
    mine = token(place)
    made = anyone.post(FEEDS, json={}, headers=mine).json()
    other = Place(place.database, place.clock, slug="gwent")
    other.load(OTHERS)
    theirs = token(other)
    assert anyone.delete(f"/api/v1/teams/gwent/rota/feeds/{made['feed']}", headers=theirs).status_code == 404
    assert anyone.get(made["address"]).status_code == 200


OTHERS = """
  tiers:
    duty:
      - layer: Daily
        people: [pat]
        turn: {every: 1, unit: day, at: "09:00", starts: 2026-01-01}
"""


@pytest.fixture
def run(place: Place, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ONCALL_DATABASE_URL", database_url)
    monkeypatch.setenv("ONCALL_SECRET_KEY", SECRET)
    monkeypatch.setenv("ONCALL_PUBLIC_URL", "https://on-call.example")

    def ran(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["feed", *arguments])

    return ran


def test_the_commands_give_list_and_revoke(place: Place, anyone: httpx.Client, run: Any) -> None:
    made = run("create", "torfaen", "--person", "sam")
    assert (made.exit_code, made.stderr) == (0, "")
    address = made.stdout.strip()
    assert readers.events(anyone.get(address).text)
    whole = json.loads(run("create", "torfaen", "--json").stdout)
    assert (whole["person"], whole["address"][:33]) == (None, "https://on-call.example/calendar/")
    listed = json.loads(run("list", "torfaen", "--json").stdout)
    assert [feed["person"] for feed in listed["feeds"]] == ["sam", None]
    assert address.rpartition("/")[2][:20] not in run("list", "torfaen").stdout
    ended = run("revoke", "torfaen", listed["feeds"][0]["feed"], "--json")
    assert json.loads(ended.stdout) == {"feed": listed["feeds"][0]["feed"], "revoked": True}
    assert anyone.get(address).status_code == 404
    assert ", revoked " in run("list", "torfaen").stdout.splitlines()[0]


@on_sqlite
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "torfaen", "--person", "nobody"), "nobody of that name"),
        (("create", "gwent"), "There is no team 'gwent'"),
        (("revoke", "torfaen", "00000000-0000-0000-0000-000000000007"), "no such calendar address"),
        (("revoke", "torfaen", "seven"), "Invalid value"),
    ],
)
def test_what_the_commands_refuse(run: Any, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments)
    assert ran.exit_code == 2
    assert ran.stdout == ""
    assert said in ran.stderr


@on_sqlite
def test_a_team_without_addresses_says_so(run: Any) -> None:
    assert run("list", "torfaen").stdout == "There is no calendar address yet.\n"
