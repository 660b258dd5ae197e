"""What is said of shifts: the same in both languages, every sentence used, none long."""

import re
from pathlib import Path
from string import Formatter

import pytest

from oncall.paging.shifts.wording import SENTENCES
from oncall.paging.shifts.wording.english import ENGLISH
from oncall.paging.shifts.wording.welsh import WELSH
from oncall.telephony.segments import count_segments
from oncall.telephony.twiml import Language

ROOT = Path(__file__).parents[4] / "oncall"
LONGEST = {
    "name": "Bartholomew Llewellyn-Jones",
    "other": "Gwenllian ap Gruffydd",
    "what": "duty Wed 25 Nov 17:00 to Thu 26 Nov 09:00",
    "gaps": "backup Wed 25 Nov 17:00 to Thu 26 Nov 09:00; backup Wed 25 Nov 17:00 to Thu 26 Nov 09:00; and 12 more",
    "was": "duty Wed 25 Nov 17:00 to Thu 26 Nov 09:00",
}


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    assert list(ENGLISH) == list(WELSH)
    for name in ENGLISH:
        places = [{place for _, place, _, _ in Formatter().parse(told[name]) if place} for told in SENTENCES.values()]
        assert places[0] == places[1], name


def test_every_sentence_is_used() -> None:
    told = [path for path in ROOT.rglob("*.py") if {"shifts", "testing"} & {*path.parts, path.stem}]
    source = " ".join(path.read_text() for path in told if path.name not in ("english.py", "welsh.py"))
    assert [name for name in ENGLISH if not re.search(rf'"{name}"', source)] == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_text_is_long(language: Language) -> None:
    for name, sentence in SENTENCES[language].items():
        places = {place: "12:34" for _, place, _, _ in Formatter().parse(sentence) if place}
        assert count_segments(sentence.format(**{**places, **LONGEST})) <= 3, name
