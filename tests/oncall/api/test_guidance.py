"""Guidance for an incident through the API: which cards, in which words, with which plan beside them, and for whom."""

import httpx
import pytest
from sqlalchemy import select

from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.incidents.actions import FlagChange, change_flag
from oncall.incidents.queries import by_ref
from oncall.people.models import Contact, Practitioner, YoungPerson
from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import World, team_named

PLAN = {"formulation": "Loud voices feel like being left.", "helps": ["A quiet voice"], "avoid": ["Following upstairs"]}


def flagged(world: World, ref: str, flag: str, state: str = "suggested") -> None:
    with world.database.transaction() as session:
        incident = by_ref(session, team_id=team_named(session, "torfaen").id, ref=ref)
        change_flag(session, incident, FlagChange(flag=flag, state=state), by="service", at=world.clock.now())


def known(world: World) -> None:
    """The young person has a plan; the carer likes to speak to Eli, who is reflective; Sam is practical."""
    with world.database.transaction() as session:
        team = team_named(session, "torfaen")
        for person in session.scalars(select(Practitioner).where(Practitioner.team_id == team.id)):
            person.guidance = {"sam": "practical", "eli": "reflective"}.get(person.slug)
        session.scalars(select(YoungPerson).where(YoungPerson.team_id == team.id)).one().plan = PLAN
        session.scalars(select(Contact).where(Contact.team_id == team.id)).one().prefers = ["gwen", "eli", "sam"]


def test_the_cards_come_with_what_chose_them_and_the_plan_beside_them(api: httpx.Client, world: World) -> None:
    known(world)
    ref = world.incident()
    flagged(world, ref, "self_harm")
    flagged(world, ref, "weapon", "confirmed")
    flagged(world, ref, "missing")
    flagged(world, ref, "missing", "dismissed")
    shown = api.get(f"/api/v1/incidents/{ref}/guidance").json()
    assert {name: shown[name] for name in ("ref", "language", "mode", "plan")} == {
        "ref": ref,
        "language": "en",
        "mode": "reflective",
        "plan": PLAN,
    }
    assert [(card["card"], card["because"]) for card in shown["cards"]] == [
        ("weapon", ["weapon"]),
        ("self_harm", ["self_harm"]),
        ("common", []),
    ]
    first = shown["cards"][0]
    assert [line["head"] for line in first["lines"]] == [
        "stop",
        "settle_you",
        "settle_them",
        "connect",
        "next",
        "later",
    ]
    assert "999" in first["lines"][0]["text"]
    assert (first["signed"], first["notes"], first["version"]) == (None, ["Awaiting clinical sign-off."], 1)
    assert shown["cards"][1]["facts"] == [
        "Crisis line: NHS 111, press 2, Wales (as at 24/11/2026: check before use)",
    ]


@on_sqlite
def test_language_and_mode_are_as_asked_else_as_the_holder_is(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    with world.database.transaction() as session:
        eli = session.scalars(
            select(Practitioner).where(
                Practitioner.team_id == team_named(session, "torfaen").id, Practitioner.slug == "eli"
            )
        ).one()
        eli.languages, eli.guidance, holder = ["cy", "en"], "reflective", eli.id
    path = f"/api/v1/incidents/{ref}/guidance"
    before = api.get(path).json()
    assert (before["language"], before["mode"], before["plan"]) == ("en", "practical", None)
    world.change(ref, holder_id=holder, status="acknowledged")
    held = api.get(path).json()
    assert (held["language"], held["mode"], held["cards"][0]["title"]) == ("cy", "reflective", "Unrhyw awr anodd")
    asked = api.get(path, params={"lang": "en", "mode": "practical"}).json()
    assert (asked["language"], asked["mode"], asked["cards"][0]["title"]) == ("en", "practical", "Any hard moment")
    assert asked["cards"][0]["lines"][1]["text"] != held["cards"][0]["lines"][1]["text"]


@on_sqlite
def test_of_a_caller_nobody_knows_there_is_no_plan_and_still_a_card(api: httpx.Client, world: World) -> None:
    known(world)
    ref = world.incident()
    world.change(ref, contact_id=None, young_person_id=None)
    shown = api.get(f"/api/v1/incidents/{ref}/guidance").json()
    assert (shown["plan"], shown["mode"], [card["card"] for card in shown["cards"]]) == (None, "practical", ["common"])


@on_sqlite
@pytest.mark.parametrize("query", [{"lang": "fr"}, {"mode": "brisk"}])
def test_what_is_no_language_or_mode_is_refused(api: httpx.Client, world: World, query: dict[str, str]) -> None:
    assert api.get(f"/api/v1/incidents/{world.incident()}/guidance", params=query).status_code == 422


@on_sqlite
def test_it_is_the_teams_own_and_a_token_to_read_is_enough(connect: Connect, world: World) -> None:
    path = f"/api/v1/incidents/{world.incident()}/guidance"
    assert connect(scope=Scope.READ).get(path).status_code == 200
    assert connect("gwent").get(path).status_code == 404
    assert connect(None).get(path).status_code == 401


@on_sqlite
def test_what_is_for_leads_only_is_as_if_it_were_not_there(connect: Connect, world: World) -> None:
    ref = world.incident()
    flagged(world, ref, "allegation_staff")
    world.change(ref, restricted={"named": [], "widened": False})
    path = f"/api/v1/incidents/{ref}/guidance"
    with world.database.transaction() as session:
        team, now = team_named(session, "torfaen"), world.clock.now()
        secret = create_token(session, team, scope=Scope.READ, name="t", at=now, may_see_restricted=False)
    answered = connect(None).get(path, headers={"Authorization": f"Bearer {secret}"})
    assert answered.status_code == 404
    assert "llega" not in answered.text
    assert connect().get(path).json()["cards"][0]["card"] == "allegation"
