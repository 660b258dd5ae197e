"""Every error of a team file, each at its path; each case has one thing wrong with the sample and nothing else."""

from datetime import date
from typing import Any

import pytest

from tests.oncall.people.documents import GONE, as_text, document, problems, with_value

LAYER = "rota.tiers.duty[0]"
STEP = "escalation.urgent.steps[0]"
NEW_LAYER = {
    "layer": "Weekdays",
    "people": ["sam"],
    "turn": {"every": 1, "unit": "day", "at": "09:00", "starts": "2026-01-05"},
}
OVERRIDE = {"tier": "duty", "person": "eli", "from": "2026-12-24T17:00", "to": "2026-12-25T09:00"}
LEAVE = {"person": "sam", "from": "2026-08-01", "to": "2026-08-15"}
A_SEVERITY = {"contact_within": "5m", "steps": [{"page": "duty", "by": ["text"], "wait": "1m"}]}

CASES: list[tuple[str, Any, str]] = [
    ("schema", 2, "this version does not read"),
    ("schema", "1", "is text"),
    ("schema", True, "is true or false"),
    ("team", "torfaen", "is text"),
    ("team.slug", "tor faen", "no short name"),
    ("team.slug", "torfaen.yaml", "no short name"),
    ("team.name", " ", "is blank"),
    ("team.name", "MIST\nTorfaen", "control characters"),
    ("team.time_zone", "Europe/Cardiff", "Europe/Cardiff"),
    ("team.time_zone", "europe/london", "europe/london"),
    ("team.languages", [], "empty list"),
    ("team.languages", "cy", "is text"),
    ("team.languages[1]", "xx", "'xx'"),
    ("team.languages[1]", "english", "'english'"),
    ("team.languages[1]", "cy", "stands here twice"),
    ("team.number", 447700900000, "is a whole number"),
    ("team.number", "07700900000", "no telephone number"),
    ("team.staff_meeting.day", "mon", "'mon'"),
    ("team.jurisdiction", "scotland", "'scotland'"),
    ("team.staff_meeting.time", "24:00", "'24:00'"),
    ("team.staff_meeting.time", "9:30", "'9:30'"),
    ("team.staff_meeting.publish", "09:31", "after the meeting"),
    ("staff", [], "empty list"),
    ("staff", {"sam": {}}, "is a mapping"),
    ("staff[2].languages", ["en"] * 10_001, "a list of 10001"),
    ("staff[2]", "sam", "is text"),
    ("staff[2].slug", "sam", "the same as staff[0].slug"),
    ("staff[2].name", 7, "is a whole number"),
    ("staff[2].role", "boss", "'boss'"),
    ("staff[2].role", ["lead_practitioner"], "is a list"),
    ("staff[2].mobile", "+447700900001", "the same as staff[0].mobile"),
    ("staff[2].mobile", "+447700900000", "the same as team.number"),
    ("staff[2].mobile", "+44 7700 900003", "no telephone number"),
    ("staff[2].mobile", "", "no telephone number"),
    ("staff[2].email", "sam", "no email address"),
    ("staff[2].guidance", "stern", "'stern'"),
    ("staff[2].languages[0]", 1, "is a whole number"),
    ("young_people", "none", "is text"),
    ("young_people[1].slug", "yp-07", "the same as young_people[0].slug"),
    ("young_people[1].known_as", None, "is empty"),
    ("young_people[1].born", "2012-02-30", "no date that exists"),
    ("young_people[1].born", "2026-11-25", "is in the future"),
    ("young_people[1].born", "1812-01-01", "is out of reach"),
    ("young_people[1].born", 2012, "is a whole number"),
    ("young_people[1].lead", "nobody", "names nothing in this file"),
    ("young_people[1].key_worker", "price", "names nothing in this file"),
    ("young_people[1].plan", "…", "is text"),
    ("young_people[1].plan.helps", "…", "is text"),
    ("young_people[1].plan.avoid[0]", "\x07", "control characters"),
    ("contacts[1].slug", "price", "the same as contacts[0].slug"),
    ("contacts[1].kind", "carer", "'carer'"),
    ("contacts[1].phones", "+447700900102", "is text"),
    ("contacts[1].phones[1]", "0800", "no telephone number"),
    ("contacts[1].phones[1]", "+447700900102", "the same as contacts[1].phones[0]"),
    ("contacts[1].phones[1]", "+447700900101", "the same as contacts[0].phones[0]"),
    ("contacts[1].phones[1]", "+447700900004", "the same as staff[3].mobile"),
    ("contacts[1].language", ["cy"], "is a list"),
    ("contacts[1].cares_for[0]", "sam", "names nothing in this file"),
    ("contacts[1].prefers[0]", "yp-07", "names nothing in this file"),
    ("contacts[1].prefers[1]", "nia", "stands here twice"),
    ("rota", [], "is a list"),
    ("rota.tiers", {}, "names no tier"),
    ("rota.tiers", [], "is a list"),
    ("rota.tiers.duty", {}, "is a mapping"),
    (f"{LAYER}.people", [], "empty list"),
    (f"{LAYER}.people[1]", "price", "names nothing in this file"),
    (f"{LAYER}.turn.every", 0, "is 0"),
    (f"{LAYER}.turn.every", -1, "is -1"),
    (f"{LAYER}.turn.every", True, "is true or false"),
    (f"{LAYER}.turn.every", "1", "is text"),
    (f"{LAYER}.turn.unit", "month", "'month'"),
    (f"{LAYER}.turn.at", 1020, "is a whole number"),
    (f"{LAYER}.turn.starts", "2026-13-01", "no date that exists"),
    (f"{LAYER}.cover", [], "empty list"),
    (f"{LAYER}.cover", {}, "is a mapping"),
    (f"{LAYER}.cover[0].days", [], "empty list"),
    (f"{LAYER}.cover[0].days[0]", "monday", "'monday'"),
    (f"{LAYER}.cover[0].from", "24:00", "'24:00'"),
    (f"{LAYER}.cover[0].hours", 8, "stands beside to"),
    ("rota.tiers.duty[2].cover[0].to", "09:00", "has no day"),
    ("rota.tiers.duty[2].cover[0].to", "mon 9", "'9'"),
    ("rota.tiers.duty[2].cover[0].days", ["fri"], "weekly window"),
    ("rota.overrides", {}, "is a mapping"),
    ("rota.rules", [], "is a list"),
    ("rota.changes", "lead", "is text"),
    ("rota.planner", [], "is a list"),
    (STEP + ".page", "nobody", "names nothing in this file"),
    (STEP + ".page", [], "empty list"),
    (STEP + ".page", None, "is empty"),
    (STEP + ".by", [], "empty list"),
    (STEP + ".by", "text", "is text"),
    (STEP + ".by[1]", "letter", "'letter'"),
    (STEP + ".wait", "0s", "'0s'"),
    (STEP + ".wait", "-3m", "'-3m'"),
    (STEP + ".wait", "3 minutes", "'3 minutes'"),
    (STEP + ".wait", "1d", "'1d'"),
    (STEP + ".wait", 3, "is a whole number"),
    (STEP + ".wait", "9999999h", "too long"),
    ("escalation.urgent.contact_within", "soon", "'soon'"),
    ("escalation.urgent.steps", [], "empty list"),
    ("escalation.urgent", [], "is a list"),
    ("voice.ring", [], "empty list"),
    ("voice.ring[0]", "duty", "is text"),
    ("voice.ring[0]", [], "empty list"),
    ("voice.ring[1][1]", "nobody", "names nothing in this file"),
    ("voice.ring_for", "20", "'20'"),
    ("voice.promise_after", None, "is empty"),
]

