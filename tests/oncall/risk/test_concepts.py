"""Concepts found in a text, and what is said of them."""

import pytest

from oncall.people.severity import Severity
from oncall.risk.concepts.finding import Hit, Reading, read
from oncall.risk.concepts.lexicon import build
from oncall.risk.rules.ruling import parse, rule_on

ENGLISH = {
    "spellings": {"tabs": "tablets", "gonna": "going to"},
    "concepts": {
        "not": ["not", "hasnt", "no"],
        "tablets": ["tablet*"],
        "swallow": ["took", "swallow*"],
        "missing_count": ["empty ~ box", "box ~ empty", "box is empty"],
        "not_waking": ["not waking", "wont wake"],
        "blade": ["knife"],
        "in_hand": ["got", "holding"],
        "ctx_past": ["last year"],
        "ctx_play": ["film"],
    },
}
WELSH = {"concepts": {"blade": ["cyllell"], "not": ["ddim"], "tablets": ["tabled*"]}}
LEXICON = build({"en": ENGLISH, "cy": WELSH}, known=frozenset({"table"}))


def reading(text: str) -> Reading:
    return read(text, LEXICON)


def hit(text: str, concept: str) -> Hit:
    return next(hit for hit in reading(text).hits if hit.concept == concept)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("she took the tabs", {"swallow", "tablets"}),
        ("swallowing tabelts", {"swallow", "tablets"}),
        ("the box of them is empty", {"missing_count"}),
        ("the box. it is empty", set()),
        ("ma gyllell da fe", {"blade"}),
        ("dabledi", {"tablets"}),
        ("a table", set()),
    ],
)
def test_concepts_are_found_whatever_the_form(text: str, concepts: set[str]) -> None:
    assert {hit.concept for hit in reading(text).hits} == concepts


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("he has not got a knife", True),
        ("not him, the cat. he has a knife", False),
        ("not happy but he has a knife", False),
        ("no one told me at all that she had any knife", False),
        ("dim cyllell, ddim o gwbl", False),
        ("ddim y gyllell", True),
    ],
)
def test_a_denial_reaches_a_few_words_on_in_its_clause(text: str, denied: bool) -> None:
    assert hit(text, "blade").denied is denied


def test_a_danger_made_of_a_not_is_no_denial() -> None:
    assert not hit("she is not waking", "not_waking").denied


def test_what_is_said_of_a_concept_is_said_in_its_clause() -> None:
    assert hit("last year he took a knife", "blade").said == {"past"}
    assert hit("that was last year. now a knife", "blade").said == frozenset()


def test_a_phrase_is_given_as_it_was_written() -> None:
    found = reading("So She's took ALL the Tablets!!")
    tablets = next(hit for hit in found.hits if hit.concept == "tablets")
    assert found.phrase(tablets.start, tablets.end) == "Tablets"


RULES = (
    parse({"id": "knife", "flag": "weapon", "needs": ["blade", "in_hand"]}),
    parse({"id": "taken", "flag": "overdose_ingestion", "needs": ["tablets", "swallow|missing_count"]}),
    parse({"id": "told", "flag": "abuse_disclosure", "needs": ["in_hand", "not"], "within": "clause"}),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hes got a knife", {("weapon", Severity.EMERGENCY)}),
        ("last year he got a knife", {("weapon", Severity.CONCERN)}),
        ("in the film hes got a knife", set()),
        ("he hasnt got a knife", set()),
        ("tablets. the box is empty", {("overdose_ingestion", Severity.EMERGENCY)}),
        ("last year she got no sleep", {("abuse_disclosure", Severity.URGENT)}),
        ("tablets on the shelf " + "and so on " * 10 + "took", set()),
    ],
)
def test_rules_need_their_concepts_near_each_other_and_meant(text: str, found: set[tuple[str, Severity]]) -> None:
    assert {(ruled.flag, ruled.severity) for ruled in rule_on(reading(text), RULES)} == found
