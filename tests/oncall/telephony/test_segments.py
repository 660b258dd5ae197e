"""Segments and the cutting of long texts: nothing is lost, no letter is torn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.telephony.segments import count_segments, is_gsm, split

FAMILY = "👨‍👩‍👧‍👦"
THUMB = "👍🏽"
WALES = "🏴󠁧󠁢󠁷󠁬󠁳󠁿"
FLAG = "🇬🇧"
WHOLE = [FAMILY, THUMB, WALES, FLAG, "ŵ", "e\u0301", "\r\n", "❤️"]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("à" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 153, 3),
        ("a" * 152 + "€" + "a" * 8, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ŵ" + "a" * 69, 1),
        ("ŵ" + "a" * 70, 2),
        ("’" * 134, 2),
        ("’" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 67, 3),
    ],
)
def test_how_many_segments(text: str, segments: int) -> None:
    assert count_segments(text) == segments


@pytest.mark.parametrize("letter", list("âêîôûŵŷÂÊÎÔÛŴŶáíóúẃýïë‘’“”–•"))
def test_welsh_letters_and_curly_quotes_are_outside_gsm(letter: str) -> None:
    assert not is_gsm(letter)


@pytest.mark.parametrize("letter", list("àèéìòùäöü£@\n\r{}[]~|\\^€"))
def test_these_are_inside_gsm(letter: str) -> None:
    assert is_gsm(letter)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("short", ["short"]),
        ("0123456789", ["0123456789"]),
        ("one two three four", ["one two ", "three four"]),
        ("one two  three four", ["one two  ", "three four"]),
        ("0123456789abc", ["0123456789", "abc"]),
        ("a bcdefghijklm", ["a bcdefghi", "jklm"]),
        ("          x", ["          ", "x"]),
    ],
)
def test_where_a_text_is_cut(text: str, parts: list[str]) -> None:
    assert split(text, at_most=10) == parts


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("before", range(24, 30))
def test_what_a_reader_sees_as_one_letter_is_not_torn(whole: str, before: int) -> None:
    parts = split("a" * before + whole * 6, at_most=30)
    assert "".join(parts) == "a" * before + whole * 6
    assert all(part.strip("a") == "" or part.strip("a").replace(whole, "") == "" for part in parts)


def test_a_letter_longer_than_a_part_is_cut_rather_than_lost() -> None:
    tall = "a" + "\u0301" * 50
    parts = split(tall, at_most=10)
    assert "".join(parts) == tall
    assert all(len(part) <= 10 for part in parts)


@pytest.mark.parametrize("at_most", [-1, 0, 1, 1601])
def test_a_part_has_a_sensible_length(at_most: int) -> None:
    with pytest.raises(ValueError, match="2 to 1600"):
        split("text", at_most=at_most)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from(" \n\u0301\u200d😀ŵ🇬🇧"), max_size=300),
    st.integers(2, 40),
)
def test_nothing_is_lost_and_every_part_fits(text: str, at_most: int) -> None:
    parts = split(text, at_most=at_most)
    assert "".join(parts) == text
    assert all(0 < len(part.encode("utf-16-le")) // 2 <= at_most for part in parts)


@given(st.text(max_size=400), st.text(max_size=50))
def test_more_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert count_segments(text + more) >= count_segments(text)
