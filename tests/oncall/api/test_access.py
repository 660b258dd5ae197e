"""The token first: none, a bad one, one that may not write; and errors that say nothing of what was sent."""

import json
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from oncall.auth.actions import revoke_token
from oncall.auth.models import ApiToken
from oncall.auth.tokens import Scope
from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import InProcess, World, counting

pytestmark = on_sqlite

LIST = "/api/v1/teams/torfaen/incidents"
JSON = {"Content-Type": "application/json"}
SECRET = "K said she wants to die"


def writes(app: FastAPI) -> list[str]:
    """What follows an incident's address where it is written to, by the application's own description."""
    paths, start = app.openapi()["paths"], "/api/v1/incidents/{ref}/"
    return [path.removeprefix(start) for path in paths if "post" in paths[path] and path.startswith(start)]


def problem(answer: httpx.Response, status: int) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, object] = answer.json()
    assert body["status"] == status
    assert body["type"] == "about:blank"
    assert body["title"]
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer nonsense", "Basic eDp5", "nonsense", "Bearer \udce9"]
)
def test_no_token_or_a_bad_one_is_401(app: FastAPI, world: World, header: str | None) -> None:
    ref = world.incident()
    shown = [] if header is None else [(b"Authorization", header.encode("utf-8", "surrogateescape"))]
    stranger = httpx.Client(transport=InProcess(app), base_url="http://127.0.0.1", headers=shown)
    assert len(writes(app)) >= 8
    asked = [stranger.get(LIST), stranger.get(f"/api/v1/incidents/{ref}"), stranger.get("/api/v1/incidents/XXXX")]
    asked += [stranger.get(LIST, params={"limit": "many"}), stranger.get("/api/v1/teams/nowhere/incidents")]
    for last in writes(app):
        address = f"/api/v1/incidents/{ref}/{last}"
        asked += [stranger.post(address), stranger.post(address, json={})]
        asked += [stranger.post(address, content=sent, headers=JSON) for sent in ("{", b"\x80", "[" * 100_000)]
    for answer in asked:
        problem(answer, 401)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_scheme_is_not_case_sensitive(api: httpx.Client) -> None:
    api.headers["Authorization"] = api.headers["Authorization"].replace("Bearer", "bearer")
    assert api.get(LIST).status_code == 200


def test_a_revoked_token_is_401(api: httpx.Client, world: World) -> None:
    with world.database.transaction() as session:
        token = session.scalars(select(ApiToken)).one()
        assert revoke_token(session, team_id=token.team_id, token_id=token.id, at=world.clock.now())
    problem(api.get(LIST), 401)


def test_a_read_token_on_a_write_is_403_whatever_is_sent(app: FastAPI, connect: Connect, world: World) -> None:
    ref = world.incident()
    reader = connect(scope=Scope.READ)
    assert reader.get(LIST).status_code == 200
    for last in writes(app):
        address = f"/api/v1/incidents/{ref}/{last}"
        problem(reader.post(address), 403)
        problem(reader.post(address, json={"person": "sam"}), 403)
        for sent in ("{", b"\x80"):
            problem(reader.post(address, content=sent, headers=JSON), 403)


def test_noise_without_a_token_never_asks_for_the_writer(app: FastAPI, world: World) -> None:
    stranger = httpx.Client(transport=InProcess(app), base_url="http://127.0.0.1")
    asked: list[str] = []
    with counting(world.database, asked):
        stranger.post("/api/v1/incidents/XXXX/notes", json={"person": "sam", "text": "x"})
    assert asked == []


