"""What is for leads only, through the API: who may decide it, who is kept out, and how it is opened again."""

import httpx
import pytest
from sqlalchemy import select

from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.people.models import Practitioner
from tests.oncall.api.conftest import Connect
from tests.oncall.api.test_acting import CLOSING, done
from tests.oncall.api.world import World, team_named


@pytest.fixture
def ref(world: World) -> str:
    """An incident in a team whose lead is Eli."""
    with world.database.transaction() as session:
        team = team_named(session, "torfaen")
        eli = session.scalars(select(Practitioner).filter_by(team_id=team.id, slug="eli")).one()
        eli.role = "clinical_lead"
    return world.incident()


def test_a_confirmed_allegation_takes_it_from_its_holder_to_the_leads(api: httpx.Client, ref: str) -> None:
    done(api, ref, "acknowledge", {"person": "sam"})
    shown = done(api, ref, "flags", {"person": "sam", "flag": "allegation_staff", "state": "confirmed"})
    assert (shown["status"], shown["acknowledged_by"]) == ("open", None)
    assert "restricted" in [line["kind"] for line in shown["timeline"]]
    for what, body in (
        ("acknowledge", {"person": "sam"}),
        ("notes", {"person": "sam", "text": "mine"}),
        ("close", CLOSING),
        ("restrict/lift", {"person": "sam", "why": "it was nothing"}),
    ):
        done(api, ref, what, body, 404)
    assert done(api, ref, "acknowledge", {"person": "eli"})["acknowledged_by"] == "eli"


def test_a_lead_keeps_it_from_others_and_opens_it_again(api: httpx.Client, ref: str) -> None:
    done(api, ref, "restrict", {"person": "sam", "why": "about me"}, 409)
    shown = done(api, ref, "restrict", {"person": "eli", "named": ["sam"], "why": "he is named in it"})
    said = next(line["detail"] for line in shown["timeline"] if line["kind"] == "restricted")
    assert "Sam Rees must not see it" in said
    done(api, ref, "acknowledge", {"person": "sam"}, 404)
    done(api, ref, "restrict/lift", {"person": "eli", "why": "it was a mistake"})
    assert done(api, ref, "acknowledge", {"person": "sam"})["acknowledged_by"] == "sam"


def test_a_lead_who_is_named_decides_nothing(api: httpx.Client, ref: str) -> None:
    done(api, ref, "restrict", {"person": "eli", "named": ["eli"], "why": "it is about me"})
    done(api, ref, "restrict/lift", {"person": "eli", "why": "it was nothing"}, 404)
    assert done(api, ref, "acknowledge", {"person": "sam"})["acknowledged_by"] == "sam"  # no other lead is left


def test_a_token_for_the_team_alone_neither_lists_nor_opens_it(
    api: httpx.Client, connect: Connect, world: World, ref: str
) -> None:
    done(api, ref, "restrict", {"person": "eli", "why": "for leads"})
    other = world.incident()
    with world.database.transaction() as session:
        team, now = team_named(session, "torfaen"), world.clock.now()
        secret = create_token(session, team, scope=Scope.READ, name="t", at=now, may_see_restricted=False)
    shown = {"Authorization": f"Bearer {secret}"}
    listed = connect(None).get("/api/v1/teams/torfaen/incidents", headers=shown).json()["items"]
    assert ref not in [one["ref"] for one in listed]
    assert other in [one["ref"] for one in listed]
    assert connect(None).get(f"/api/v1/incidents/{ref}", headers=shown).status_code == 404
    handover = api.get("/api/v1/teams/torfaen/handover").json()
    assert handover["for_leads_only"] == [ref]
