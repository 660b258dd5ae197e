"""Who holds a tier: the cases a team would ask about."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from rota.patterns import DailyCover, HoursCover, Layer, Override, Rota, Turn, Unit, WeeklyCover
from rota.resolve import LOOKS_AHEAD_FOR, Holding, Shift, show, who

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WEEKNIGHTS = Layer(
    "Weeknights",
    ("sam", "eli"),
    Turn(1, Unit.WEEK, time(17), date(2026, 1, 5)),
    (DailyCover(time(17), time(9), frozenset({0, 1, 2, 3})),),
)
WEEKENDS = Layer(
    "Weekends",
    ("eli", "sam"),
    Turn(1, Unit.WEEK, time(17), date(2026, 1, 9)),
    (WeeklyCover(4, time(17), 0, time(9)),),
)
ALWAYS = Layer("Always", ("mair",), Turn(1, Unit.WEEK, time(9), date(2026, 1, 5)))


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _rota(*layers: Layer, overrides: tuple[Override, ...] = ()) -> Rota:
    return Rota(LONDON, {"duty": layers}, overrides)


def _shown(rota: Rota, start: str, end: str) -> list[tuple[str, str | None, str | None]]:
    shifts = show(rota, _utc(start), _utc(end))["duty"]
    return [(f"{shift.start:%a %d %H:%M}", shift.person, shift.because) for shift in shifts]


@pytest.mark.parametrize(
    ("at", "person", "until"),
    [
        ("2026-01-05T16:59:59", None, None),
        ("2026-01-05T17:00", "sam", "2026-01-06T09:00"),
        ("2026-01-06T08:59:59", "sam", "2026-01-06T09:00"),
        ("2026-01-06T09:00", None, None),
        ("2026-01-09T17:00", "eli", "2026-01-12T09:00"),
        ("2026-01-12T17:00", "eli", "2026-01-13T09:00"),
        ("2026-01-16T17:00", "sam", "2026-01-19T09:00"),
        ("2026-07-06T16:00", "sam", "2026-07-07T08:00"),  # L32: five in the afternoon, summer too
        ("2026-07-06T15:59", None, None),
    ],
)
def test_the_team_of_the_example(at: str, person: str | None, until: str | None) -> None:
    held = who(_rota(WEEKNIGHTS, WEEKENDS), _utc(at))["duty"]
    assert (held and held.person) == person
    assert (held and held.until) == (_utc(until) if until else None)


def test_l34_at_the_handover_instant_there_is_exactly_one() -> None:
    daily = Layer("Daily", ("sam", "eli"), Turn(1, Unit.DAY, time(9), date(2026, 1, 5)))
    handover = _utc("2026-01-06T09:00")
    before, after = who(_rota(daily), handover - timedelta(microseconds=1)), who(_rota(daily), handover)
    assert before["duty"] == Holding("sam", handover, "layer Daily")
    assert after["duty"] == Holding("eli", handover + DAY, "layer Daily")


def test_a_handover_inside_a_window_changes_the_person_there_and_then() -> None:
    layer = Layer(
        "Nights", ("sam", "eli"), Turn(1, Unit.DAY, time(0), date(2026, 1, 5)), (DailyCover(time(20), time(8)),)
    )
    assert _shown(_rota(layer), "2026-01-05T20:00", "2026-01-06T20:00") == [
        ("Mon 05 20:00", "sam", "layer Nights"),
        ("Tue 06 00:00", "eli", "layer Nights"),
        ("Tue 06 08:00", None, None),
    ]


def test_before_it_starts_a_layer_holds_nothing_and_hides_nothing() -> None:
    later = Layer("Later", ("sam",), Turn(1, Unit.DAY, time(9), date(2026, 2, 1)))
    assert _shown(_rota(ALWAYS, later), "2026-01-05T08:00", "2026-02-02T00:00") == [
        ("Mon 05 08:00", None, None),
        ("Mon 05 09:00", "mair", "layer Always"),
        ("Sun 01 09:00", "sam", "layer Later"),
    ]


def test_what_stands_lower_wins_and_an_override_wins_over_all() -> None:
    overrides = (
        Override("duty", "eli", _utc("2026-01-10T00:00"), _utc("2026-01-10T12:00")),
        Override("duty", "sam", _utc("2026-01-10T06:00"), _utc("2026-01-10T08:00")),
        Override("backup", "sam", _utc("2026-01-10T00:00"), _utc("2026-01-12T12:00")),
    )
    assert _shown(_rota(ALWAYS, WEEKENDS, overrides=overrides), "2026-01-09T12:00", "2026-01-13T00:00") == [
        ("Fri 09 12:00", "mair", "layer Always"),
        ("Fri 09 17:00", "eli", "layer Weekends"),
        ("Sat 10 00:00", "eli", "override"),
        ("Sat 10 06:00", "sam", "override"),
        ("Sat 10 08:00", "eli", "override"),
        ("Sat 10 12:00", "eli", "layer Weekends"),
        ("Mon 12 09:00", "mair", "layer Always"),
    ]


def test_neighbours_with_the_same_person_and_reason_are_one() -> None:
    overrides = (
        Override("duty", "sam", _utc("2026-01-10T00:00"), _utc("2026-01-11T00:00")),
        Override("duty", "sam", _utc("2026-01-11T00:00"), _utc("2026-01-12T00:00")),
    )
    twice = Layer("Twice", ("sam", "sam", "eli"), Turn(1, Unit.DAY, time(0), date(2026, 1, 12)))
    assert _shown(_rota(twice, overrides=overrides), "2026-01-10T00:00", "2026-01-15T00:00") == [
        ("Sat 10 00:00", "sam", "override"),
        ("Mon 12 00:00", "sam", "layer Twice"),
        ("Wed 14 00:00", "eli", "layer Twice"),
    ]
    assert who(_rota(twice, overrides=overrides), _utc("2026-01-10T03:00"))["duty"] == Holding(
        "sam", _utc("2026-01-12T00:00"), "override"
    )


def test_until_is_looked_for_a_year_ahead() -> None:
    at = _utc("2026-02-01T00:00")
    assert who(_rota(ALWAYS), at)["duty"] == Holding("mair", None, "layer Always")
    for ahead, found in ((300 * DAY, True), (LOOKS_AHEAD_FOR - SECOND, True), (LOOKS_AHEAD_FOR, False)):
        override = Override("duty", "sam", at + ahead, at + ahead + DAY)
        held = who(_rota(ALWAYS, overrides=(override,)), at)["duty"]
        assert held is not None
        assert held.until == (at + ahead if found else None)


@pytest.mark.parametrize("days", [1, 2, 3, 8, 32, 128, 365])
def test_until_is_right_however_far_ahead_it_is_looked_for(days: int) -> None:
    at = _utc("2026-02-01T00:00")
    override = Override("duty", "sam", at, at + days * DAY)
    assert who(_rota(ALWAYS, overrides=(override,)), at)["duty"] == Holding("sam", override.end, "override")


def test_l35_an_empty_tier_is_all_gap() -> None:
    start, end = _utc("2026-01-05T00:00"), _utc("2026-02-05T00:00")
    assert show(_rota(), start, end) == {"duty": (Shift(start, end, None, None),)}
    assert who(_rota(), start) == {"duty": None}


def test_l35_a_gap_of_a_minute_is_a_gap_of_a_minute() -> None:
    layer = Layer("Almost", ("sam",), Turn(1, Unit.DAY, time(0), date(2026, 1, 1)), (DailyCover(time(9), time(8, 59)),))
    gaps = list(show(_rota(layer), _utc("2026-01-05T12:00"), _utc("2026-01-06T12:00"))["duty"][1:2])
    assert gaps == [Shift(_utc("2026-01-06T08:59"), _utc("2026-01-06T09:00"), None, None)]


def test_each_tier_is_resolved_by_itself() -> None:
    rota = Rota(LONDON, {"duty": (WEEKENDS,), "backup": (ALWAYS,), "manager": ()})
    held = who(rota, _utc("2026-01-10T00:00"))
    assert list(held) == ["duty", "backup", "manager"]
    assert [holding and holding.person for holding in held.values()] == ["eli", "mair", None]


@pytest.mark.parametrize("end", ["2026-01-05T00:00", "2026-01-04T00:00"])
def test_nothing_to_show_is_refused(end: str) -> None:
    with pytest.raises(ValueError, match="after the start"):
        show(_rota(ALWAYS), _utc("2026-01-05T00:00"), _utc(end))


def test_l37_the_answer_does_not_slow_with_history() -> None:
    at = _utc("2026-06-01T20:00")
    layers = (WEEKNIGHTS, WEEKENDS, Layer("Hours", ("eli",), ALWAYS.turn, (HoursCover(time(9), 8),)))
    past = tuple(
        Override("duty", "eli", at - number * DAY - DAY, at - number * DAY - 0.5 * DAY) for number in range(2000)
    )
    none, many = _rota(*layers), _rota(*layers, overrides=past)
    assert who(none, at) == who(many, at)
    assert _best_of(many, at) < 3 * _best_of(none, at) + 0.001


def _best_of(rota: Rota, at: datetime, times: int = 20) -> float:
    took = []
    for _ in range(times):
        began = perf_counter()
        who(rota, at)
        took.append(perf_counter() - began)
    return min(took)