def test_a_tokens_use_is_noted_once_an_hour(api: httpx.Client, world: World) -> None:
    first = world.clock.now()
    for minutes, noted in ((0, first), (59, first), (2, first + timedelta(minutes=61))):
        world.clock.move(timedelta(minutes=minutes))
        assert api.get(LIST).status_code == 200
        with world.database.reading() as session:
            assert session.scalars(select(ApiToken.last_used_at)).one() == noted


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/", 404),
        ("DELETE", "/api/v1/incidents/XXXX", 405),
        ("PUT", "/api/v1/incidents/XXXX/notes", 405),
        ("GET", "/docs", 404),
        ("GET", "/redoc", 404),
    ],
)
def test_no_such_address_or_method(api: httpx.Client, method: str, path: str, status: int) -> None:
    problem(api.request(method, path), status)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        "7",
        b"\xff\xfe",
        b'{"person": "\x80"}',
        '{"person": "sam", "text": "\\ud800"}',
        "[" * 100_000,
        json.dumps({"person": "sam"}),
        json.dumps({"text": SECRET}),
        json.dumps({"person": "sam", "text": ""}),
        json.dumps({"person": "sam", "text": " \n\t "}),
        json.dumps({"person": "sam", "text": None}),
        json.dumps({"person": "sam", "text": 7}),
        json.dumps({"person": "sam", "text": [SECRET]}),
        json.dumps({"person": 7, "text": SECRET}),
        json.dumps({"person": "", "text": SECRET}),
        json.dumps({"person": "nobody", "text": SECRET}),
        json.dumps({"person": "sam\0", "text": SECRET}),
        json.dumps({"person": "gwen", "text": SECRET}),
        json.dumps({"person": "sam", "text": "x" * 10_001}),
        json.dumps({"person": "sam", "text": SECRET, "urgent": SECRET}),
    ],
    ids=lambda content: repr(content[:40]),
)
def test_a_body_that_does_not_fit_is_422_and_is_not_repeated(
    api: httpx.Client, world: World, content: str | bytes
) -> None:
    ref = world.incident("text")
    before = api.get(f"/api/v1/incidents/{ref}").json()
    answer = api.post(f"/api/v1/incidents/{ref}/notes", content=content, headers=JSON)
    problem(answer, 422)
    assert SECRET not in answer.text
    assert api.get(f"/api/v1/incidents/{ref}").json() == before


def test_a_fault_of_ours_is_a_problem_too(app: FastAPI, connect: Connect, world: World) -> None:
    ref = world.incident()
    token = connect().headers["Authorization"]
    quiet = InProcess(app, raises=False)
    with httpx.Client(transport=quiet, base_url="http://127.0.0.1", headers={"Authorization": token}) as client:
        del app.state.clock
        problem(client.post(f"/api/v1/incidents/{ref}/notes", json={"person": "sam", "text": SECRET}), 500)


def test_each_misfit_is_pointed_at(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    answer = api.post(f"/api/v1/incidents/{ref}/flags", json={"person": "", "flag": "Self Harm", "state": "suggested"})
    errors = problem(answer, 422)["errors"]
    assert isinstance(errors, list)
    assert [error["pointer"] for error in errors] == ["#/person", "#/flag", "#/state"]
    errors = problem(api.get(LIST, params={"limit": "many"}), 422)["errors"]
    assert isinstance(errors, list)
    assert [error["parameter"] for error in errors] == ["limit"]


def test_the_description_names_every_address_and_what_can_go_wrong(app: FastAPI) -> None:
    described = InProcess(app)
    answer = httpx.Client(transport=described, base_url="http://127.0.0.1").get("/openapi.json")
    assert answer.status_code == 200
    for path, methods in answer.json()["paths"].items():
        for method, operation in methods.items():
            codes = {"401", "404", "422"} | ({"403"} if method == "post" else set())
            assert codes <= set(operation["responses"]), path
            assert operation["security"] == [{"HTTPBearer": []}]
            assert set(operation["responses"]["422"]["content"]) == {"application/problem+json"}


def test_no_team_is_seen_by_another_through_an_act(app: FastAPI, connect: Connect, world: World) -> None:
    ref = world.incident()
    gwent = connect("gwent")
    bodies: dict[str, dict[str, str]] = {
        "acknowledge": {},
        "call": {},
        "contacted": {"how": "rang"},
        "close": {"outcome": "x", "guidance": "y"},
        "notes": {"text": "x"},
        "flags": {"flag": "missing", "state": "confirmed"},
        "call/bring-in": {"tier": "backup"},
        "call/leave": {},
        "severity": {"severity": "concern", "why": "x"},
        "tasks/{task_id}/done": {},
        "tasks/{task_id}/drop": {"why": "x"},
        "restrict": {"why": "x"},
        "restrict/lift": {"why": "x"},
        "guides/{guide}": {"step": "clothes", "answer": "x"},
    }
    given = {"task_id": UUID(int=7), "guide": "missing"}
    assert set(bodies) == set(writes(app))
    before = connect().get(f"/api/v1/incidents/{ref}").json()
    for last, body in bodies.items():
        address = f"/api/v1/incidents/{ref}/{last.format_map(given)}"
        problem(gwent.post(address, json={"person": "sam", **body}), 404)
    assert connect().get(f"/api/v1/incidents/{ref}").json() == before
