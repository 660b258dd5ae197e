"""Doing: take, contact made, note, flag, close; and what stands in the way of each."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import World

CLOSING = {"person": "sam", "outcome": "Settled.", "guidance": "Stay near."}


def done(api: httpx.Client, ref: str, what: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = api.post(f"/api/v1/incidents/{ref}/{what}", json=body)
    assert answer.status_code == status, answer.text
    shown: dict[str, Any] = answer.json()
    if status < 300:
        assert shown == api.get(f"/api/v1/incidents/{ref}").json()
    return shown


def kinds(shown: dict[str, Any], *, by: str) -> list[str]:
    return [line["kind"] for line in shown["timeline"] if line["by"] == by]


def test_taking_it(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    shown = done(api, ref, "acknowledge", {"person": "sam"})
    assert (shown["status"], shown["acknowledged_by"]) == ("acknowledged", "sam")
    assert shown["acknowledged_at"] == "2026-03-14T02:01:00Z"
    again = done(api, ref, "acknowledge", {"person": "sam"})
    assert kinds(again, by="sam") == ["acknowledged"]


def test_another_person_is_told_who_has_it(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    done(api, ref, "acknowledge", {"person": "sam"})
    refused = done(api, ref, "acknowledge", {"person": "eli"}, 409)
    assert "Sam Rees" in refused["detail"]
    assert api.get(f"/api/v1/incidents/{ref}").json()["acknowledged_by"] == "sam"


@on_sqlite
@pytest.mark.parametrize("minutes", [1, 20, 720, None])
def test_a_promise(api: httpx.Client, world: World, minutes: int | None) -> None:
    ref = world.incident()
    shown = done(api, ref, "acknowledge", {"person": "sam", "contact_within": minutes})
    said = [line["detail"] for line in shown["timeline"] if line["kind"] == "acknowledged"]
    assert (f"{minutes} minutes" in said[0]) is (minutes is not None)


@on_sqlite
@pytest.mark.parametrize("minutes", [0, -1, 721, 20.5, 20.0, "20", True, [20]])
def test_no_such_promise(api: httpx.Client, world: World, minutes: object) -> None:
    ref = world.incident()
    refused = done(api, ref, "acknowledge", {"person": "sam", "contact_within": minutes}, 422)
    assert refused["errors"][0]["pointer"] == "#/contact_within"
    assert api.get(f"/api/v1/incidents/{ref}").json()["status"] == "open"


def test_l3_of_many_at_once_one_has_it(connect: Connect, world: World) -> None:
    ref = world.incident()
    people = ["sam", "eli"] * 3
    clients = [connect() for _ in people]

    def take(client: httpx.Client, person: str) -> int:
        return client.post(f"/api/v1/incidents/{ref}/acknowledge", json={"person": person}).status_code

    with ThreadPoolExecutor(len(people)) as threads:
        answers = list(threads.map(take, clients, people))
    assert sorted(answers) == [200, 200, 200, 409, 409, 409]
    shown = clients[0].get(f"/api/v1/incidents/{ref}").json()
    assert len([line for line in shown["timeline"] if line["kind"] == "acknowledged"]) == 1


def test_contact_made(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    refused = done(api, ref, "contacted", {"person": "sam", "how": "rang back"}, 409)
    assert refused["title"] == "Conflict"
    done(api, ref, "acknowledge", {"person": "sam"})
    shown = done(api, ref, "contacted", {"person": "sam", "how": "rang back"})
    assert shown["contacted_at"] == "2026-03-14T02:01:00Z"
    assert any("rang back" in line["detail"] for line in shown["timeline"])


def test_a_note_is_kept_word_for_word(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    words = "  <b>Cŵn</b> & \u0000 'quotes' 😀\n\n"
    shown = done(api, ref, "notes", {"person": "eli", "text": words}, 201)
    assert shown["timeline"][-1] == {"at": "2026-03-14T02:01:00Z", "kind": "note", "by": "eli", "detail": words}


def test_flags_are_confirmed_and_dismissed_and_keep_their_phrase(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    refused = done(api, ref, "flags", {"person": "sam", "flag": "missing", "state": "dismissed"}, 404)
    assert "flag" in refused["detail"]
    done(api, ref, "flags", {"person": "sam", "flag": "missing", "state": "confirmed"})
    done(api, ref, "flags", {"person": "sam", "flag": "self_harm", "state": "confirmed"})
    shown = done(api, ref, "flags", {"person": "eli", "flag": "missing", "state": "dismissed"})
    assert shown["flags"] == [
        {"flag": "missing", "state": "dismissed", "phrase": None},
        {"flag": "self_harm", "state": "confirmed", "phrase": None},
    ]
    assert kinds(shown, by="eli")[0] == "flag"


@pytest.mark.parametrize("follow_up", [None, "Ring on Monday."])
def test_closing_it(api: httpx.Client, world: World, follow_up: str | None) -> None:
    ref = world.incident()
    assert "take it" in done(api, ref, "close", CLOSING, 409)["detail"]
    done(api, ref, "acknowledge", {"person": "sam"})
    assert done(api, ref, "close", {**CLOSING, "person": "eli"}, 409)["title"] == "Conflict"
    shown = done(api, ref, "close", {**CLOSING, "follow_up": follow_up})
    assert (shown["status"], shown["closed_at"], shown["acknowledged_by"]) == ("closed", "2026-03-14T02:01:00Z", "sam")
    said = shown["timeline"][-1]["detail"]
    assert "Settled." in said
    assert "Stay near." in said
    assert ("Ring on Monday." in said) is (follow_up is not None)
    for what, body in (("close", CLOSING), ("acknowledge", {"person": "eli"}), ("acknowledge", {"person": "sam"})):
        done(api, ref, what, body, 409)
    assert api.get(f"/api/v1/incidents/{ref}").json() == shown


@on_sqlite
@pytest.mark.parametrize("person", ["nobody", "gwen", "Sam"])
@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("acknowledge", {}),
        ("contacted", {"how": "rang"}),
        ("close", {"outcome": "x", "guidance": "y"}),
        ("notes", {"text": "x"}),
        ("flags", {"flag": "missing", "state": "confirmed"}),
    ],
)
def test_only_somebody_who_works_here_does_anything(
    api: httpx.Client, world: World, person: str, what: str, body: dict[str, str]
) -> None:
    ref = world.incident()
    done(api, ref, what, {"person": person, **body}, 422)
    assert kinds(api.get(f"/api/v1/incidents/{ref}").json(), by=person) == []
