"""Every card: both languages, both modes, short lines, a version that changes with its words, calm and kind words."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from oncall.guidance.catalogue import (
    COMMON,
    FOLDER,
    HEADS,
    LANGUAGES,
    MODES,
    Card,
    NoSuchCard,
    Signature,
    card_named,
    cards,
    document,
    fingerprint,
)
from oncall.guidance.wording import as_text, show, words
from oncall.risk.catalogue import catalogue
from oncall.telephony.segments import LONGEST, count_segments, is_gsm

RECORDED = Path(__file__).parent / "versions.yaml"
TODAY = date(2026, 11, 24)
LONGEST_LINE = 90
FILES = sorted(FOLDER.glob("*.yaml"))
EVERY = [(card, mode, language) for card in cards().values() for mode in MODES for language in LANGUAGES]
IDS = [f"{card.card}-{mode}-{language}" for card, mode, language in EVERY]
NEVER_SAID = re.compile(
    r"consequence|punish|sanction|manipulat|attention.seeking|naughty|defian|challenging behaviour|"
    r"low risk|high risk|canlyniad|cosb|ystryw|drwg iawn",
    re.IGNORECASE,
)
FIGURES = re.compile(r"\d{3,}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_cards_file_holds_both_languages_and_says_what_awaits_a_check(path: Path) -> None:
    written = document(path)
    assert written["card"] == path.stem
    assert set(written["title"]) == set(LANGUAGES)
    assert "awaits a Welsh speaker's check" in path.read_text(encoding="utf-8").splitlines()[0]
    for mode, heads in (("practical", HEADS), ("reflective", HEADS[1:4])):
        assert {language: tuple(said) for language, said in written[mode].items()} == dict.fromkeys(LANGUAGES, heads)
    assert written["author"]
    assert written["written"] < written["review_due"] <= written["written"] + timedelta(days=366)


def test_every_flag_has_a_card_and_no_card_a_flag_that_is_unknown() -> None:
    assert {flag for card in cards().values() for flag in card.flags} == set(catalogue())


def test_the_first_line_sends_for_help_where_there_is_danger() -> None:
    lines = {
        card.card: [card.lines("practical", language)["stop"] for language in LANGUAGES] for card in cards().values()
    }
    assert [name for name, said in lines.items() if not all("999" in line for line in said)] == []


@pytest.mark.parametrize(("card", "mode", "language"), EVERY, ids=IDS)
def test_lines_are_short_and_calm(card: Card, mode: Any, language: Any) -> None:
    said = [card.title[language], *card.lines(mode, language).values()]
    assert len(said) == 1 + len(HEADS)
    assert [line for line in said if not 0 < len(line) <= LONGEST_LINE] == []
    assert [line for line in said if NEVER_SAID.search(line) or line != line.strip() or "\n" in line] == []


@pytest.mark.parametrize(("card", "mode", "language"), EVERY, ids=IDS)
def test_a_line_holds_no_number_but_those_everybody_knows(card: Card, mode: Any, language: Any) -> None:
    for line in card.lines(mode, language).values():
        assert set(FIGURES.findall(line)) <= {"999", "111"}


@pytest.mark.parametrize(("card", "mode", "language"), EVERY, ids=IDS)
def test_as_a_text_a_card_is_three_segments_in_english_and_one_message_in_welsh(
    card: Card, mode: Any, language: Any
) -> None:
    text = as_text(show(card, mode=mode, language=language, today=TODAY))
    assert len(text) <= LONGEST
    assert count_segments(text) <= (3 if language == "en" else 8)
    assert is_gsm(text) or language == "cy"


def test_safety_is_the_same_in_both_modes_and_only_the_style_differs() -> None:
    for card in cards().values():
        for language in LANGUAGES:
            practical, reflective = card.lines("practical", language), card.lines("reflective", language)
            assert {head for head in HEADS if practical[head] != reflective[head]} <= set(HEADS[1:4])


def test_a_changed_card_has_another_version() -> None:
    """Where this fails, raise the card's version, and then record its fingerprint in versions.yaml."""
    recorded = yaml.safe_load(RECORDED.read_text(encoding="utf-8"))
    written = {path.stem: document(path) for path in FILES}
    assert {name: {one["version"]: fingerprint(one)} for name, one in written.items()} == {
        name: {max(versions): versions[max(versions)]} for name, versions in recorded.items()
    }


def test_a_fingerprint_is_of_the_words_and_not_of_dates_and_signatures() -> None:
    written = document(FOLDER / "fire.yaml")
    same = {**written, "signed": {"by": "x", "at": TODAY, "version": 1}, "review_due": TODAY, "version": 7}
    assert fingerprint(same) == fingerprint(written)
    for name, other in (("flags", []), ("title", {"en": "Fire!", "cy": "Tân"}), ("order", 1), ("practical", {})):
        assert fingerprint({**written, name: other}) != fingerprint(written)


def test_a_signature_is_for_one_version() -> None:
    card = cards()["fire"]
    assert card.signed is None
    signed = replace(card, signature=Signature(by="Dr A", at=date(2026, 12, 1), version=card.version))
    assert show(signed, mode="practical", language="en", today=TODAY).notes == ("Signed by Dr A, 01/12/2026.",)
    changed = replace(signed, version=card.version + 1)
    assert changed.signed is None
    assert show(changed, mode="practical", language="cy", today=TODAY).notes == ("Yn aros am lofnod clinigol.",)


@pytest.mark.parametrize(("days", "is_said"), [(0, False), (1, True)])
def test_a_review_that_is_past_is_said(days: int, is_said: bool) -> None:
    card = cards()["fire"]
    notes = show(card, mode="practical", language="en", today=card.review_due + timedelta(days=days)).notes
    assert notes == ("Awaiting clinical sign-off.", "Its review was due 24/05/2027.")[: 2 if is_said else 1]


def test_a_number_is_shown_with_its_day() -> None:
    facts = show(cards()["suicidal_talk"], mode="practical", language="en", today=TODAY).facts
    assert facts == ("Crisis line: NHS 111, press 2, Wales (as at 24/11/2026: check before use)",)
    used = {fact for card in cards().values() for fact in card.facts}
    assert used == set(words()["facts"])


def test_a_card_is_found_by_its_name_or_refused_with_those_there_are() -> None:
    assert card_named(COMMON) is cards()[COMMON]
    with pytest.raises(NoSuchCard, match="weapon"):
        card_named("wepon")
