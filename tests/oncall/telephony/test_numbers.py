"""Which strings are numbers: drama numbers are, withheld ids, short codes and names are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.telephony.numbers import is_assignable, is_number, normalise

NUMBERS = ["+447700900001", "+447700900999", "+441495700000", "+14158675310", "+35312345678", "+447911123456"]
NOT_NUMBERS = [
    "",
    " ",
    "+",
    "anonymous",
    "Anonymous",
    "unknown",
    "restricted",
    "unavailable",
    "private",
    "withheld",
    "+266696687",
    "+7378742833",
    "+2562533",
    "+8656696",
    "+86282452253",
    "60777",
    "+60777",
    "MIST",
    "NHSwales",
    "+44MIST12345",
    "sip:sam@example.org",
    "client:sam",
    "447700900001",
    "07700900001",
    "+0447700900001",
    "+4477009000011",
    "+44 7700 900001",
    "+447700900001 ",
    "+447700900001;ext=5",
    "+٤٤٧٧٠٠٩٠٠٠٠١",
    "+4412345678901234",
    "+999123456789",
]


@pytest.mark.parametrize("raw", NUMBERS)
def test_a_number_is_a_number(raw: str) -> None:
    assert is_number(raw)
    assert normalise(raw) == raw


@pytest.mark.parametrize("raw", NOT_NUMBERS)
def test_l14_what_is_no_number_is_never_rung_or_texted(raw: str) -> None:
    assert not is_number(raw)


@pytest.mark.parametrize(
    "raw",
    ["07700 900001", "+44 7700 900001", "+44 (0)7700 900001", "0044 7700-900-001", " (07700) 900 001 ", "07700–900001"],
)
def test_one_number_written_in_many_ways(raw: str) -> None:
    assert normalise(raw) == "+447700900001"


@pytest.mark.parametrize("raw", ["anonymous", "", "60777", "MIST", "7700 900001", "0770", "+266 696 687"])
def test_what_is_no_number_is_not_made_one(raw: str) -> None:
    assert normalise(raw) is None


def test_drama_numbers_pass_but_are_told_apart() -> None:
    assert is_number("+447700900001")
    assert not is_assignable("+447700900001")
    assert is_assignable("+447911123456")
    assert not is_assignable("anonymous")


@given(st.text(max_size=20))
def test_any_text_can_be_asked_about(raw: str) -> None:
    made = normalise(raw)
    assert made is None or is_number(made)
    assert not is_number(raw) or normalise(raw) == raw
