"""A team file that can be used: its values, that it comes back as it was, that no text crashes the reader."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall.people.teamfile import BadTeamFile, TeamFile, parse, read, stored, warnings, write, writing
from oncall.people.teamfile.values import (
    ChangesEntry,
    DailyCoverEntry,
    Duration,
    HoursCoverEntry,
    Moment,
    Plan,
    PlannerEntry,
    RulesEntry,
    Step,
    TurnEntry,
    WeeklyCoverEntry,
    WishEntry,
)
from tests.oncall.people.documents import GONE, SAMPLE, as_text, document, problems, with_value

DATA = Path(__file__).parents[2] / "data"


def as_in_the_contract() -> TeamFile:
    return read(DATA / "torfaen.yaml")


def test_the_sample_team_can_be_used_and_nothing_is_to_be_said_of_it() -> None:
    sample = parse(SAMPLE, today=date(2025, 1, 1))
    assert warnings(sample) == []
    assert len(sample.staff) == 9
    assert all(person.mobile and person.mobile.startswith("+447700900") for person in sample.staff)
    assert any(contact.language == "cy" for contact in sample.contacts)


def test_values_are_what_was_written() -> None:
    file = as_in_the_contract()
    assert file.team.languages == ("cy", "en")
    assert (file.team.staff_meeting.begins, file.team.staff_meeting.publish) == (time(9, 30), time(9, 0))
    assert file.young_people[0].born == date(2012, 5, 1)
    assert file.young_people[0].plan == Plan("Ŵyl fach: “dim”", ("Te a thôst", "a\nb"), ())
    assert file.contacts[0].cares_for == ("yp-07",)
    assert file.contacts[1].prefers == ()
    nights, weekends, hours = file.rota.tiers["duty"]
    assert nights.turn == TurnEntry(1, "week", time(17, 0), date(2026, 1, 5))
    assert nights.cover == (DailyCoverEntry(time(17, 0), time(9, 0), ("mon", "tue", "wed", "thu")),)
    assert weekends.cover == (WeeklyCoverEntry("fri", time(17, 0), "mon", time(9, 0)),)
    assert hours.cover == (HoursCoverEntry(time(9, 0), 8),)
    assert file.rota.tiers["backup"][0].cover is None
    assert file.rota.overrides[0].start == Moment("2026-12-24T17:00", datetime(2026, 12, 24, 17, 0))  # noqa: DTZ001
    assert file.rota.overrides[1].end == Moment("2026-12-26T09:00Z", datetime(2026, 12, 26, 9, 0, tzinfo=UTC))
    assert file.rota.leave[0].end == Moment("2026-08-15", datetime(2026, 8, 15))  # noqa: DTZ001
    assert file.escalation["urgent"].contact_within == Duration("15m", timedelta(minutes=15))
    assert file.escalation["emergency"].steps[1] == Step(
        ("manager",), ("text", "call"), Duration("2m", timedelta(minutes=2))
    )
    assert file.voice.ring == (("duty",), ("duty", "backup"), ("manager",))


@pytest.mark.parametrize("text", [SAMPLE, (DATA / "torfaen.yaml").read_text(encoding="utf-8")])
def test_what_is_written_out_reads_as_the_same(text: str) -> None:
    file = parse(text)
    written = write(file)
    assert parse(written) == file
    assert write(parse(written)) == written
    assert list(yaml.safe_load(written)) == [
        *("schema", "team", "staff", "young_people", "contacts", "rota", "escalation", "voice")
    ]


def test_it_is_written_as_people_write_it() -> None:
    written = write(as_in_the_contract())
    for line in (
        '  number: "+447700900000"',
        '  staff_meeting: {day: monday, time: "09:30", publish: "09:00"}',
        '      turn: {every: 1, unit: week, at: "17:00", starts: 2026-01-05}',
        '      - {from: "fri 17:00", to: "mon 09:00"}',
        "    - {page: [duty, backup], by: [text, call], wait: 2m}",
        "voice: {ring: [[duty], [duty, backup], [manager]], ring_for: 20s, promise_after: 90s}",
    ):
        assert line in written.splitlines()
    assert "Ŵyl fach: “dim”" in written
    assert "Siân" in written
    assert not any(mark in written for mark in (" &", " *", "!!", "\\x", "null"))


def test_other_readers_of_yaml_take_it_for_the_same() -> None:
    """What PyYAML's own loader, which knows base 60 and `no`, makes of it is what we make of it."""
    file = parse(with_value("staff[0].name", "No"))
    assert yaml.safe_load(write(file)) == writing.written(file)


