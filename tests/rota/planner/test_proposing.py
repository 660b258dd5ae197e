"""How a plan is written down: layers with an end, and nothing changed beside it."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest

from rota.patterns import DailyCover, Layer, Rota, Turn, Unit
from rota.planner.proposing import proposal_of
from rota.planner.verifying import complaints
from rota.planner.world import World, world_of
from rota.resolve import show
from tests.rota.checks.rotas import LONDON, at, layer, rota
from tests.rota.planner.asks import DUTY, ask_for, in_force


def _shifted(world: World) -> dict[int, str]:
    """Every piece to the next of those who may hold it."""
    return {
        piece.number: people[(people.index(piece.now) + 1) % len(people)]
        for piece in world.pieces
        for people in [world.ask.may_hold[piece.tier]]
    }


def _names(layers: tuple[Layer, ...]) -> list[str]:
    return [one.name for one in layers]


def test_over_each_layer_stands_the_plans_and_over_that_one_that_goes_on_as_before() -> None:
    world = world_of(ask_for(DUTY, "2026-11-30", "2026-12-14"))
    proposal, _ = in_force(world, _shifted(world))
    assert _names(proposal.tiers["duty"]) == [
        "Weeknights",
        "Weeknights, plan from 2026-11-30",
        "Weeknights, again from 2026-12-14",
        "Weekends",
        "Weekends, plan from 2026-11-30",
        "Weekends, again from 2026-12-14",
    ]
    plan, again = proposal.tiers["duty"][1:3]
    assert plan.people == tuple(_shifted(world)[block.pieces[0].number] for block in world.blocks[:2])
    assert len(again.people) == 3
    assert proposal.overrides == ()


@pytest.mark.parametrize("start", ["2026-10-18T01:20", "2026-10-25T01:00", "2027-03-22", "2026-06-01"])
@pytest.mark.parametrize(
    "turn",
    [
        Turn(7, Unit.HOUR, time(0, 30), date(2026, 1, 5)),
        Turn(12, Unit.HOUR, time(1, 30), date(2026, 1, 5)),
        Turn(1, Unit.DAY, time(1, 30), date(2026, 1, 5)),
        Turn(3, Unit.DAY, time(9), date(2026, 1, 5)),
        Turn(2, Unit.WEEK, time(17), date(2026, 1, 5)),
    ],
)
def test_outside_the_plan_everything_is_as_it_was(turn: Turn, start: str) -> None:
    """L31, L32: also for turns by elapsed hours, which fall on other times of the clock after it has changed."""
    tiers = {
        "duty": [
            Layer("All", ("sam", "eli", "nia"), turn),
            Layer("Lunch", ("nia", "sam"), turn, (DailyCover(time(12), time(13)),)),
        ]
    }
    standing = rota(tiers)
    world = world_of(ask_for(tiers, start, (at(start) + timedelta(weeks=1)).strftime("%Y-%m-%dT%H:%M")))
    proposal = proposal_of(world, _shifted(world))
    proposed = Rota(LONDON, proposal.tiers, proposal.overrides)
    for begins, ends in [(at("2026-01-05"), world.begins), (world.ends, world.ends + timedelta(weeks=60))]:
        before, after = ([shift[:3] for shift in show(one, begins, ends)["duty"]] for one in (standing, proposed))
        assert _joined(before) == _joined(after)
    assert not [wrong for wrong in complaints(world, _shifted(world), proposed) if "planned" in wrong]


def _joined(shifts: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Neighbours of one person as one, whatever the reason they hold it for."""
    joined: list[tuple[object, ...]] = []
    for start, end, person in shifts:
        if joined and joined[-1][1:] == (start, person):
            joined[-1] = (joined[-1][0], end, person)
        else:
            joined.append((start, end, person))
    return joined


def test_a_plan_made_again_takes_the_place_of_the_first() -> None:
    world = world_of(ask_for(DUTY, "2026-11-30", "2026-12-14"))
    proposal, _ = in_force(world, _shifted(world))
    again = world_of(ask_for(proposal.tiers, "2026-11-30", "2026-12-14", may_hold=world.ask.may_hold))
    second, _ = in_force(again, _shifted(again))
    assert _names(second.tiers["duty"]) == [
        "Weeknights",
        "Weeknights, plan from 2026-11-30 (2)",
        "Weeknights, again from 2026-12-14",
        "Weekends",
        "Weekends, plan from 2026-11-30 (2)",
        "Weekends, again from 2026-12-14",
    ]


def test_a_tier_without_layers_is_given_overrides() -> None:
    world = world_of(ask_for({"duty": []}, "2026-07-06", "2026-07-20", may_hold={"duty": ("sam", "eli")}))
    plan = {
        piece.number: ("sam", "eli")[index % 2] for index, block in enumerate(world.blocks) for piece in block.pieces
    }
    proposal, _ = in_force(world, plan)
    assert "duty" not in proposal.tiers
    assert [one.person for one in proposal.overrides] == ["sam"] * 5 + ["eli"] * 5


def test_what_is_not_as_planned_or_breaks_a_rule_is_complained_of() -> None:
    tiers = {"duty": [layer("Duty", "sam", "eli", "nia")]}
    world = world_of(ask_for(tiers, "2026-11-30", "2026-12-14"))
    standing = rota(tiers)
    assert any("is not as planned" in wrong for wrong in complaints(world, _shifted(world), standing))
    one_person = {piece.number: "sam" for piece in world.pieces}
    proposal = proposal_of(world, one_person)
    wrong = complaints(world, one_person, Rota(LONDON, proposal.tiers, proposal.overrides))
    assert any("nights in a row (the most is 7)" in one for one in wrong), "by our own reckoning"
    assert any("nights in a row; the most is 7 nights" in one for one in wrong), "by the check's"
    elsewhere = rota({"duty": [layer("Duty", "eli", "sam", "nia")]})
    assert any("has changed" in one for one in complaints(world, _shifted(world), elsewhere))
