"""Rules where they are rarely met: parts of nights, work of a week, what stands beside the plan; and the search."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from itertools import chain, repeat

import pytest

from rota.checks.rules import Rules
from rota.patterns import DailyCover, HoursCover, Layer, Override, Turn, Unit
from rota.planner.asking import Ask, Weights
from rota.planner.explaining import open_shifts
from rota.planner.solver import run
from rota.planner.solver.run import Found, Status, search
from rota.planner.weighing import Scales
from rota.planner.world import world_of
from tests.rota.checks.rotas import at, layer
from tests.rota.planner.asks import DUTY, ask_for, broken, held, in_force, planned

NOTHING_BUT_MOVES = Weights(0, 0, 0, 0, 0, 0, 0, 0, moved=1)
BOTH = {**DUTY, "backup": [layer("Backup", "nia", "mali", "sam")]}


def _mornings(*people: str, hours: int = 4) -> Layer:
    """Every day from nine, with a turn of a day."""
    turn = Turn(1, Unit.DAY, time(8), date(2026, 1, 5))
    return Layer("Mornings", people, turn, (HoursCover(time(9), hours),))


def _work(**values: int) -> Rules:
    return Rules(**values, standby_is_work=frozenset({"duty"}))


def _reasons(ask: Ask) -> set[str]:
    world, found = planned(ask)
    assert found.status is Status.INFEASIBLE
    assert broken(world, found.plan) == []
    return {f"{person} {why}" for one in open_shifts(world, found.plan) for person, why in one.reasons}


@pytest.mark.parametrize("most", [2, 3])
def test_parts_of_a_night_count_together(most: int) -> None:
    """A turn that changes at 01:30 has 2.5 hours of one night and 4.5 of the next."""
    daily = Layer("Daily", ("sam", "eli", "nia"), Turn(1, Unit.DAY, time(1, 30), date(2026, 1, 5)))
    agreed = [Override("duty", "sam", at("2026-11-28T01:30"), at("2026-11-30T01:30"))]
    rules = Rules(nights_in_a_row=most)
    world, found = planned(ask_for({"duty": [daily]}, "2026-11-30", "2026-12-10", rules=rules, overrides=agreed))
    in_force(world, found.plan, agreed)


def test_a_week_of_short_work_leaves_a_day_free() -> None:
    """Four hours every morning break no day's rest, and every week's; which shows in a plan only."""
    tiers = {"duty": [_mornings("sam")]}
    given = {"may_hold": {"duty": ("sam", "eli")}, "days_in_a_row": 366, "weights": NOTHING_BUT_MOVES}
    world, found = planned(ask_for(tiers, "2026-12-07", "2026-12-14", rules=_work(), **given))
    in_force(world, found.plan)
    assert 1 <= [person for _, person in held(world, found.plan)].count("eli") <= 2
    assert any(
        "without work in a week (the least is 24)" in why for why in broken(world, dict.fromkeys(found.plan, "sam"))
    )
    reasons = _reasons(ask_for(tiers, "2026-12-07", "2026-12-14", rules=_work(), days_in_a_row=366))
    assert any("without work in a week" in why for why in reasons)


def test_no_more_hours_of_work_than_a_week_may_have() -> None:
    tiers = {"duty": [_mornings("sam", "eli")]}
    rules = _work(weekly_hours=4, weekly_hours_over_weeks=1)
    reasons = _reasons(ask_for(tiers, "2026-12-07", "2026-12-14", rules=rules))
    assert "sam would work 8 hours a week over 1 weeks (the most is 4)" in reasons


def test_work_beside_the_plan_counts_for_rest() -> None:
    """Sam works the evening before by an override, so has no morning the next day."""
    agreed = [Override("duty", "sam", at("2026-12-08T14:00"), at("2026-12-08T23:00"))]
    tiers = {"duty": [_mornings("sam", "eli")]}
    ask = ask_for(tiers, "2026-12-09", "2026-12-11", rules=_work(), overrides=agreed)
    world, found = planned(ask)
    assert held(world, found.plan)[0] == ("Wed 09 Dec 09:00", "eli")
    in_force(world, found.plan, agreed)


def test_two_shifts_too_near_for_rest_are_had_by_two() -> None:
    windows = (DailyCover(time(7), time(13)), DailyCover(time(15), time(21)))
    twice = Layer("Twice", ("sam", "eli"), Turn(1, Unit.DAY, time(6), date(2026, 1, 5)), windows)
    world, found = planned(ask_for({"duty": [twice]}, "2026-12-07", "2026-12-10", rules=_work()))
    in_force(world, found.plan)
    assert all(len({found.plan[one.number] for one in block.pieces}) == 2 for block in world.blocks)


def test_who_holds_another_tier_that_is_not_planned_is_said() -> None:
    tiers = {"duty": [layer("Duty", "sam")], "backup": [layer("Backup", "eli")]}
    assert "sam holds duty then" in _reasons(ask_for(tiers, "2026-12-07", "2026-12-14", may_hold={"backup": ("sam",)}))


def _clock(*readings: float) -> Callable[[], float]:
    times: Iterator[float] = chain(readings, repeat(readings[-1]))
    return lambda: next(times)


def _barely_found(scales: Scales, monkeypatch: pytest.MonkeyPatch, *readings: float) -> Found:
    """With hardly more steps than a first plan takes."""
    for thousandths in range(1, 50):
        monkeypatch.setattr(run, "_STEPS", thousandths / 1000)
        found = search(scales, seconds=60, elapsed=_clock(*readings))
        if found.plan:
            return found
    raise AssertionError


def test_a_search_goes_on_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    scales = Scales(world_of(ask_for(BOTH, "2026-11-30", "2026-12-28")))
    best = search(scales, seconds=60)
    at_once = _barely_found(scales, monkeypatch, 0, 0, 100)
    assert (at_once.status, at_once.ended_early) == (Status.FEASIBLE, True), "what there is, when the time is over"
    in_force(scales.world, at_once.plan)
    found = _barely_found(scales, monkeypatch, 0)
    assert (found.status, found.ended_early) == (Status.FEASIBLE, False)
    assert best.price <= found.price <= at_once.price
    assert found.price <= best.price * 1.1
    in_force(scales.world, found.plan)


def test_a_rule_that_keeps_showing_only_in_plans_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_MOST_ROUNDS", 0)
    found = search(Scales(world_of(ask_for(DUTY, "2026-11-30", "2026-12-07"))), seconds=60)
    assert (found.status, found.plan) == (Status.UNKNOWN, {})


def test_where_turns_must_be_split_to_find_any_plan_they_are() -> None:
    """Eli may have three nights in a row and no more, so no turn of four is kept whole by anybody."""
    world = world_of(ask_for({"duty": DUTY["duty"][:1]}, "2026-11-30", "2026-12-14", rules=Rules(nights_in_a_row=3)))
    found = search(Scales(world), seconds=60)
    proposal, _ = in_force(world, found.plan)
    assert len(proposal.overrides) >= 2
    cut_short = search(Scales(world), seconds=60, elapsed=_clock(0, 0, 100))
    assert (cut_short.status, cut_short.plan) == (Status.UNKNOWN, {})
    unsplit = replace(world.ask, may_hold={"duty": ("sam",)})
    assert search(Scales(world_of(unsplit)), seconds=60).status is Status.INFEASIBLE