NEEDED = [
    *("schema", "team", "staff", "rota", "escalation", "voice"),
    *(f"team.{key}" for key in ("slug", "name", "time_zone", "languages", "number", "staff_meeting")),
    *(f"team.staff_meeting.{key}" for key in ("day", "time", "publish")),
    *(f"staff[7].{key}" for key in ("name", "role", "languages")),
    *(f"young_people[1].{key}" for key in ("slug", "known_as", "born", "lead", "key_worker")),
    *(f"young_people[1].plan.{key}" for key in ("formulation", "helps", "avoid")),
    *(f"contacts[1].{key}" for key in ("slug", "name", "kind", "phones", "language")),
    *(f"{LAYER}.{key}" for key in ("layer", "people", "turn")),
    *(f"{LAYER}.turn.{key}" for key in ("every", "unit", "at", "starts")),
    *(f"{LAYER}.cover[0].{key}" for key in ("from", "to")),
    *(f"escalation.{severity}" for severity in ("emergency", "urgent", "concern", "routine")),
    *(f"escalation.urgent.{key}" for key in ("contact_within", "steps")),
    *(f"{STEP}.{key}" for key in ("page", "by", "wait")),
    *(f"voice.{key}" for key in ("ring", "ring_for", "promise_after")),
]

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("path", "value", "wrong"), CASES)
def test_a_wrong_value_is_refused_at_its_path(path: str, value: Any, wrong: str) -> None:
    found = [
        p for p in problems(with_value(path, value), today=TODAY) if "names nothing" not in p.wrong or p.path == path
    ]
    assert [problem.path for problem in found] == [path]
    assert wrong in found[0].wrong
    assert found[0].right


