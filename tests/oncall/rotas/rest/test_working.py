"""What counts as work: a table of what is on record, and what comes of it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.rotas.rest.working import LEAST, PAUSES_FOR, Contact, WorkedSpell, spells_of

TWO = datetime(2026, 3, 14, 2, tzinfo=UTC)


def _at(minutes: int) -> datetime:
    return TWO + timedelta(minutes=minutes)


Case = tuple[list[tuple[int, int]], list[tuple[tuple[int, ...], tuple[int, ...]]], list[tuple[int, int]]]
CASES: dict[str, Case] = {
    "a ring, taken, contact": ([], [((5, 20), (0,))], [(0, 20)]),
    "taken without a ring": ([], [((5, 20), ())], [(5, 20)]),
    "a ring long before is another matter": ([], [((100, 110), (0,))], [(100, 110)]),
    "the last ring before is the one": ([], [((10, 12), (0, 8, 11))], [(8, 12)]),
    "a lone text is a minute": ([], [((5,), ())], [(5, 6)]),
    "an hour between is still the same": ([], [((0, 60, 90), ())], [(0, 90)]),
    "longer is a pause": ([], [((0, 10, 71, 80), ())], [(0, 10), (71, 80)]),
    "a call joins what it touches": ([(8, 40)], [((5, 20), (0,))], [(0, 40)]),
    "a call that ended at once is none": ([(8, 8)], [], []),
    "two callers at once": ([], [((0, 10), ()), ((5, 30), ())], [(0, 30)]),
    "nothing": ([], [], []),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_work(case: str) -> None:
    calls, contacts, expected = CASES[case]
    found = spells_of(
        [WorkedSpell("sam", _at(start), _at(end)) for start, end in calls],
        [Contact("sam", tuple(map(_at, deeds)), tuple(map(_at, rings))) for deeds, rings in contacts],
    )
    assert [((one.start - TWO) // LEAST, (one.end - TWO) // LEAST) for one in found] == expected


def test_each_persons_work_is_their_own() -> None:
    both = [WorkedSpell("sam", _at(0), _at(10)), WorkedSpell("eli", _at(5), _at(15))]
    assert spells_of(both, []) == [both[1], both[0]]


@given(st.lists(st.integers(0, 600), max_size=12), st.lists(st.integers(0, 600), max_size=6))
def test_every_deed_lies_in_what_was_worked_and_no_pause_does(deeds: list[int], rings: list[int]) -> None:
    found = spells_of([], [Contact("sam", tuple(map(_at, deeds)), tuple(map(_at, rings)))])
    for deed in map(_at, deeds):
        assert any(one.start <= deed <= one.end for one in found)
    for one, following in pairwise(found):
        assert one.end < following.start
    longest = PAUSES_FOR * (len(deeds) + 1)
    assert all(one.start < one.end <= one.start + longest for one in found)
