"""What is suggested for a text, with what is shipped: the examples of the labelling, which it has learnt from too,
traps, what cannot be read.
"""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from oncall.cli import app
from oncall.incidents.suggesting import SUGGESTER, assess
from oncall.people.severity import Severity
from oncall.risk.catalogue import catalogue
from oncall.risk.concepts.lexicon import DATA, LANGUAGES, read
from oncall.risk.guarding import Guarded
from oncall.risk.rules.ruling import rules
from oncall.risk.suggest import Scan, suggest

EXAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "carer_texts.jsonl").read_text(encoding="utf-8").splitlines()
]


VOCABULARY = [
    *(f"{kind}_{language}.yaml" for kind in ("lexicon", "everyday") for language in LANGUAGES),
    "rules.yaml",
    "flags.yaml",
]


def of(severity: str) -> list[str]:
    return [example["text"] for example in EXAMPLES if example["severity"] == severity]


@pytest.mark.parametrize("text", of("emergency"))
def test_an_emergency_among_the_examples_is_found(text: str) -> None:
    assert suggest(text).severity is Severity.EMERGENCY


@pytest.mark.parametrize("text", of("urgent"))
def test_what_is_urgent_among_the_examples_is_never_less(text: str) -> None:
    assert suggest(text).severity >= Severity.URGENT


@pytest.mark.parametrize("text", of("routine"))
def test_a_routine_example_lets_people_sleep(text: str) -> None:
    assert suggest(text).severity is Severity.ROUTINE


def test_no_calm_or_worried_example_is_called_an_emergency() -> None:
    assert [text for text in of("concern") + of("routine") if suggest(text).severity is Severity.EMERGENCY] == []


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("", Severity.CONCERN),
        ("😭😭😭", Severity.CONCERN),
        ("🔪", Severity.URGENT),
        ("Пожалуйста позвоните мне", Severity.URGENT),
        ("الرجاء الاتصال بي", Severity.URGENT),
        ("bitte rufen Sie mich sofort zurück", Severity.URGENT),
    ],
)
def test_what_cannot_be_read_is_for_a_person(text: str, least: Severity) -> None:
    found = suggest(text)
    assert found.severity >= least
    assert "unclear" in {one.flag for one in found.flags}


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_flag_and_each_phrase_is_part_of_it(text: str) -> None:
    found = suggest(text)
    assert found == suggest(text)
    assert found.flags
    assert all(one.flag in catalogue() and one.phrase in text for one in found.flags)


@pytest.mark.parametrize("example", EXAMPLES[:20], ids=lambda example: example["text"][:20])
def test_the_reason_is_words_of_the_text(example: dict[str, str]) -> None:
    assert all(one.phrase and one.phrase in example["text"] for one in suggest(example["text"]).flags)


def test_every_concept_has_a_meaning_and_forms_in_both_languages() -> None:
    meanings = yaml.safe_load((DATA / "concepts.yaml").read_text(encoding="utf-8"))
    known = {concept for group in meanings.values() for concept in group}
    used = {concept for rule in rules() for group in rule.needs for concept in group}
    used |= {concept for rule in rules() for concept in rule.unless}
    assert used <= known
    for language in LANGUAGES:
        assert set(read(DATA / f"lexicon_{language}.yaml")["concepts"]) <= known


@pytest.mark.parametrize("name", VOCABULARY)
def test_the_vocabulary_says_whose_it_is_and_that_it_awaits_a_check(name: str) -> None:
    head = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    assert head["author"]
    assert head["version"]
    assert "awaiting" in head["review"]
    if name.endswith("_cy.yaml"):
        assert "Welsh speaker" in head["review"]


def test_the_rules_have_names_of_their_own() -> None:
    assert len({rule.id for rule in rules()}) == len(rules())


def test_scan_prints_a_line_for_every_line() -> None:
    told = CliRunner().invoke(
        app, ["risk", "scan", "--json"], input="hes got a knife\n\nHe's home safe, thank you x\r\nlast"
    )
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.exit_code == 0
    assert [line["severity"] for line in lines][:3] == ["emergency", "concern", "routine"]
    assert len(lines) == 4
    assert all(set(line) == {"severity", "flags"} for line in lines)
    assert lines[0]["flags"][0]["flag"] == "weapon"


class Asked:
    """A session that carries a suggester and nothing else."""

    def __init__(self, suggester: object) -> None:
        self.info = {SUGGESTER: suggester}


def test_intake_asks_the_suggester_and_pictures_are_at_least_a_concern() -> None:
    calm = Scan(severity=Severity.ROUTINE, flags=())
    session = Asked(Guarded(lambda text: calm))
    assert assess(session, "thanks").severity is Severity.ROUTINE  # type: ignore[arg-type]
    assert assess(session, "thanks", attachments=1).severity is Severity.CONCERN  # type: ignore[arg-type]


def test_intake_without_an_answer_is_urgent_and_says_so() -> None:
    def fails(text: str) -> Scan:
        raise RuntimeError

    told = assess(Asked(Guarded(fails)), "thanks")  # type: ignore[arg-type]
    assert told.severity is Severity.URGENT
    assert not told.was_assessed
    assert told.failure
