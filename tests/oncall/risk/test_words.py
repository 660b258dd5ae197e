"""Texts as words: folded, with their places kept; mutations; slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.risk.words.mutations import mutated
from oncall.risk.words.tokens import fold, tokens_of
from oncall.risk.words.typos import Typos


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She's SOOOO low", ["shes", "soo", "low"]),
        ("Mae'n dweud", ["mae", "'n", "dweud"]),
        ("i’w braich, o'r tŷ", ["i", "'w", "braich", "o", "'r", "ty"]),
        ("11:30 or 23.5", ["11:30", "or", "23.5"]),
        ("🔪 😭😭", ["🔪", "😭", "😭"]),
        ("dont (ever) -- go!", ["dont", "ever", "go"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_that_can_be_looked_up(text: str, words: list[str]) -> None:
    assert [token.word for token in tokens_of(text)] == words


def test_stops_and_new_lines_end_a_clause_and_commas_do_not() -> None:
    assert [token.clause for token in tokens_of("one, two. three\nfour")] == [0, 0, 1, 2]


@given(st.text(max_size=200))
def test_every_word_knows_where_it_stands(text: str) -> None:
    found = tokens_of(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll")), min_size=1, max_size=20))
def test_folding_twice_changes_nothing_more(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("radical", "forms"),
    [
        ("cyllell", {"gyllell", "nghyllell", "chyllell"}),
        ("gwaed", {"waed", "ngwaed"}),
        ("tabledi", {"dabledi", "nhabledi", "thabledi"}),
        ("pont", {"bont", "mhont", "phont"}),
        ("llosgi", {"losgi"}),
        ("rhaff", {"raff"}),
        ("ysbyty", {"hysbyty"}),
        ("ei", set()),
        ("chwaer", set()),
    ],
)
def test_welsh_words_are_known_in_their_mutated_forms(radical: str, forms: set[str]) -> None:
    assert mutated(radical) == forms


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tabelts", "tablets"),
        ("tablet", "tablets"),
        ("swalloed", "swallowed"),
        ("unconsious", "unconscious"),
        ("unconsicous", "unconscious"),
        ("cut", None),
        ("rablets", None),
        ("tables1", None),
        ("mountain", None),
    ],
)
def test_a_slip_finds_the_word_that_was_meant(written: str, meant: str | None) -> None:
    assert Typos(["tablets", "swallowed", "unconscious", "cut"]).meant(written) == meant
