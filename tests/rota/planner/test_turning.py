"""Which turns a plan fills, and what of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from rota.patterns import HoursCover, Layer, Override, Turn, Unit
from rota.planner import turning
from rota.planner.asking import Unplannable
from rota.planner.turning import Block, blocks_of, weekly
from rota.planner.world import world_of
from rota.resolve import show
from rota.spans import Span
from tests.rota.checks.rotas import LONDON, NIGHTS, WEEKENDS, at, layer, rota
from tests.rota.planner.asks import DUTY, ask_for


def _spans(blocks: Sequence[Block]) -> list[str]:
    return [
        f"{block.layer.name} {block.pieces[0].start.astimezone(LONDON):%a %d %H:%M}"
        f" to {block.pieces[-1].end.astimezone(LONDON):%a %d %H:%M} {len(block.pieces)}"
        for block in blocks
    ]


def test_a_turn_is_planned_whole_if_it_begins_in_the_span() -> None:
    """The weekend that runs at midnight on Monday is left to whoever holds it; the last one is planned to its end."""
    assert _spans(blocks_of(ask_for(DUTY, "2026-07-06", "2026-07-20"))) == [
        "Weeknights Mon 06 17:00 to Fri 10 09:00 4",
        "Weeknights Mon 13 17:00 to Fri 17 09:00 4",
        "Weekends Fri 10 17:00 to Mon 13 09:00 3",
        "Weekends Fri 17 17:00 to Mon 20 09:00 3",
    ]


def test_only_what_can_be_seen_of_a_layer_is_planned() -> None:
    tiers = {"duty": [layer("All", "sam", "eli"), layer("Weekends", "eli", "sam", cover=WEEKENDS)]}
    monday, *_ = blocks_of(ask_for(tiers, "2026-07-06", "2026-07-13"))
    assert monday.layer.name == "All"
    lengths = [(piece.end - piece.start) / timedelta(hours=1) for piece in monday.pieces]
    assert lengths == [24, 24, 24, 24, 8], "four days and the rest of Friday; Monday morning to 17:00 after the weekend"


def test_what_an_override_holds_is_left() -> None:
    agreed = Override("duty", "nia", at("2026-07-07T20:00"), at("2026-07-08T09:00"))
    world = world_of(ask_for(DUTY, "2026-07-06", "2026-07-13", overrides=[agreed]))
    tuesday = [piece for piece in world.pieces if piece.start == at("2026-07-07T17:00")]
    assert [piece.end for piece in tuesday] == [agreed.start]
    assert (agreed.start, agreed.end) in [(span.start, span.end) for span in world.fixed["nia"]]


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-10-19", "2026-11-02"), ("2027-03-22", "2027-04-05"), ("2026-10-24", "2026-10-27")],
)
@pytest.mark.parametrize("hour", ["00:30", "01:30", "02:00", "17:00"])
def test_over_a_clock_change_no_minute_is_left_out_or_planned_twice(start: str, end: str, hour: str) -> None:
    """L31, L33: whenever the handover is, the pieces meet."""
    time_of_day = at(f"2026-01-05T{hour}").time()
    daily = Layer("Daily", ("sam", "eli", "nia"), Turn(1, Unit.DAY, time_of_day, date(2026, 1, 5)))
    pieces = world_of(ask_for({"duty": [daily]}, start, end)).pieces
    assert all(one.end == other.start for one, other in pairwise(pieces))
    standing = show(rota({"duty": [daily]}), pieces[0].start, pieces[-1].end)["duty"]
    assert [(piece.start, piece.end) for piece in pieces if piece.end - piece.start > timedelta(hours=2)] == [
        (shift.start, shift.end) for shift in standing
    ]


def test_a_turn_of_several_weeks_is_filled_week_by_week() -> None:
    two = layer("Fortnights", "sam", "eli", every=2)
    assert weekly(two).people == ("sam", "sam", "eli", "eli")
    assert len(blocks_of(ask_for({"duty": [two]}, "2026-07-06", "2026-08-03"))) == 4
    assert weekly(layer("Always", "sam", every=60)).people == ("sam",)


@pytest.mark.parametrize(("unit", "every"), [(Unit.DAY, 10), (Unit.HOUR, 200), (Unit.WEEK, 60)])
def test_a_long_turn_that_is_no_whole_weeks_is_refused(unit: Unit, every: int) -> None:
    tiers = {"duty": [layer("Odd", "sam", "eli", unit=unit, every=every)]}
    with pytest.raises(Unplannable, match="layer Odd"):
        blocks_of(ask_for(tiers, "2026-07-06", "2026-07-20"))


def test_a_tier_without_layers_has_weeknights_and_weekends() -> None:
    blocks = blocks_of(ask_for({"duty": []}, "2026-07-06", "2026-07-13", may_hold={"duty": ("sam", "eli")}))
    assert _spans(blocks) == ["Weeknights Mon 06 17:00 to Fri 10 09:00 4", "Weekends Fri 10 17:00 to Mon 13 09:00 3"]


@pytest.mark.parametrize(("start", "end"), [("2026-07-06", "2026-07-06"), ("2026-07-06", "2027-07-20")])
def test_a_span_has_an_end_and_is_a_year_at_most(start: str, end: str) -> None:
    with pytest.raises(Unplannable, match="a year at most"):
        blocks_of(ask_for(DUTY, start, end))


def test_too_many_shifts_are_refused() -> None:
    tiers = {"duty": [layer("Hours", "sam", "eli", unit=Unit.HOUR, cover=(HoursCover(at("2026-01-05").time(), 24),))]}
    with pytest.raises(Unplannable, match="too many"):
        blocks_of(ask_for(tiers, "2026-02-02", "2026-05-04"))


def test_nights_that_begin_midweek_belong_to_the_turn_before() -> None:
    tiers = {"duty": [layer("Nights", "sam", "eli", cover=NIGHTS, starts=date(2026, 1, 8))]}
    first = blocks_of(ask_for(tiers, "2026-07-06", "2026-07-13"))[0]
    assert first.pieces[0].start == at("2026-07-09T17:00"), "Monday to Wednesday are of the turn begun on Thursday"


def test_a_day_that_a_zone_leaves_out_is_no_piece() -> None:
    """Apia had no 30 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    begins = datetime(2011, 12, 28, tzinfo=apia).astimezone(UTC)
    span = Span(begins, begins + timedelta(days=3), None)
    assert next(piece.end - piece.start for piece in turning._by_day(span, apia)) == timedelta(days=1)
    assert all(piece.start < piece.end for piece in turning._by_day(span, apia))
    daily = Layer("Daily", ("sam", "eli"), Turn(1, Unit.DAY, time(0), date(2011, 12, 1)))
    cut = [one for _, one in turning._cut_at_handovers(daily, span, apia)]
    assert all(one.start < one.end for one in cut)
    assert (cut[0].start, cut[-1].end) == (span.start, span.end)
