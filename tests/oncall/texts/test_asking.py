"""A bare word asks of the rota; anything more is words for somebody, so nothing for a caller is swallowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.texts.flow import HELPS, ROTA_WORDS, SAYINGS, STARTS, STOPS, VERBS, Asked, AskRota, Words, read


@pytest.mark.parametrize(
    ("body", "asked"),
    [("WHO", Asked.WHO), (" who\n", Asked.WHO), ("Pwy", Asked.WHO), ("ROTA", Asked.ROTA), ("rota ", Asked.ROTA)],
)
def test_a_bare_word_asks_of_the_rota(body: str, asked: Asked) -> None:
    assert read(body) == AskRota(asked)


@pytest.mark.parametrize(
    "body", ["Who?", "who is with her", "rota please", "KTRW who", "who KTRW", "whos", "pwy sydd yno"]
)
def test_anything_more_is_words(body: str) -> None:
    assert isinstance(read(body), Words)


@given(st.sampled_from(sorted(ROTA_WORDS)), st.text("abc 123", min_size=1).filter(str.strip))
def test_no_words_after_it_are_ever_swallowed(word: str, more: str) -> None:
    found = read(f"{word} {more}")
    assert isinstance(found, Words)
    assert found.text == f"{word} {more}"


def test_no_word_means_two_things() -> None:
    others = STOPS | STARTS | HELPS | VERBS.keys() | SAYINGS.keys()
    assert not others & ROTA_WORDS.keys()
