"""Calendars as text, read back by the letter and by two libraries."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oncall.rotas.calendars.writing import Event, folded, written
from tests.oncall.rotas.calendars import readers

NOW = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
ID = UUID(int=7)

words = st.text(max_size=120)
letters = st.characters(exclude_characters="\u2028\u2029", exclude_categories=["Cs", "Cc"])
told = st.text(letters, min_size=1, max_size=120)


def event(summary: str = "duty", start: datetime = NOW, *, is_cancelled: bool = False) -> Event:
    return Event(ID, 3, NOW, start, start + timedelta(hours=16), summary, is_cancelled)


@given(words)
def test_a_folded_line_is_short_whole_and_comes_back(line: str) -> None:
    line = line.replace("\r", "").replace("\n", "")
    pieces = folded(line).split("\r\n")
    assert pieces.pop() == ""
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


@pytest.mark.parametrize(("octets", "pieces"), [(75, 1), (76, 2), (75 + 74, 2), (75 + 75, 3)])
def test_a_line_is_folded_only_where_it_must_be(octets: int, pieces: int) -> None:
    assert folded("x" * octets).count("\r\n") == pieces
    assert folded("x" * (octets - 2) + "ŵ").count("\r\n") == pieces


@settings(deadline=None)
@given(told, st.integers(0, 4_000_000_000), st.booleans())
@example("BEGIN:VEVENT", 0, False).via("a calendar named like a line of its own")
@example("END:VEVENT", 0, False).via("the same, for the end")
def test_an_event_is_read_back_as_it_was(summary: str, at: int, is_cancelled: bool) -> None:
    start = datetime.fromtimestamp(at, UTC)
    text = written(summary, [event(summary, start, is_cancelled=is_cancelled)])
    (found,) = readers.events(text)
    assert found.seen == (str(ID), start, start + timedelta(hours=16), summary)
    assert (found.sequence, found.status) == (3, "CANCELLED" if is_cancelled else "CONFIRMED")


@settings(deadline=None)
@given(words)
def test_no_word_can_break_out_of_its_line(summary: str) -> None:
    text = written(summary, [event(summary)])
    assert readers.by_vobject(text) == readers.by_the_letter(text)
    assert readers.by_icalendar(text, around=NOW) == readers.by_the_letter(text)


def test_two_libraries_read_the_same_instants_across_a_clock_change() -> None:
    starts = [NOW - timedelta(hours=hours) for hours in range(-20, 20)]
    text = written("Duty", [event("Sŵn; a, b\\c", start) for start in starts])
    assert readers.by_vobject(text) == readers.by_the_letter(text)
    assert len(readers.by_vobject(text)) == 40


def test_a_calendar_without_events_still_holds_something() -> None:
    text = written("Nobody", [])
    assert readers.events(text) == []
    assert readers.by_icalendar(text, around=NOW) == []
    assert readers.by_vobject(text) == []
