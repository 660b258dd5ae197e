"""Changes of the rota through the API: asked, answered, refused with the reason, and their log."""

import httpx
import pytest
from sqlalchemy import select

from oncall.auth.tokens import Scope
from oncall.paging.models import Outgoing
from oncall.people.models import Practitioner
from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import World

pytestmark = on_sqlite

ROTA = "/api/v1/teams/torfaen/rota"
# Turns of a day from 17:00; who has which is asked.
SAMS = {"from": "2026-03-16T17:00", "to": "2026-03-17T17:00"}
ELIS = {"from": "2026-03-17T17:00", "to": "2026-03-18T17:00Z"}


@pytest.fixture(autouse=True)
def eli_leads(world: World) -> None:
    with world.database.transaction() as session:
        for person in session.scalars(select(Practitioner).where(Practitioner.slug == "eli")):
            person.role = "clinical_lead"


def who(api: httpx.Client, at: str) -> str:
    return str(api.get("/api/v1/teams/torfaen/on-call", params={"at": at}).json()["tiers"]["duty"]["person"])


def test_cover_is_asked_taken_undone_and_logged(api: httpx.Client, world: World) -> None:
    holder = who(api, SAMS["from"])
    other = {"sam": "eli", "eli": "sam"}[holder]
    asked = api.post(
        f"{ROTA}/cover", json={"person": holder, "of": [other], "tier": "duty", "why": "a wedding", **SAMS}
    )
    assert asked.status_code == 201
    (change,) = asked.json()["changes"]
    assert (change["state"], change["asked"], change["from"]) == ("open", [other], "2026-03-16T17:00:00+00:00")
    assert api.get(f"{ROTA}/requests").json()["changes"] == [change]
    place = f"{ROTA}/requests/{change['code']}"
    taken = api.post(f"{place}/accept", json={"person": other, "by": "eli"})
    assert taken.json()["changes"][0]["state"] == "applied"
    assert who(api, SAMS["from"]) == other
    again = api.post(f"{place}/accept", json={"person": other})
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "This change has been settled already, so nothing was done.",
    )
    assert api.post(f"{place}/undo", json={"person": "eli", "why": "no wedding"}).status_code == 200
    assert who(api, SAMS["from"]) == holder
    log = api.get(f"{ROTA}/changes").json()["log"]
    assert [(one["deed"], one["why"]) for one in log] == [
        ("asked", "a wedding"),
        ("accepted", None),
        ("undone", "no wedding"),
    ]
    with world.database.reading() as session:
        assert {row.kind for row in session.scalars(select(Outgoing))} == {"rota_notice"}


def test_a_swap_an_override_and_leave(api: httpx.Client) -> None:
    first, second = who(api, SAMS["from"]), who(api, ELIS["from"])
    in_return = {"person": second, "tier": "duty", **ELIS}
    swap = api.post(f"{ROTA}/swaps", json={"person": first, "tier": "duty", **SAMS, "in_return": in_return})
    code = swap.json()["changes"][0]["code"]
    assert (
        api.post(f"{ROTA}/requests/{code}/decline", json={"person": second}).json()["changes"][0]["state"] == "declined"
    )
    given = {"person": "sam", "tier": "backup", **SAMS, "why": "the eve"}
    assert api.post(f"{ROTA}/overrides", json=given).status_code == 409
    assert api.post(f"{ROTA}/overrides", json={**given, "by": "eli", "allow": True}).status_code == 201
    away = {"person": "sam", "from": "2026-03-20", "to": "2026-03-25"}
    written = api.post(f"{ROTA}/leave", json=away)
    assert (written.status_code, written.json()["person"]) == (201, "sam")
    assert {one["is_for_leave"] for one in written.json()["changes"]} == {True}
    taken = api.post(f"{ROTA}/leave/remove", json=away)
    assert {one["state"] for one in taken.json()["changes"]} == {"withdrawn"}
    assert api.post(f"{ROTA}/leave/remove", json=away).status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("cover", {"person": "sam"}, 422),
        ("cover", {"person": "sam", "from": "2026-03-17", "to": "2026-03-16"}, 422),
        ("cover", {"person": "nobody", **SAMS}, 422),
        ("overrides", {"person": "sam", "tier": "attic", "by": "eli", **SAMS}, 422),
        ("requests/0000/accept", {"person": "sam"}, 404),
        ("requests/0000/dance", {"person": "sam"}, 422),
        ("leave", {"person": "sam", "from": "2026-03-01", "to": "2026-03-02"}, 422),
    ],
)
def test_what_does_not_fit(api: httpx.Client, path: str, body: dict[str, object], status: int) -> None:
    answer = api.post(f"{ROTA}/{path}", json=body)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_of_ones_own_team_and_with_a_token_that_may_write(connect: Connect) -> None:
    body = {"person": "sam", **SAMS}
    assert connect("gwent").post(f"{ROTA}/cover", json=body).status_code == 404
    assert connect("torfaen", Scope.READ).post(f"{ROTA}/cover", json=body).status_code == 403
    assert connect("torfaen", Scope.READ).get(f"{ROTA}/changes").json() == {"team": "torfaen", "log": []}
    assert connect(None).get(f"{ROTA}/changes").status_code == 401
