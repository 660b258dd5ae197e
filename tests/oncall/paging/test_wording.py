"""Sentences: both languages hold the same ones, texts to callers are short, pages are useful on a lock screen."""

import re
from pathlib import Path
from string import Formatter

import pytest

import oncall
from oncall.incidents.models import Incident
from oncall.paging.wording import SENTENCES, say, severity_word
from oncall.paging.wording.caller import AT_MOST, plain, tell_caller
from oncall.paging.wording.english import ENGLISH
from oncall.people.severity import Severity
from oncall.telephony.segments import count_segments, is_gsm
from oncall.telephony.twiml import Language

LANGUAGES: list[Language] = ["en", "cy"]
NAMES = ["Sam Rees", "Gwenllian Angharad Pryce-Llewellyn", "Siân Llŷr", "Gwenllïan Siôn Pryce-Llewellyn-Gŵyr", "D’Arcy"]
CALLER_SENTENCES = [name for name in ENGLISH if name.startswith("caller_") and not name.endswith("_short")]
FIRST_SEGMENT = 67  # of a text with one letter outside the alphabet that fits 160
SPOKEN = re.compile("^call_|^severity_spoken_")
SOURCES = "\n".join(
    path.read_text()
    for path in Path(oncall.__file__).parent.rglob("*.py")
    if "wording" not in path.parent.name or path.name == "__init__.py"
)
LANGUAGES_OF_CALLERS = ["en", "cy", None]


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_both_languages_hold_the_same_sentences() -> None:
    assert SENTENCES["cy"].keys() == SENTENCES["en"].keys()


@pytest.mark.parametrize("name", ENGLISH)
def test_both_languages_have_the_same_places_to_fill(name: str) -> None:
    assert _fields(SENTENCES["cy"][name]) == _fields(SENTENCES["en"][name])


@pytest.mark.parametrize("name", [name for name in ENGLISH if not name.startswith(("how_", "severity_"))])
def test_every_sentence_is_said_somewhere(name: str) -> None:
    assert f'"{name.removesuffix("_short")}"' in SOURCES


@pytest.mark.parametrize("name", CALLER_SENTENCES)
@pytest.mark.parametrize("language", LANGUAGES_OF_CALLERS)
@pytest.mark.parametrize("holder", NAMES)
def test_a_caller_reads_at_most_two_segments_and_danger_is_in_them(
    name: str, language: str | None, holder: str
) -> None:
    text = tell_caller(Incident(language=language), name, name=holder, minutes=720)
    assert count_segments(text) <= AT_MOST
    assert "999" in text


@pytest.mark.parametrize("name", [name for name in CALLER_SENTENCES if name != "caller_taken"])
@pytest.mark.parametrize("language", LANGUAGES_OF_CALLERS)
def test_what_to_do_in_danger_comes_first(name: str, language: str | None) -> None:
    text = tell_caller(Incident(language=language), name)
    assert "999" in re.split(r"[.;]", text.replace("? ", ", "))[0]


def test_an_unknown_number_is_answered_in_both_languages_and_a_known_one_in_its_own() -> None:
    assert "perygl" in tell_caller(Incident(language="cy"), "caller_answer")
    assert "danger" not in tell_caller(Incident(language="cy"), "caller_answer")
    assert "perygl" not in tell_caller(Incident(language="en"), "caller_answer")
    both = tell_caller(Incident(language=None), "caller_answer")
    assert "perygl" in both
    assert "danger" in both


def test_a_name_keeps_its_accents_where_there_is_room_and_its_letters_always() -> None:
    assert "Siân Llŷr has" in tell_caller(Incident(language="en"), "caller_taken", name="Siân Llŷr", minutes=20)
    assert plain("Siôn Llŷr, André D’Arcy, Łucja") == "Sion Llyr, André D'Arcy, Łucja"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ENGLISH)
def test_texts_keep_to_the_letters_that_fit_160_to_a_segment(name: str, language: Language) -> None:
    if not SPOKEN.match(name):
        assert is_gsm(SENTENCES[language][name])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("name", ["page", "page_again", "page_raised"])
def test_the_ref_of_a_page_is_seen_whatever_the_letters(name: str, severity: Severity, language: Language) -> None:
    page = say(
        language,
        name,
        ref="KTRW",
        severity=severity_word(severity.value, language),
        caller="Siân Llŷr-Gruffudd",
        how=say(language, "how_sms"),
        team="MIST Torfaen",
        link="https://oncall.example/i/KTRW",
    )
    assert "KTRW" in page[:FIRST_SEGMENT]
    assert severity_word(severity.value, language) in page[:FIRST_SEGMENT]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, words in ENGLISH.items() if "{ref}" in words])
def test_every_text_to_a_practitioner_names_the_ref_early(name: str, language: Language) -> None:
    assert "{ref}" in SENTENCES[language][name].replace("{refs}", "{ref}")[:FIRST_SEGMENT]
