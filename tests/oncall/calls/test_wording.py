"""The words of the line: the same sentences in both languages, each by its own voice, on one page that is current."""

import string
from pathlib import Path

import pytest

from oncall.calls.wording import SENTENCES, listed, sentence, spoken_caller
from oncall.calls.wording.english import ENGLISH
from oncall.calls.wording.scripts import render
from oncall.calls.wording.welsh import WELSH
from oncall.incidents.models import Incident
from oncall.telephony import twiml
from oncall.telephony.twiml import Language

ROOT = Path(__file__).parents[3]


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_both_languages_hold_the_same_sentences_with_the_same_places() -> None:
    assert list(ENGLISH) == list(WELSH)
    assert {name: _places(words) for name, words in ENGLISH.items()} == {n: _places(w) for n, w in WELSH.items()}


def test_no_sentence_has_a_place_for_a_young_person() -> None:
    assert set().union(*(_places(words) for words in ENGLISH.values())) <= {
        "name", "who", "team", "caller", "severity", "known", "ref", "key",
    }  # fmt: skip


def test_the_page_to_sign_is_current() -> None:
    page = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    assert page == render(), "docs/scripts.md is not what the wording says: write render() to it"


def test_the_page_holds_every_sentence() -> None:
    page = render()
    assert all(f"| {name} |" in page for name in ENGLISH)
    assert "| test_call |" in page
    assert "| how_voice |" in page
    assert page.count("AWAITS A WELSH SPEAKER'S CHECK") == 1


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_spoken_by_a_voice_of_its_language(language: Language) -> None:
    voice, locale = twiml.VOICES[language]
    for name in ENGLISH:
        values = dict.fromkeys(_places(ENGLISH[name]), "X")
        if not sentence(language, name, **values).strip():
            continue
        document = twiml.document(twiml.say(sentence(language, name, **values), language))
        assert f'language="{locale}" voice="{voice}"' in document


@pytest.mark.parametrize(
    ("names", "english", "welsh"),
    [
        ([], "someone", "rhywun"),
        (["Sam Rees"], "Sam Rees", "Sam Rees"),
        (["Sam Rees", "Eli Morgan"], "Sam Rees and Eli Morgan", "Sam Rees ac Eli Morgan"),
        (["A", "B", "C"], "A, B and C", "A, B a C"),
    ],
)
def test_names_are_listed_as_they_are_spoken(names: list[str], english: str, welsh: str) -> None:
    assert (listed(names, "en"), listed(names, "cy")) == (english, welsh)


@pytest.mark.parametrize(
    ("phone_index", "english", "welsh"),
    [("known to the keyring", "an unknown number", "rhif anhysbys"), (None, "a hidden number", "rhif cudd")],
)
def test_a_caller_without_a_name_is_spoken_of_in_one_language_alone(
    phone_index: str | None, english: str, welsh: str
) -> None:
    incident = Incident(phone_index=phone_index)
    assert spoken_caller(None, incident, "en") == english
    assert spoken_caller(None, incident, "cy") == welsh
