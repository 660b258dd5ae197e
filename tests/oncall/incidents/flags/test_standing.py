"""A person's decision stands, whatever is suggested afterwards; and what may have been meant by a wrong code."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.incidents.flags.policy import near, standing
from oncall.risk.catalogue import catalogue

STATES = ("suggested", "confirmed", "dismissed")


@dataclass(frozen=True)
class Said:
    flag: str
    state: str
    number: int = 0


@pytest.mark.parametrize(
    ("states", "stands"),
    [
        ("suggested", "suggested"),
        ("suggested suggested", "suggested"),
        ("suggested confirmed suggested", "confirmed"),
        ("suggested dismissed suggested", "dismissed"),
        ("dismissed suggested confirmed", "confirmed"),
        ("confirmed dismissed suggested suggested", "dismissed"),
    ],
)
def test_what_stands(states: str, stands: str) -> None:
    assert standing([Said("missing", state) for state in states.split()])["missing"].state == stands


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(STATES))))
def test_the_last_decision_of_a_person_stands_and_else_the_last_suggestion(told: list[tuple[str, str]]) -> None:
    entries = [Said(flag, state, number) for number, (flag, state) in enumerate(told)]
    stands = standing(entries)
    assert list(stands) == list(dict.fromkeys(entry.flag for entry in entries))
    for flag, entry in stands.items():
        of = [one for one in entries if one.flag == flag]
        decided = [one for one in of if one.state != "suggested"]
        assert entry == (decided or of)[-1]


@pytest.mark.parametrize(
    ("code", "meant"),
    [("selfharm", "self_harm"), ("mising", "missing"), ("staff_allegation", "allegation_staff"), ("cse_", "cse")],
)
def test_near_codes_are_named(code: str, meant: str) -> None:
    assert meant in near(code, catalogue())


def test_a_code_like_none_has_none_near_it() -> None:
    assert near("zzzzzz", catalogue()) == []
