"""Flags decided by people, what they ask for, tasks done and dropped, guides answered, a severity judged."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from oncall.auth.tokens import Scope
from oncall.incidents.actions import FlagChange, change_flag
from oncall.incidents.queries import by_ref
from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.test_acting import done
from tests.oncall.api.world import World, team_named

MISSING = {"person": "sam", "flag": "missing", "state": "confirmed"}
FOUND = {"person": "eli", "flag": "positive_update", "state": "confirmed"}


def tasks(shown: dict[str, Any], *, state: str = "open") -> dict[str, dict[str, Any]]:
    return {task["task"]: task for task in shown["tasks"] if task["state"] == state}


def suggested(world: World, ref: str, flag: str, phrase: str) -> None:
    with world.database.transaction() as session:
        incident = by_ref(session, team_id=team_named(session, "torfaen").id, ref=ref)
        change = FlagChange(flag=flag, state="suggested", phrase=phrase)
        change_flag(session, incident, change, by="service", at=world.clock.now())


def test_a_decision_says_who_when_why_and_of_whom_and_stands_whatever_is_suggested_later(
    api: httpx.Client, world: World
) -> None:
    ref = world.incident()
    suggested(world, ref, "self_harm", "new marks")
    body = {"person": "sam", "flag": "self_harm", "state": "dismissed", "why": "Paint.", "subject": "young_person"}
    done(api, ref, "flags", body)
    suggested(world, ref, "self_harm", "cutting")
    shown = api.get(f"/api/v1/incidents/{ref}").json()
    assert shown["flags"] == [{"flag": "self_harm", "state": "dismissed", "phrase": "new marks"}]
    told = [(one["state"], one["by"], one["why"], one["subject"], one["phrase"]) for one in shown["flag_history"]]
    assert told == [
        ("suggested", "service", None, None, "new marks"),
        ("dismissed", "sam", "Paint.", "young_person", "new marks"),
        ("suggested", "service", None, None, "cutting"),
    ]


@on_sqlite
def test_a_flag_that_is_in_no_catalogue_is_refused_with_those_near_it(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    refused = done(api, ref, "flags", {"person": "sam", "flag": "selfharm", "state": "confirmed"}, 422)
    assert "self_harm" in refused["detail"]
    assert api.get(f"/api/v1/incidents/{ref}").json()["flag_history"] == []


@on_sqlite
@pytest.mark.parametrize("extra", [{"subject": "dog"}, {"why": " "}, {"planned": True}, {"mood": "x"}])
def test_what_does_not_fit_a_flag(api: httpx.Client, world: World, extra: dict[str, object]) -> None:
    done(api, world.incident(), "flags", {**MISSING, **extra}, 422)


def test_confirming_opens_what_is_asked_for_once_with_its_clocks(api: httpx.Client, world: World) -> None:
    ref = world.incident()  # at 02:01 on a Saturday
    done(api, ref, "flags", MISSING)
    shown = done(api, ref, "flags", {**MISSING, "person": "eli"})
    due = {name: task["due_at"] for name, task in tasks(shown).items()}
    assert due == {
        "police_report": "2026-03-14T02:01:00Z",
        "tell_social_services": "2026-03-14T02:01:00Z",
        "hourly_check": "2026-03-14T03:01:00Z",
        "confirm_in_writing": "2026-03-15T02:01:00Z",
        "notify_regulator": "2026-03-15T02:01:00Z",
    }
    assert len(shown["tasks"]) == 5
    asked = tasks(shown)["tell_social_services"]
    assert asked["title"]["cy"].startswith("Dweud wrth")
    assert {contact["number"] for contact in asked["contacts"]} == {"01495 762200", "0800 328 4432"}
    assert all(contact["as_at"] for contact in asked["contacts"])


def test_many_who_confirm_at_once_open_it_once(connect: Connect, world: World) -> None:
    ref = world.incident()
    clients = [connect() for _ in range(5)]
    with ThreadPoolExecutor(len(clients)) as threads:
        answers = list(threads.map(lambda one: one.post(f"/api/v1/incidents/{ref}/flags", json=MISSING), clients))
    assert {answer.status_code for answer in answers} == {200}
    assert len(clients[0].get(f"/api/v1/incidents/{ref}").json()["tasks"]) == 5


def test_dismissing_withdraws_what_is_open_and_keeps_why(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    task = tasks(done(api, ref, "flags", MISSING))["police_report"]
    done(api, ref, f"tasks/{task['id']}/done", {"person": "sam", "reference": "Log 412"})
    shown = done(api, ref, "flags", {**MISSING, "state": "dismissed", "why": "In the shed."})
    assert set(tasks(shown, state="done")) == {"police_report"}
    gone = tasks(shown, state="withdrawn")
    assert len(gone) == 4
    assert {task["why"] for task in gone.values()} == {"The flag was dismissed: In the shed."}
    assert {task["settled_by"] for task in gone.values()} == {"sam"}
    again = done(api, ref, "flags", MISSING)
    assert len(tasks(again)) == 4
    assert tasks(again, state="done")["police_report"]["reference"] == "Log 412"


@on_sqlite
def test_what_the_plan_foresees_is_asked_for_but_nobody_is_reminded(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    shown = done(api, ref, "flags", {**MISSING, "planned": "Walks to his nan's on Fridays, as agreed."})
    assert len(tasks(shown)) == 5
    assert "Known and planned for: Walks" in str(shown["timeline"])
    assert shown["flag_history"][-1]["planned"].startswith("Walks")


def test_a_task_is_done_with_its_reference_or_dropped_with_a_reason_and_then_it_is_settled(
    api: httpx.Client, world: World
) -> None:
    ref = world.incident()
    opened = tasks(done(api, ref, "flags", MISSING))
    police, writing = (f"tasks/{opened[name]['id']}" for name in ("police_report", "confirm_in_writing"))
    shown = done(api, ref, f"{police}/done", {"person": "eli", "reference": "Log 412 of today"})
    settled = tasks(shown, state="done")["police_report"]
    assert (settled["settled_by"], settled["reference"]) == ("eli", "Log 412 of today")
    assert settled["settled_at"] == settled["last_done_at"] == "2026-03-14T02:01:00Z"
    assert "done" in done(api, ref, f"{police}/drop", {"person": "eli", "why": "x"}, 409)["detail"]
    done(api, ref, f"{writing}/drop", {"person": "eli"}, 422)
    shown = done(api, ref, f"{writing}/drop", {"person": "eli", "why": "The duty team has done it."})
    assert tasks(shown, state="dropped")["confirm_in_writing"]["why"] == "The duty team has done it."
    assert "dropped" in done(api, ref, f"{writing}/done", {"person": "eli"}, 409)["detail"]
    other = world.incident()
    done(api, other, f"{police}/done", {"person": "eli"}, 404)


def test_being_found_ends_the_hourly_check_and_opens_what_a_return_asks_for(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    before = done(api, ref, "flags", FOUND)
    assert before["tasks"] == []  # nobody was missing
    done(api, ref, "flags", MISSING)
    shown = done(api, ref, "flags", FOUND)
    assert set(tasks(shown, state="withdrawn")) == {"hourly_check"}
    assert {"police_found", "social_services_found", "welfare_on_return", "return_interview"} <= set(tasks(shown))
    assert tasks(shown)["return_interview"]["due_at"] == "2026-03-17T02:01:00Z"


def test_a_teams_open_tasks_come_due_first_first(api: httpx.Client, connect: Connect, world: World) -> None:
    ref = world.incident()
    done(api, ref, "flags", MISSING)
    world.clock.move(timedelta(hours=2))
    listed = api.get("/api/v1/teams/torfaen/tasks").json()["items"]
    assert [one["due_at"] for one in listed] == sorted(one["due_at"] for one in listed)
    assert {one["ref"] for one in listed} == {ref}
    assert [one["task"] for one in listed if one["is_overdue"]][-1] == "hourly_check"
    assert sum(one["is_overdue"] for one in listed) == 3
    assert connect("gwent").get("/api/v1/teams/gwent/tasks").json() == {"items": []}
    assert connect("gwent").get("/api/v1/teams/torfaen/tasks").status_code == 404
    assert connect(scope=Scope.READ).get("/api/v1/teams/torfaen/tasks").status_code == 200


def test_a_guide_is_answered_step_by_step_and_settles_its_tasks(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    done(api, ref, "flags", MISSING)
    address = f"/api/v1/incidents/{ref}/guides/missing"
    assert api.get(address).json()["next"] == "last_seen_at"

    def answer(step: str, said: str) -> dict[str, Any]:
        answered = api.post(address, json={"person": "sam", "step": step, "answer": said})
        assert answered.status_code == 200, answered.text
        shown: dict[str, Any] = answered.json()
        return shown

    for step, said in (("last_seen_at", "2026-03-14T00:30"), ("last_seen_where", "Shop"), ("clothes", "Red coat")):
        answer(step, said)
    answer("phone", "Off")
    assert answer("concern", "yes")["next"] == "police_log"
    shown = answer("police_log", "Log 412")
    assert shown["next"] == "risk_grade"
    given = {step["step"]: step for step in shown["steps"]}
    assert (given["police_log"]["answer"], given["police_log"]["answered_by"]) == ("Log 412", "sam")
    answer("police_log", "Log 413")
    assert {one["step"]: one["answer"] for one in api.get(address).json()["steps"]}["police_log"] == "Log 413"
    incident = api.get(f"/api/v1/incidents/{ref}").json()
    assert tasks(incident, state="done")["police_report"]["reference"] == "Log 412"
    assert any(line["detail"].startswith("Missing: Reported") for line in incident["timeline"])


@on_sqlite
def test_what_does_not_fit_a_guide(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    body = {"person": "sam", "step": "concern", "answer": "perhaps"}
    assert "yes or no" in done(api, ref, "guides/missing", body, 422)["detail"]
    done(api, ref, "guides/missing", {**body, "step": "shoes"}, 404)
    done(api, ref, "guides/dancing", body, 404)
    done(api, ref, "guides/allegation", {**body, "person": "nobody"}, 422)
    assert api.get(f"/api/v1/incidents/{ref}/guides/dancing").status_code == 404


def test_the_hourly_check_comes_round_again(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    task = tasks(done(api, ref, "flags", MISSING))["hourly_check"]
    world.clock.move(timedelta(minutes=40))
    shown = done(api, ref, f"tasks/{task['id']}/done", {"person": "sam"})
    again = tasks(shown)["hourly_check"]
    assert (again["due_at"], again["last_done_at"]) == ("2026-03-14T03:41:00Z", "2026-03-14T02:41:00Z")
    assert again["repeats_after_hours"] == 1
    done(api, ref, f"tasks/{task['id']}/drop", {"person": "sam", "why": "The police check now."})
    done(api, ref, f"tasks/{task['id']}/done", {"person": "sam"}, 409)


def test_a_person_raises_and_lowers_the_severity_with_a_reason(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    lower = {"person": "sam", "severity": "concern", "why": "All are calm and safe."}
    done(api, ref, "severity", {**lower, "why": ""}, 422)
    shown = done(api, ref, "severity", lower)
    assert shown["severity"] == "concern"
    assert (
        shown["timeline"][-1]["detail"]
        == "Sam Rees lowered the severity from urgent to concern: All are calm and safe."
    )
    assert done(api, ref, "severity", lower) == shown  # it is so already
    shown = done(api, ref, "severity", {**lower, "severity": "emergency", "why": "He has come back angry."})
    assert shown["severity"] == "emergency"
    assert [line["kind"] for line in shown["timeline"]][-2:] == ["severity", "escalated"]
    done(api, ref, "acknowledge", {"person": "sam"})
    done(api, ref, "close", {"person": "sam", "outcome": "x", "guidance": "y"})
    done(api, ref, "severity", lower, 409)
