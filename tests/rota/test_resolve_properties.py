"""What must hold of every rota, in every zone, over every clock change."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from rota.patterns import Rota
from rota.resolve import LOOKS_AHEAD_FOR, Shift, show, who
from tests.rota import oracle
from tests.rota.strategies import MINUTE, instants, rotas, zones


@st.composite
def _asked(draw: st.DrawFn) -> tuple[Rota, datetime, datetime]:
    zone = draw(zones)
    start = draw(instants(zone=zone))
    return draw(rotas(zone=zone)), start, start + draw(st.integers(1, 3 * 1440)) * MINUTE


@given(_asked())
@settings(deadline=None, max_examples=120)
def test_each_minute_is_held_as_an_oracle_that_looks_at_the_clock_says(asked: tuple[Rota, datetime, datetime]) -> None:
    rota, start, end = asked
    shifts = show(rota, start, end)["duty"]
    assert _by_minute(shifts) == oracle.answers(rota, "duty", start, end)


@given(_asked())
@settings(deadline=None)
def test_the_shown_span_is_covered_exactly_once(asked: tuple[Rota, datetime, datetime]) -> None:
    rota, start, end = asked
    shifts = show(rota, start, end)["duty"]
    assert (shifts[0].start, shifts[-1].end) == (start, end)
    for shift in shifts:
        assert shift.start < shift.end
        assert (shift.person is None) == (shift.because is None)
    for one, other in pairwise(shifts):
        assert one.end == other.start
        assert (one.person, one.because) != (other.person, other.because), "neighbours alike are one"


@given(_asked(), st.data())
@settings(deadline=None)
def test_who_equals_show_at_every_instant(asked: tuple[Rota, datetime, datetime], data: st.DataObject) -> None:
    rota, start, end = asked
    shifts = show(rota, start, end)["duty"]
    boundaries = [shift.start for shift in shifts]
    edges = [edge for at in boundaries for edge in (at, at - timedelta(microseconds=1)) if start <= edge < end]
    drawn = start + data.draw(st.integers(0, (end - start) // MINUTE - 1)) * MINUTE
    for at in [*edges, drawn]:
        now = next(shift for shift in shifts if shift.start <= at < shift.end)
        held = who(rota, at)["duty"]
        assert (held and held.person, held and held.because) == (now.person, now.because)
        if held is not None and now.end < end:
            assert held.until == now.end


@given(_asked())
@settings(deadline=None, max_examples=40)
def test_until_is_the_end_of_the_stretch_a_year_ahead_at_most(asked: tuple[Rota, datetime, datetime]) -> None:
    rota, at, _ = asked
    held = who(rota, at)["duty"]
    first = show(rota, at, at + LOOKS_AHEAD_FOR)["duty"][0]
    assert (held is None) == (first.person is None)
    if held is not None:
        assert held.until == (first.end if first.end < at + LOOKS_AHEAD_FOR else None)


@given(_asked(), st.integers(1, 4000))
@settings(deadline=None)
def test_a_span_shown_in_two_parts_is_the_same_span(asked: tuple[Rota, datetime, datetime], minutes: int) -> None:
    rota, start, end = asked
    middle = start + (minutes % ((end - start) // MINUTE) or 1) * MINUTE
    if middle >= end:
        return
    parts = [*show(rota, start, middle)["duty"], *show(rota, middle, end)["duty"]]
    assert _by_minute(parts) == _by_minute(show(rota, start, end)["duty"])


@given(_asked(), st.sampled_from(["Asia/Tokyo", "America/Havana", "Europe/London"]))
@settings(deadline=None, max_examples=50)
def test_l40_the_zone_an_instant_is_given_in_makes_no_difference(
    asked: tuple[Rota, datetime, datetime], zone: str
) -> None:
    rota, start, end = asked
    there = ZoneInfo(zone)
    assert show(rota, start.astimezone(there), end.astimezone(there)) == show(rota, start, end)
    assert who(rota, start.astimezone(there)) == who(rota, start)


def _by_minute(shifts: list[Shift] | tuple[Shift, ...]) -> list[oracle.Answer]:
    return [
        None if shift.person is None or shift.because is None else (shift.person, shift.because)
        for shift in shifts
        for _ in range((shift.end - shift.start) // MINUTE)
    ]
