"""Plans as they come out: no rule broken, shared out, wishes met; and the reason where there is none."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.checks.rules import Rules
from rota.patterns import DailyCover, Leave, Override
from rota.planner.asking import Fancy, Weights
from rota.planner.explaining import open_shifts
from rota.planner.solver.run import Status, search
from rota.planner.solver.terms import PRECISION
from rota.planner.weighing import Scales
from rota.planner.world import world_of
from rota.resolve import Shift, show
from tests.rota.checks.rotas import at, layer
from tests.rota.planner.asks import DUTY, ask_for, away, broken, held, in_force, planned, wish

BOTH = {**DUTY, "backup": [layer("Backup", "nia", "mali", "sam")]}
DAYS = st.integers(0, 24)


@st.composite
def leaves(draw: st.DrawFn) -> Leave:
    begins = at("2026-12-12") + timedelta(days=draw(DAYS), hours=draw(st.sampled_from([0, 9, 17])))
    return Leave(
        draw(st.sampled_from(["sam", "eli", "nia", "mali"])),
        begins,
        begins + draw(DAYS) * timedelta(hours=9) + timedelta(hours=1),
    )


@settings(max_examples=15, deadline=None)
@given(st.lists(leaves(), max_size=4))
def test_whoever_is_away_no_rule_is_ever_broken_and_every_open_shift_is_explained(leave: Sequence[Leave]) -> None:
    """Checked by the resolver and the checks, which know nothing of the solver."""
    world, found = planned(ask_for(BOTH, "2026-12-14", "2027-01-04", leave=leave), seconds=8)
    if found.status in {Status.OPTIMAL, Status.FEASIBLE}:
        in_force(world, found.plan)
        return
    assert found.status is Status.INFEASIBLE
    assert broken(world, found.plan) == [], "nor in what is held at most"
    told = open_shifts(world, found.plan)
    assert sum(len(one.pieces) for one in told) == len(world.pieces) - len(found.plan) > 0
    for one in told:
        assert [person for person, _ in one.reasons] == list(world.ask.may_hold[one.pieces[0].tier])


def test_why_there_is_no_plan_is_said_by_name_and_day() -> None:
    tiers = {"duty": [layer("Always", "sam", "eli")]}
    leave = [away("sam", "2026-11-30", "2026-12-14")]
    world, found = planned(ask_for(tiers, "2026-11-30", "2026-12-14", leave=leave))
    assert found.status is Status.INFEASIBLE
    told = open_shifts(world, found.plan)
    assert 1 <= sum(len(one.pieces) for one in told) <= 3, "eli has all that can be had"
    assert "sam is on leave" in {f"{person} {why}" for one in told for person, why in one.reasons}
    for one in told:
        eli = dict(one.reasons)["eli"]
        assert "nights in a row (the most is 7)" in eli or "without a day off (the most is 7 days)" in eli


def test_two_tiers_at_once_and_who_cannot_be_paged_are_reasons_too() -> None:
    tiers = {"duty": [layer("Duty", "sam", "eli")], "backup": [layer("Backup", "sam", "eli")]}
    barred = {"eli": "has no mobile"}
    world, found = planned(ask_for(tiers, "2026-11-30", "2026-12-07", barred=barred))
    assert found.status is Status.INFEASIBLE
    said = {why for one in open_shifts(world, found.plan) for _, why in one.reasons}
    assert "has no mobile" in said
    assert any("at once" in why or "nights in a row" in why for why in said)


def test_standby_that_counts_as_work_must_leave_rest() -> None:
    """A night of 16 hours leaves eight of 24, whoever has it."""
    rules = Rules(standby_is_work=frozenset({"duty"}))
    world, found = planned(ask_for(DUTY, "2026-11-30", "2026-12-07", rules=rules))
    assert found.status is Status.INFEASIBLE
    assert {why for one in open_shifts(world, found.plan) for _, why in one.reasons} >= {
        "would have 8 hours of rest in 24 hours (the least is 11)"
    }


def test_short_shifts_of_work_are_planned_within_their_hours() -> None:
    days = DailyCover(time(9), time(17))
    tiers = {"duty": [layer("Days", "sam", "eli", "nia", cover=(days,))]}
    rules = Rules(standby_is_work=frozenset({"duty"}), weekly_hours=20)
    world, found = planned(ask_for(tiers, "2026-11-30", "2026-12-14", rules=rules))
    in_force(world, found.plan)


def test_the_days_off_of_the_rota_around_count() -> None:
    """Eli holds the week before by an override, so the first night is somebody else's."""
    agreed = [Override("duty", "eli", at("2026-11-23T17:00"), at("2026-11-30T17:00"))]
    world, found = planned(ask_for(DUTY, "2026-11-30", "2026-12-07", overrides=agreed))
    assert held(world, found.plan)[0][1] != "eli"
    in_force(world, found.plan, agreed)


def test_one_person_holds_a_turn_where_somebody_can() -> None:
    world, found = planned(ask_for(BOTH, "2026-11-30", "2026-12-21"))
    for block in world.blocks:
        assert len({found.plan[piece.number] for piece in block.pieces}) == 1


def test_a_turn_that_nobody_can_hold_whole_is_split_by_overrides() -> None:
    leave = [
        away("sam", "2026-12-01", "2026-12-02"),
        away("eli", "2026-12-02", "2026-12-03"),
        away("nia", "2026-12-03T12:00", "2026-12-04"),
    ]
    world, found = planned(ask_for(DUTY, "2026-11-30", "2026-12-14", leave=leave))
    proposal, _ = in_force(world, found.plan)
    assert {one.why for one in proposal.overrides} == {"plan"}
    assert len({found.plan[piece.number] for piece in world.blocks[0].pieces}) == 2


