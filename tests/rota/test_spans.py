"""Cutting, overlaying and joining, on whole numbers of days."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.spans import Span, cut, holes, join, overlay, overlay_all

ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)


def _at(day: int) -> datetime:
    return ORIGIN + timedelta(days=day)


def _spans(*days: tuple[int, int, str]) -> list[Span[str]]:
    return [Span(_at(start), _at(end), held) for start, end, held in days]


def _days(spans: list[Span[str]], until: int = 40) -> list[str | None]:
    return [next((span.held for span in spans if span.start <= _at(day) < span.end), None) for day in range(until)]


loose = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from("abc")).map(
        lambda drawn: Span(_at(drawn[0]), _at(drawn[0] + drawn[1]), drawn[2])
    ),
    max_size=8,
)
disjoint = loose.map(overlay_all)


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (0, 9, [(1, 3, "a"), (3, 5, "b"), (7, 9, "a")]),
        (2, 4, [(2, 3, "a"), (3, 4, "b")]),
        (3, 5, [(3, 5, "b")]),
        (5, 7, []),
        (4, 8, [(4, 5, "b"), (7, 8, "a")]),
    ],
)
def test_cut(start: int, end: int, left: list[tuple[int, int, str]]) -> None:
    spans = _spans((1, 3, "a"), (3, 5, "b"), (7, 9, "a"))
    assert cut(spans, _at(start), _at(end)) == _spans(*left)


@pytest.mark.parametrize(
    ("spans", "open_days"),
    [
        ([], [(0, 9)]),
        ([(0, 9, "a")], []),
        ([(0, 2, "a"), (4, 5, "b")], [(2, 4), (5, 9)]),
        ([(2, 4, "a"), (4, 9, "b")], [(0, 2)]),
    ],
)
def test_holes(spans: list[tuple[int, int, str]], open_days: list[tuple[int, int]]) -> None:
    found = [(hole.start, hole.end) for hole in holes(_spans(*spans), _at(0), _at(9))]
    assert found == [(_at(start), _at(end)) for start, end in open_days]


@pytest.mark.parametrize(
    ("top", "under", "both"),
    [
        ([(2, 3, "t")], [(0, 5, "u")], [(0, 2, "u"), (2, 3, "t"), (3, 5, "u")]),
        ([(0, 5, "t")], [(2, 3, "u")], [(0, 5, "t")]),
        ([(0, 3, "t")], [(3, 5, "u")], [(0, 3, "t"), (3, 5, "u")]),
        ([(1, 2, "t"), (3, 4, "t")], [(0, 6, "u")], [(0, 1, "u"), (1, 2, "t"), (2, 3, "u"), (3, 4, "t"), (4, 6, "u")]),
        ([], [(0, 1, "u")], [(0, 1, "u")]),
    ],
)
def test_overlay(
    top: list[tuple[int, int, str]], under: list[tuple[int, int, str]], both: list[tuple[int, int, str]]
) -> None:
    assert overlay(_spans(*top), _spans(*under)) == _spans(*both)


@given(disjoint, disjoint)
def test_on_every_day_the_top_one_stays(top: list[Span[str]], under: list[Span[str]]) -> None:
    laid = overlay(top, under)
    assert _days(laid) == [upper or lower for upper, lower in zip(_days(top), _days(under), strict=True)]
    assert all(one.end <= other.start for one, other in itertools.pairwise(laid))


@given(loose)
def test_of_many_the_last_stays(spans: list[Span[str]]) -> None:
    assert _days(overlay_all(spans)) == _days(spans[::-1])


@given(disjoint)
def test_joined_is_the_same_with_no_neighbours_alike(spans: list[Span[str]]) -> None:
    joined = join(spans)
    assert _days(joined) == _days(spans)
    for one, other in itertools.pairwise(joined):
        assert one.end < other.start or one.held != other.held


def test_overlapping_spans_that_hold_the_same_are_joined() -> None:
    assert join(_spans((0, 5, "a"), (1, 2, "a"), (4, 6, "a"))) == _spans((0, 6, "a"))