def test_sections_come_back_from_the_database_as_they_were() -> None:
    file = as_in_the_contract()
    assert stored.tiers_from_json(stored.tiers_to_json(file.rota.tiers)) == file.rota.tiers
    ours = RulesEntry({"daily_rest_hours": 12}, ("duty",))
    both = stored.tiers_to_json(file.rota.tiers, ours)
    assert stored.tiers_from_json(both) == file.rota.tiers
    assert stored.rules_from_json(both) == ours
    assert stored.rules_from_json(stored.tiers_to_json(file.rota.tiers, RulesEntry())) == RulesEntry()
    assert stored.rules_from_json({"tiers": []}) == RulesEntry(), "a tier may be named tiers"
    approved = stored.tiers_to_json(file.rota.tiers, ours, ChangesEntry("lead"))
    assert stored.changes_from_json(approved) == ChangesEntry("lead")
    assert (stored.rules_from_json(approved), stored.tiers_from_json(approved)) == (ours, file.rota.tiers)
    assert stored.changes_from_json(stored.tiers_to_json(file.rota.tiers, None, ChangesEntry())) == ChangesEntry()
    ours_too = PlannerEntry(may_hold={"duty": ("sam",)}, wishes=(WishEntry("eli", "rather_not", days=("mon",)),))
    planned = stored.tiers_to_json(file.rota.tiers, ours, None, ours_too)
    assert stored.planner_from_json(planned) == ours_too
    assert stored.planner_from_json(approved) == PlannerEntry()
    assert stored.tiers_from_json(planned) == file.rota.tiers
    assert stored.escalation_from_json(writing.escalation(file.escalation)) == file.escalation
    assert stored.voice_from_json(writing.voice(file.voice)) == file.voice
    with pytest.raises(BadTeamFile):
        stored.moment_from_text("yesterday")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("young_people", GONE),
        ("contacts", GONE),
        ("rota.overrides", []),
        ("rota.leave", None),
        ("rota.rules", None),
        ("rota.rules", {"nights_in_a_row": 3, "standby_is_work": ["duty", "backup"]}),
        ("rota.rules", {"standby_is_work": ["manager"]}),
        ("rota.changes", None),
        ("rota.changes", {"approve": "lead"}),
        ("rota.planner", {"may_hold": {"duty": ["eli", "sam"]}, "weights": {"moved": 0}, "days_in_a_row": 5}),
        (
            "rota.planner",
            {
                "wishes": [
                    {"person": "sam", "wish": "rather_not", "from": "2026-12-24", "to": "2026-12-27"},
                    {"person": "eli", "wish": "would_like", "days": ["fri", "sat"], "tier": "duty"},
                ]
            },
        ),
        ("young_people[0].plan", GONE),
        ("young_people[0].plan", None),
        ("staff[0].guidance", GONE),
        ("staff[0].email", None),
        ("staff[0].mobile", GONE),
        ("contacts[0].cares_for", GONE),
        ("contacts[0].prefers", None),
        ("contacts[0].phones", []),
        ("contacts[0].language", "pl"),
        ("rota.tiers.duty[0].cover", GONE),
        ("rota.tiers.duty[0].cover[0].days", GONE),
        ("rota.tiers.duty[0].cover[0].to", "09:00"),
        ("rota.tiers.duty[0].people", ["sam", "eli", "sam"]),
        ("rota.tiers.backup", []),
        ("rota.tiers.backup", None),
        ("rota.tiers.ar alwad", []),
        ("team.jurisdiction", "england"),
        ("team.time_zone", "Antarctica/Troll"),
        ("escalation.urgent.steps[0].page", ["duty"]),
        ("voice.ring", [["duty"]]),
    ],
)
def test_what_may_be_so_and_comes_back_so(path: str, value: Any) -> None:
    if path == "young_people":
        changed = document(contacts=[])
        del changed["young_people"]
        text = as_text(changed)
    else:
        text = with_value(path, value)
    file = parse(text)
    assert parse(write(file)) == file


