"""Whether a tier is shared out fairly: what a rotation cannot help is let pass, what it can is told."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.checks.rules import Rules
from rota.patterns import Layer, Override, Unit
from tests.rota.checks.rotas import NIGHTS, WEEKENDS, at, layer, report, rota, told

PEOPLE = ("sam", "eli", "mair", "pat")


def test_one_person_who_has_every_weekend_is_told() -> None:
    team = rota({"duty": [layer("Weeknights", "sam", "eli", cover=NIGHTS), layer("Weekends", "eli", cover=WEEKENDS)]})
    found = told(report(team, "2026-04-06", "2026-06-29"), "unfair")
    assert [(one.tier, one.person, one.start, one.end) for one in found] == [
        ("duty", "eli", at("2026-04-06"), at("2026-06-29"))
    ]
    assert "eli holds more than an equal share of duty, which 2 share:" in found[0].detail
    assert "576 of 576 weekend hours (an equal share: 288)" in found[0].detail
    assert told(report(team, "2026-03-02", "2026-03-09"), "unfair") == [], "a week is too short to tell"


@pytest.mark.parametrize(
    ("people", "weeks", "unfair"),
    [
        (("sam", "eli"), 3, []),
        (("sam", "eli"), 4, []),
        (("sam", "sam", "sam", "eli"), 1, []),  # too short to tell
        (("sam", "sam", "sam", "eli"), 4, ["sam"]),
        (("sam", "eli", "mair"), 4, []),
        (("sam", "eli", "sam", "mair"), 8, ["sam"]),
    ],
)
def test_turns_of_whole_weeks(people: tuple[str, ...], weeks: int, unfair: list[str]) -> None:
    begins = date(2026, 1, 5)
    span = (f"{begins}T17:00", f"{begins + timedelta(weeks=weeks)}T17:00")
    found = told(report(rota({"duty": [layer("All hours", *people)]}), *span), "unfair")
    assert [one.person for one in found] == unfair


def test_bank_holidays_fall_as_they_fall_but_not_all_on_one() -> None:
    days = [date(2026, 2, 3) + timedelta(days=14 * n) for n in range(8)]
    team = rota({"duty": [layer("All hours", "sam", "eli")]})
    span = ("2026-01-05T17:00", "2026-06-22T17:00")
    some = told(report(team, *span, bank_holidays=days[:3]), "unfair")
    assert some == []
    many = told(report(team, *span, bank_holidays=days), "unfair")
    assert [one.person for one in many] == ["sam"]
    assert "192 of 192 bank holiday hours (an equal share: 96)." in many[0].detail


def test_a_clock_change_in_the_turn_between_makes_nothing_unfair() -> None:
    team = rota({"duty": [layer("All hours", "sam", "eli")]})
    assert told(report(team, "2026-03-16T17:00", "2026-04-06T17:00"), "unfair") == []


def test_the_tolerance_is_the_teams() -> None:
    swaps = [
        Override("duty", "eli", at(f"2026-{day}T17:00"), at(f"2026-{end}T17:00"))
        for day, end in (("03-02", "03-09"), ("03-16", "03-23"), ("03-30", "04-06"))
    ]
    team = rota({"duty": [layer("All hours", "sam", "eli")]}, swaps)
    span = ("2026-01-05T17:00", "2026-06-22T17:00")  # 24 weeks: eli has 15 of them
    assert told(report(team, *span), "unfair") == []
    assert [one.person for one in told(report(team, *span, rules=Rules(unfair_above_percent=24)), "unfair")] == ["eli"]


def test_only_those_who_share_a_tier_are_compared() -> None:
    team = rota(
        {
            "duty": [layer("All hours", "sam", "eli")],
            "manager": [layer("Managers", "pat")],
        },
        [Override("duty", "mair", at("2026-03-03"), at("2026-03-04"))],
    )
    assert told(report(team, "2026-03-02", "2026-05-25"), "unfair") == []


@pytest.mark.parametrize(("shares", "unfair"), [((1, 1), []), ((1, 2), []), ((2, 6), ["eli"]), ((0, 4), [])])
def test_a_tier_that_has_overrides_only(shares: tuple[int, int], unfair: list[str]) -> None:
    who = ["sam"] * shares[0] + ["eli"] * shares[1]
    each = [
        Override("duty", person, at(f"2026-03-{2 + 2 * n:02}T09:00"), at(f"2026-03-{2 + 2 * n:02}T21:00"))
        for n, person in enumerate(who)
    ]
    found = told(report(rota({"duty": []}, each), "2026-03-01", "2026-04-01"), "unfair")
    assert [one.person for one in found] == unfair


layers = st.builds(
    lambda shape, every, starts: layer("Turns", *PEOPLE, unit=shape[0], every=every, starts=starts, cover=shape[1]),
    st.sampled_from([(Unit.DAY, ()), (Unit.WEEK, ()), (Unit.WEEK, NIGHTS), (Unit.WEEK, WEEKENDS)]),
    st.integers(1, 3),
    st.dates(date(2025, 12, 1), date(2025, 12, 31)),
)


@given(layers, st.integers(0, 60), st.integers(1, 120))
@settings(deadline=None, max_examples=60)
def test_a_layer_of_whole_turns_is_never_unfair_in_hours_and_nights(one: Layer, first: int, days: int) -> None:
    begins = date(2026, 1, 5) + timedelta(days=first)
    found = report(rota({"duty": [one]}), begins.isoformat(), (begins + timedelta(days=days)).isoformat())
    assert [unfair for unfair in told(found, "unfair") if re.search(r"\d (hours|nights) \(", unfair.detail)] == []