@pytest.mark.parametrize("path", NEEDED)
def test_a_missing_key_is_refused_at_its_own_path(path: str) -> None:
    assert path in [p.path for p in problems(with_value(path, GONE)) if p.wrong == "is missing"]


@pytest.mark.parametrize(
    "path",
    [
        *("colour", "team.colour", "staff[1].colour", "young_people[0].plan.colour", f"{LAYER}.turn.colour"),
        *(f"{LAYER}.cover[0].colour", f"{STEP}.colour", "escalation.colour", "voice.colour", "rota.colour"),
    ],
)
def test_an_unknown_key_is_refused(path: str) -> None:
    found = problems(with_value(path, "red"))
    assert [problem.path for problem in found] == [path]
    assert "no key" in found[0].wrong


@pytest.mark.parametrize(
    ("rules", "path", "wrong"),
    [
        ({"nights": 3}, "nights", "is no key of a team file at this place"),
        ({"daily_rest_hours": 25}, "daily_rest_hours", "is 25"),
        ({"daily_rest_hours": "11"}, "daily_rest_hours", "is text"),
        ({"weekly_hours": 0}, "weekly_hours", "is 0"),
        ({"standby_is_work": "duty"}, "standby_is_work", "is text"),
        ({"standby_is_work": []}, "standby_is_work", "empty list"),
        ({"standby_is_work": ["nobody"]}, "standby_is_work[0]", "names nothing in this file"),
        ({"standby_is_work": ["duty", "duty"]}, "standby_is_work[1]", "stands here twice"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rules: dict[str, Any], path: str, wrong: str) -> None:
    found = problems(with_value("rota.rules", rules))
    assert [problem.path for problem in found] == [f"rota.rules.{path}"]
    assert wrong in found[0].wrong


def test_a_repeated_layer_name_is_refused_in_one_tier_only() -> None:
    found = problems(with_value("rota.tiers.duty[+]", NEW_LAYER))
    assert [(p.path, p.wrong) for p in found] == [
        ("rota.tiers.duty[3].layer", "is the same as rota.tiers.duty[0].layer")
    ]
    assert problems(with_value("rota.tiers.backup[+]", NEW_LAYER)) == []


@pytest.mark.parametrize(
    ("change", "path", "wrong"),
    [
        ({"tier": "nobody"}, "tier", "names nothing"),
        ({"person": "nobody"}, "person", "names nothing"),
        ({"from": "24 December"}, "from", "no date or time"),
        ({"from": "2026-12-24T24:00"}, "from", "no date or time"),
        ({"from": "2026-02-30T17:00"}, "from", "no date or time"),
        ({"from": "2026-W52-4"}, "from", "no date or time"),
        ({"from": "1926-12-24T17:00"}, "from", "out of reach"),
        ({"from": 20261224}, "from", "whole number"),
        ({"to": "2026-12-24T17:00"}, "to", "is not after from"),
        ({"to": "2026-12-24"}, "to", "is not after from"),
        ({"to": "2026-12-24T18:00+02:00"}, "to", "is not after from"),
        ({"from": "2026-03-29T01:10", "to": "2026-03-29T01:50"}, "to", "is not after from"),
        ({"from": "2026-10-25T01:30", "to": "2026-10-25T00:30+00:00"}, "to", "is not after from"),
        ({"why": 7}, "why", "whole number"),
    ],
)
def test_an_override_that_cannot_be_is_refused(change: dict[str, Any], path: str, wrong: str) -> None:
    rota = {**document()["rota"], "overrides": [OVERRIDE, {**OVERRIDE, **change}]}
    found = problems(as_text(document(rota=rota)))
    assert [problem.path for problem in found] == [f"rota.overrides[1].{path}"]
    assert wrong in found[0].wrong


def test_leave_that_ends_before_it_begins_is_refused() -> None:
    rota = {**document()["rota"], "leave": [LEAVE, {**LEAVE, "to": "2026-08-01"}, {**LEAVE, "person": "price"}]}
    assert [p.path for p in problems(as_text(document(rota=rota)))] == ["rota.leave[1].to", "rota.leave[2].person"]
