"""What a confirmed flag asks for: done in time nobody hears of it; forgotten, the holder does, then the leads."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.handover.contents import gather
from oncall.handover.period import next_meeting
from oncall.handover.wording import as_json, as_text
from oncall.people.queries import team_by_slug
from tests.journeys.scenes import taken
from tests.journeys.world import World


class Desk:
    """Somebody at the API, with a token of the team."""

    def __init__(self, world: World) -> None:
        self.world = world
        with world.house.database.transaction() as session:
            team = team_by_slug(session, slug="torfaen")
            assert team is not None
            token = create_token(session, team, scope=Scope.WRITE, name="desk", at=world.clock.now())
        headers = {"Authorization": f"Bearer {token}"}
        self.http = httpx.Client(base_url=f"{world.url}/api/v1", headers=headers, trust_env=False, timeout=5)

    def does(self, ref: str, what: str, **body: str) -> dict[str, Any]:
        answer = self.http.post(f"/incidents/{ref}/{what}", json={"person": "sam", **body})
        assert answer.status_code == 200, answer.text
        self.world.pass_time(seconds=5)
        shown: dict[str, Any] = answer.json()
        return shown

    def finds_open(self, ref: str) -> list[str]:
        """The tasks of an incident that are open, due first first."""
        shown = self.http.get(f"/incidents/{ref}").json()
        return [task["task"] for task in shown["tasks"] if task["state"] == "open"]

    def finishes(self, ref: str, *names: str, **more: str) -> None:
        """Marks each of these tasks as done."""
        shown = self.http.get(f"/incidents/{ref}").json()
        for task in shown["tasks"]:
            if task["task"] in names and task["state"] == "open":
                self.does(ref, f"tasks/{task['id']}/done", **more)


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    made = Desk(world)
    with made.http:
        yield made


def test_missing_from_the_first_hour_until_the_return(world: World, desk: Desk) -> None:
    price, sam, carys, huw = world.contact("price"), world.staff("sam"), world.staff("carys"), world.staff("huw")
    ref = taken(world, price, "she hasnt come back, phone off")
    sam.replies("Tell me what she had on")
    price.hears("Tell me")
    desk.does(ref, "flags", flag="missing", state="confirmed", subject="young_person")
    desk.does(ref, "guides/missing", step="police_log", answer="Log 412")
    desk.finishes(ref, "tell_social_services")
    world.pass_time(minutes=61)
    round_one = sam.hears(ref, "Hourly check", "03:")
    for telling in ("Kestrel", "missing", "Price", "412"):
        assert telling not in round_one
    desk.does(ref, "guides/missing", step="hourly_check", answer="Nothing new")
    world.pass_time(minutes=61)
    sam.hears("Hourly check")
    world.pass_time(minutes=60)
    sam.hears("Hourly check")
    for lead in (carys, huw):
        lead.hears(ref, "not marked as done by Sam Rees", "Hourly check")
    desk.does(ref, "flags", flag="positive_update", state="confirmed", why="Back at five.")
    desk.finishes(ref, "police_found", "social_services_found", "welfare_on_return", "notify_regulator")
    desk.finishes(ref, "confirm_in_writing")
    world.pass_time(minutes=60 * 24)
    price.hears_nothing()
    assert desk.finds_open(ref) == ["return_interview"]


def test_what_is_forgotten_is_told_once_to_the_holder_and_once_to_the_leads(world: World, desk: Desk) -> None:
    price, sam, carys, huw = world.contact("price"), world.staff("sam"), world.staff("carys"), world.staff("huw")
    ref = taken(world, price, "she told me something tonight")
    sam.replies("I am listening")
    price.hears("I am listening")
    desk.does(ref, "flags", flag="abuse_disclosure", state="confirmed")
    desk.does(ref, "close", outcome="Listened.", guidance="No questions.")
    world.pass_time(minutes=65)
    late = sam.hears(f"{ref}, due and not marked as done", "Tell the social worker")
    for lead in (carys, huw):
        lead.hears("not marked as done by Sam Rees", "Tell the social worker")
    assert "disclosure" not in late
    desk.finishes(ref, "tell_social_services", reference="Spoke to the duty team at 03:20")
    world.pass_time(minutes=60 * 17)
    sam.hears(f"{ref}, still to be done", "Confirm the report in writing (Sun 02:0")
    text, document = _handover(world)
    assert "To do by Sun 15/03/2026 02:0" in text
    assert "Done: Tell the social worker, or the emergency duty team out of hours (Spoke to" in text
    assert document["tasks_open"] == 2
    world.pass_time(minutes=60 * 7)
    sam.hears(f"{ref}, due and not marked as done", "Confirm the report in writing")
    for lead in (carys, huw):
        lead.hears("Confirm the report in writing")
    world.pass_time(minutes=60 * 24)
    for phone in (sam, carys, huw, price):
        phone.hears_nothing()


def test_what_was_done_dismissed_or_foreseen_rings_no_bell(world: World, desk: Desk) -> None:
    sam = world.staff("sam")
    ref = taken(world, world.contact("price"), "he is out again")
    sam.replies("Thank you")
    world.contact("price").hears("Thank you")
    desk.does(ref, "flags", flag="absent_known", state="confirmed", planned="At his nan's on Fridays, as agreed.")
    desk.does(ref, "flags", flag="self_harm", state="confirmed")
    desk.does(ref, "flags", flag="self_harm", state="dismissed", why="It was paint.")
    world.pass_time(minutes=60 * 30)
    assert set(desk.finds_open(ref)) == {"tell_social_services", "hourly_check"}


def test_a_severity_that_was_lowered_rises_again(world: World, desk: Desk) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    desk.does(ref, "severity", severity="concern", why="All calm when I rang.")
    sam.hears_nothing()
    desk.does(ref, "severity", severity="urgent", why="It has started again.")
    sam.hears(f"{ref} is now urgent", "You hold it")
    sam.replies("1")
    sam.hears("You have")
    sam.replies("On my way")
    price.hears("On my way")


def _handover(world: World) -> tuple[str, dict[str, Any]]:
    with world.house.database.reading() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        now = world.clock.now()
        found = gather(session, team, next_meeting(team, at=now), at=now)
        return as_text(found), as_json(found)
