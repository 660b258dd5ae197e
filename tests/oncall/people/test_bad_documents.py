"""What is wrong with a file as YAML, before or beside what its values say; and how errors are told."""

from pathlib import Path

import pytest

from oncall.people.teamfile import BadTeamFile, parse, read
from tests.oncall.people.documents import SAMPLE, as_text, document, problems, with_value


@pytest.mark.parametrize(
    ("old", "new", "path", "wrong"),
    [
        ('time: "09:30"', "time: 09:30", "team.staff_meeting.time", "a time without quotes"),
        ('time: "09:30"', "time: 10:30", "team.staff_meeting.time", "a time without quotes"),
        (
            'at: "17:00", starts: 2025-01-10',
            "at: 17:00, starts: 2025-01-10",
            "rota.tiers.duty[2].turn.at",
            "without quotes",
        ),
        ('number: "+447700900000"', "number: +447700900000", "team.number", "is a whole number"),
        ("name: Sam Rees", "name: 007", "staff[0].name", "a number without quotes"),
        ("name: Sam Rees", "name: 1e3", "staff[0].name", "a number without quotes"),
        ("name: Sam Rees", "name: 2026-01-01", "staff[0].name", "is a date"),
        ("born: 2012-05-01", "born: 2012-02-30", "young_people[0].born", "no date that exists"),
        ("name: Sam Rees", "name: !!str Sam", "staff[0].name", "has a tag"),
        ("name: Sam Rees", "name: &sam Sam", "staff[0].name", "has an anchor"),
        ("name: Sam Rees", "name: Sam, name: Sam", "staff[0].name", "is written twice"),
        ("  slug: torfaen", "  slug: torfaen\n  slug: torfaen", "team.slug", "is written twice"),
        ("known_as: Osian", "? [a]\n    : b\n    known_as: Osian", "young_people[1]", "a key that is no word"),
        ("staff:", "staff: &all", "staff", "has an anchor"),
        ("schema: 1", "", "schema", "is missing"),
    ],
)
def test_what_yaml_allows_and_a_team_file_does_not(old: str, new: str, path: str, wrong: str) -> None:
    assert old in SAMPLE
    found = problems(SAMPLE.replace(old, new, 1))
    assert path in [problem.path for problem in found if wrong in problem.wrong]
    assert all(problem.path.startswith(path) for problem in found)


def test_an_alias_is_refused_and_nothing_else_is_said_of_it() -> None:
    text = SAMPLE.replace("languages: [cy, en]", "languages: &both [cy, en]", 1)
    text = text.replace("languages: [en]", "languages: *both", 1)
    assert [(p.path, p.wrong) for p in problems(text)] == [
        ("team.languages", "has an anchor (&)"),
        ("staff[0].languages", "is an alias"),
    ]


@pytest.mark.parametrize(
    ("text", "path", "wrong"),
    [
        ("", "the file", "is empty"),
        ("# nothing\n", "the file", "is empty"),
        ("a: [", "line 2, column 1", "is no YAML"),
        ("a: b: c", "line 1, column 5", "is no YAML"),
        ("a: 1\n---\nb: 1\n", "the file", "more than one document"),
        ("[" * 100, "[0]" * 33, "nested too deeply"),
        ("\x00", "the file", "characters that YAML does not allow"),
        ("\ud800", "the file", "characters that YAML does not allow"),
        ("x" * (5 * 1024 * 1024 + 1), "the file", "larger than 5 MiB"),
        ("x", "the file", "is text"),
        ("- x", "the file", "is a list"),
        ("null", "the file", "is empty"),
    ],
)
def test_what_is_no_document_at_all(text: str, path: str, wrong: str) -> None:
    found = problems(text)
    assert [problem.path for problem in found] == [path]
    assert wrong in found[0].wrong


def test_every_error_comes_at_once_and_one_error_does_not_make_ten() -> None:
    changed = document()
    changed["staff"][0]["slug"] = "s a m"
    changed["team"]["time_zone"] = "Nowhere"
    changed["rota"]["tiers"]["duty"][0]["people"] = ["s a m"]
    changed["voice"]["ring_for"] = "x"
    del changed["escalation"]["routine"]
    found = {problem.path for problem in problems(as_text(changed)) if "names nothing" not in problem.wrong}
    assert found == {"staff[0].slug", "team.time_zone", "voice.ring_for", "escalation.routine"}
    assert [p.path for p in problems(as_text(document(staff="none")))] == ["staff"]


def test_a_file_that_cannot_be_read_is_no_traceback(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("name: Siân".encode("latin-1"))
    for path in (tmp_path / "none.yaml", tmp_path, latin):
        with pytest.raises(BadTeamFile) as bad:
            read(path)
        assert bad.value.problems[0].path == str(path)


def test_a_line_names_the_path_what_is_wrong_and_what_would_be_right() -> None:
    with pytest.raises(BadTeamFile) as bad:
        parse(with_value("staff[2].role", "boss"))
    assert str(bad.value) == (
        "staff[2].role: is 'boss'; write one of clinical_lead, service_manager, lead_practitioner, "
        "young_person_practitioner"
    )


def test_an_error_repeats_no_number_and_no_name() -> None:
    changed = document()
    changed["staff"][0] |= {"mobile": "07700 900001", "email": "sam rees"}
    changed["young_people"][0] |= {"born": "1 May 2012", "known_as": "K\n"}
    text = "\n".join(map(str, problems(as_text(changed))))
    assert text
    assert not any(word in text for word in ("900001 ", "07700", "sam rees", "May", "K\n"))
