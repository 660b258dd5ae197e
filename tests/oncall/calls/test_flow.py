"""What a key in a page call leads to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.calls.flow import Next, pressed

KEYS = {"1": Next.TAKE, "2": Next.PASS_ON, "3": Next.READ, "": Next.ASK_AGAIN, "12": Next.TAKE}


@pytest.mark.parametrize("digits", KEYS)
def test_each_key_leads_where_it_says(digits: str) -> None:
    assert pressed(digits) is KEYS[digits]


@given(st.text().filter(lambda digits: digits[:1] not in {"1", "2", "3"}))
def test_any_other_key_asks_again_and_takes_nothing(digits: str) -> None:
    """L2: a wrong key cuts nobody off. L1: without a key nothing is taken."""
    assert pressed(digits) is Next.ASK_AGAIN
