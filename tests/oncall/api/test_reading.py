"""Asking: the list and its cursor, one incident, nothing of another team's."""

from datetime import timedelta

import httpx
import pytest

from oncall.incidents.actions import FlagChange, change_flag
from oncall.incidents.queries import by_ref
from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import CARER, World, counting, team_named

LIST = "/api/v1/teams/torfaen/incidents"


def refs(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["ref"] for one in answer.json()["items"]]


def test_an_incident_as_it_is_shown(api: httpx.Client, world: World) -> None:
    before = world.incident("first")
    ref = world.incident("  K won't settle, ŵ <b>\n ")
    with world.database.transaction() as session:
        team = team_named(session, "torfaen")
        incident = by_ref(session, team_id=team.id, ref=ref)
        incident.follows_id = by_ref(session, team_id=team.id, ref=before).id
        for state, phrase in (("suggested", "won't settle"), ("confirmed", "won't settle")):
            change = FlagChange(flag="acute_distress", state=state, phrase=phrase)
            change_flag(session, incident, change, by="service", at=world.clock.now())
    answer = api.get(f"/api/v1/incidents/{ref.lower()}")
    assert answer.status_code == 200
    shown = answer.json()
    received, *others = shown.pop("timeline")
    assert [one["state"] for one in shown.pop("flag_history")] == ["suggested", "confirmed"]
    assert shown == {
        "ref": ref,
        "team": "torfaen",
        "status": "open",
        "channel": "sms",
        "severity": "urgent",
        "opened_at": "2026-03-14T02:02:00Z",
        "acknowledged_at": None,
        "acknowledged_by": None,
        "contacted_at": None,
        "closed_at": None,
        "follows": before,
        "contact": {"slug": "price", "name": "Jane Price", "kind": "foster_carer"},
        "phone": CARER,
        "young_person": "yp-07",
        "flags": [{"flag": "acute_distress", "state": "confirmed", "phrase": "won't settle"}],
        "tasks": [],
    }
    assert received == {
        "at": "2026-03-14T02:02:00Z",
        "kind": "received",
        "by": "caller",
        "detail": "  K won't settle, ŵ <b>\n ",
    }
    assert [line["kind"] for line in others] == ["flag", "flag"]


def test_a_caller_nobody_knows(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    world.change(ref, contact_id=None, young_person_id=None, phone=None)
    shown = api.get(f"/api/v1/incidents/{ref}").json()
    assert (shown["contact"], shown["phone"], shown["young_person"], shown["flags"]) == (None, None, None, [])


def test_the_list_is_newest_first_and_each_is_whole(api: httpx.Client, world: World) -> None:
    made = [world.incident(f"text {number}") for number in range(3)]
    answer = api.get(LIST)
    assert refs(answer) == list(reversed(made))
    assert answer.json()["next"] is None
    assert [one["timeline"][0]["detail"] for one in answer.json()["items"]] == ["text 2", "text 1", "text 0"]
    assert answer.json()["items"][0] == api.get(f"/api/v1/incidents/{made[2]}").json()


def test_an_empty_list(api: httpx.Client) -> None:
    assert api.get(LIST).json() == {"items": [], "next": None}


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_the_cursor_leads_through_all_of_them_once_whatever_is_added(
    api: httpx.Client, world: World, limit: int
) -> None:
    made = [world.incident(after=timedelta(seconds=number // 3)) for number in range(7)]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        answer = api.get(LIST, params={"limit": limit, **({"cursor": cursor} if cursor else {})})
        assert 0 < len(refs(answer)) <= limit
        seen += refs(answer)
        cursor = answer.json()["next"]
        if cursor is None:
            break
        world.incident("newer than all of these")
    assert seen == list(reversed(made))


@on_sqlite
@pytest.mark.parametrize("status", ["open", "acknowledged", "closed"])
def test_the_list_by_status(api: httpx.Client, world: World, status: str) -> None:
    made = {state: world.incident() for state in ("open", "acknowledged", "closed")}
    for state, ref in made.items():
        world.change(ref, status=state)
    assert refs(api.get(LIST, params={"status": status})) == [made[status]]


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("2026-03-14T02:02:00+00:00", 2),
        ("2026-03-14T02:02:00.000001Z", 1),
        ("2026-03-14T02:02:00", 2),
        ("2026-03-14T03:02:00+01:00", 2),
        ("2026-03-14", 3),
        ("2026-03-15", 0),
        ("0001-01-01T00:00:00+14:00", 3),
        ("9999-12-31T23:59:59-14:00", 0),
    ],
)
def test_the_list_since_an_instant(api: httpx.Client, world: World, since: str, count: int) -> None:
    for _ in range(3):
        world.incident()
    assert len(refs(api.get(LIST, params={"since": since}))) == count


@on_sqlite
@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "many"},
        {"limit": ""},
        {"status": "shut"},
        {"since": "yesterday"},
        {"since": "2026-13-01"},
        {"cursor": "x"},
        {"cursor": "MjAyNi0wMy0xNA"},
        {"cursor": "ŵ"},
        {"cursor": "!"},
        {"cursor": "MjAyNi0wMy0xNFQwMjowMDowMCAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA"},
    ],
)
def test_a_query_that_does_not_fit(api: httpx.Client, world: World, query: dict[str, str]) -> None:
    world.incident()
    answer = api.get(LIST, params=query)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 422


@on_sqlite
@pytest.mark.parametrize("limit", [1, 200])
def test_the_ends_of_what_fits(api: httpx.Client, limit: int) -> None:
    assert api.get(LIST, params={"limit": limit}).status_code == 200


def test_another_teams_things_do_not_exist(connect: Connect, world: World) -> None:
    ours, theirs = world.incident(), world.incident(team="gwent")
    gwent = connect("gwent")
    assert gwent.get(LIST).status_code == 404
    assert gwent.get("/api/v1/teams/nowhere/incidents").status_code == 404
    assert refs(gwent.get("/api/v1/teams/gwent/incidents")) == [theirs]
    assert gwent.get(f"/api/v1/incidents/{ours}").status_code == 404
    assert gwent.get(f"/api/v1/incidents/{ours}").json() == gwent.get("/api/v1/incidents/XXXX").json()
    cursor = connect().get(LIST, params={"limit": 1}).json()["next"]
    assert cursor is None


@pytest.mark.parametrize("ref", ["%00", "%00%00%00%00", "KTR", "KTRWW", "ABCD", "%C5%B5XXX", "KTRW%20", "'--", "%FF"])
def test_what_is_no_ref_names_no_incident(api: httpx.Client, ref: str) -> None:
    assert api.get(f"/api/v1/incidents/{ref}").status_code == 404
    assert api.post(f"/api/v1/incidents/{ref}/notes", json={"person": "sam", "text": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_as_often_however_long_it_is(api: httpx.Client, world: World, count: int) -> None:
    for _ in range(count):
        world.incident()
    asked: list[str] = []
    with counting(world.database, asked):
        assert len(refs(api.get(LIST))) == count
    assert len([one for one in asked if one.startswith("SELECT")]) == 8