def test_a_wish_is_met_where_it_costs_little() -> None:
    rather = [
        wish("sam", Fancy.RATHER_NOT, "2026-12-04", "2026-12-07"),
        wish("eli", Fancy.WOULD_LIKE, "2026-12-07T12:00", "2026-12-11", tier="duty"),
    ]
    world, found = planned(
        ask_for(DUTY, "2026-11-30", "2026-12-14", wishes=tuple(rather), weights=Weights(would_like=30))
    )
    plan = dict(held(world, found.plan))
    assert plan["Sat 05 Dec 17:00"] != "sam"
    assert plan["Mon 07 Dec 17:00"] == "eli"


def test_a_wish_for_weekdays_is_counted_by_day() -> None:
    fridays = (wish("nia", Fancy.RATHER_NOT, days=frozenset({4})),)
    world, found = planned(ask_for(DUTY, "2026-11-30", "2026-12-21", wishes=fridays))
    assert not [day for day, person in held(world, found.plan) if day.startswith("Fri") and person == "nia"]


def test_what_the_weeks_before_left_uneven_is_made_good() -> None:
    """Nia has held every weekend so far; now the others do."""
    tiers = {"duty": [layer("Weekends", "nia", "sam", "eli", cover=DUTY["duty"][1].cover)]}
    agreed = [Override("duty", "nia", at("2026-09-04T17:00"), at("2026-09-07T09:00") + timedelta(weeks=11, hours=1))]
    world, found = planned(ask_for(tiers, "2026-11-30", "2027-01-04", overrides=agreed))
    loads = [person for _, person in held(world, found.plan)]
    assert loads.count("nia") < min(loads.count("sam"), loads.count("eli"))


def test_weekends_are_not_held_one_after_another() -> None:
    world, found = planned(ask_for(DUTY, "2026-11-30", "2026-12-28"))
    weekends = [person for day, person in held(world, found.plan) if day.startswith("Sat")]
    assert all(one != other for one, other in pairwise(weekends))


def test_where_nothing_is_weighed_nothing_is_moved_but_what_must() -> None:
    nothing = Weights(0, 0, 0, 0, 0, 0, 0, 0, moved=1)
    tiers = {"duty": DUTY["duty"][:1]}
    world, found = planned(ask_for(tiers, "2026-11-30", "2026-12-21", weights=nothing))
    assert found.status is Status.OPTIMAL
    assert [found.plan[piece.number] for piece in world.pieces] == [piece.now for piece in world.pieces]
    proposal, _ = in_force(world, found.plan)
    assert proposal.tiers["duty"] == world.ask.layers["duty"]
    assert proposal.overrides == ()


@pytest.mark.parametrize("leave", [[], [away("sam", "2026-12-08", "2026-12-10")]])
def test_what_the_solver_minimises_is_what_is_told(leave: list[Leave]) -> None:
    wishes = (
        wish("sam", Fancy.RATHER_NOT, "2026-12-04", "2026-12-07"),
        wish("eli", Fancy.WOULD_LIKE, days=frozenset({0})),
        wish("mali", Fancy.WOULD_LIKE, "2027-12-04", "2027-12-07"),
    )
    world = world_of(ask_for(BOTH, "2026-11-30", "2026-12-14", leave=leave, wishes=wishes))
    scales = Scales(world)
    found = search(scales, seconds=60)
    told = sum(cost.points for cost in scales.costs(found.plan))
    turns = sum(len(block.pieces) > 1 for block in world.blocks) * world.ask.weights.split
    assert found.price / PRECISION - turns == pytest.approx(told, abs=0.1)


def test_the_same_ask_has_the_same_plan() -> None:
    ask = ask_for(BOTH, "2026-11-30", "2026-12-14", leave=[away("sam", "2026-12-08", "2026-12-10")])
    first, second = planned(ask)[1], planned(ask)[1]
    assert first.plan == second.plan
    assert not first.ended_early


def test_without_time_nothing_is_found() -> None:
    _, found = planned(ask_for(DUTY, "2026-11-30", "2026-12-07"), seconds=0)
    assert (found.status, found.plan, found.ended_early) == (Status.UNKNOWN, {}, True)


@pytest.mark.parametrize(("start", "end"), [("2026-10-19", "2026-11-02"), ("2027-03-22", "2027-04-05")])
def test_a_plan_over_a_clock_change_stands_as_planned_and_changes_nothing_else(start: str, end: str) -> None:
    """L31: by the resolver, from weeks before to weeks after."""
    ask = ask_for(BOTH, start, end, leave=[away("eli", start, "2026-10-28" if start < "2027" else "2027-03-29")])
    world, found = planned(ask)
    _, proposed = in_force(world, found.plan)
    for tier, shifts in show(proposed, world.ends, world.ends + timedelta(weeks=3)).items():
        before = [(one.start, one.end, one.person) for one in _from(ask.present[tier], world.ends)]
        assert [(one.start, one.end, one.person) for one in shifts][:3] == before[:3]


def _from(shifts: Sequence[Shift], start: datetime) -> list[Shift]:
    return [one._replace(start=max(one.start, start)) for one in shifts if one.end > start]