def test_yes_no_on_and_off_are_words() -> None:
    file = parse(SAMPLE.replace("languages: [en]", "languages: [no]").replace("known_as: K\n", "known_as: No\n"))
    assert file.staff[0].languages == ("no",)
    assert file.young_people[0].known_as == "No"
    assert parse(write(file)) == file


def test_a_byte_order_mark_and_dates_in_quotes_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "team.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SAMPLE.replace("born: 2012-05-01", 'born: "2012-05-01"').encode())
    assert read(path) == parse(SAMPLE)


def test_what_ought_to_be_known_is_said() -> None:
    changed = document()
    changed["rota"]["tiers"]["backup"] = []
    for index in (0, 5, 7, 8):
        del changed["staff"][index]["mobile"]
    assert [(problem.path, problem.wrong.split(maxsplit=1)[0]) for problem in warnings(parse(as_text(changed)))] == [
        ("rota.tiers.backup", "has"),
        ("staff[0].mobile", "sam"),
        ("staff[7].mobile", "carys"),
        ("staff[8].mobile", "huw"),
        ("staff", "has"),
    ]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.dates() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def paths(value: Any, at: str = "") -> list[str]:
    """Every path in a document."""
    found: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        found = [(f"{at}.{key}" if at else key, part) for key, part in value.items()]
    elif isinstance(value, list):
        found = [(f"{at}[{index}]", part) for index, part in enumerate(value)]
    return [path for path, part in found for path in (path, *paths(part, path))]


@settings(deadline=None, max_examples=150)
@given(path=st.sampled_from(paths(document())), value=anything | st.just(GONE))
def test_no_value_anywhere_raises_anything_else_and_what_is_read_comes_back(path: str, value: Any) -> None:
    text = with_value(path, value)
    if not problems(text):
        file = parse(text)
        assert parse(write(file)) == file


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=80) | st.text("[]{}:,-?&*!|>'\"%@` \n#a1.~<=", max_size=40) | anything.map(yaml.safe_dump))
def test_no_text_raises_anything_else(text: str) -> None:
    assert problems(text)


@settings(deadline=None, max_examples=100)
@given(
    place=st.integers(0, len(SAMPLE) - 1), cut=st.integers(0, 6), put=st.text("[]{}:,-?&*!|>'\"% \n#a1\t", max_size=3)
)
def test_no_slip_of_the_pen_raises_anything_else(place: int, cut: int, put: str) -> None:
    text = SAMPLE[:place] + put + SAMPLE[place + cut :]
    if not problems(text):
        assert parse(write(parse(text))) == parse(text)


lines = st.text(st.characters(exclude_categories=["Cc", "Cn", "Cs", "Zl", "Zp"]), min_size=1, max_size=40).filter(
    str.strip
)


@settings(deadline=None, max_examples=100)
@given(name=lines, plan=st.lists(lines, min_size=1, max_size=3).map("\n".join))
def test_any_words_come_back(name: str, plan: str) -> None:
    changed = document()
    changed["staff"][0]["name"] = name
    changed["young_people"][0]["plan"]["formulation"] = plan
    file = parse(as_text(changed))
    assert (file.staff[0].name, parse(write(file))) == (name, file)
