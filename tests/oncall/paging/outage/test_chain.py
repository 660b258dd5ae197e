"""Whom the fallback rings, in which order: pure, and of a stored team."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.paging.outage.chain import chain, reachable, variable_name
from oncall.paging.policy import Cover, Reach
from oncall.people.models import Practitioner
from oncall.people.queries import team_by_number
from tests.oncall.paging.outage.standing_by import CARYS, ELI, FILE, FIXED, HUW, LINE, SAM, load

RING = (("duty",), ("duty", "backup"), ("manager",))
LEADS = (Reach("lead"), Reach("other lead"))


@pytest.mark.parametrize(
    ("tiers", "people"),
    [
        ({"manager": Reach("c"), "backup": Reach("b"), "duty": Reach("a")}, ["a", "b", "c"]),
        ({"duty": None, "backup": Reach("b"), "manager": Reach("c")}, ["b", "c"]),
        ({"duty": Reach("a", on_leave=True), "backup": Reach("b")}, ["b"]),
        ({"duty": Reach("a", by_call=False), "backup": Reach("b")}, ["b"]),
        ({"duty": Reach("a", by_text=False, on_call_with_us=True)}, ["a"]),
        ({"duty": Reach("a"), "backup": Reach("a")}, ["a"]),
        ({"night owl": Reach("n"), "duty": Reach("a")}, ["a", "n"]),
        ({"duty": None}, ["lead", "other lead"]),
        ({"duty": Reach("a", by_call=False)}, ["lead", "other lead"]),
    ],
)
def test_the_tiers_ring_as_for_a_caller_and_whoever_cannot_is_passed_over(
    tiers: dict[str, Reach | None], people: list[str]
) -> None:
    assert reachable(Cover(tiers=tiers, leads=LEADS), RING) == people


def rung(database: Database, clock: ManualClock) -> list[str]:
    with database.reading() as session:
        team = team_by_number(session, number=LINE)
        assert team is not None
        return chain(session, team, fixed=FIXED, at=clock.now())


def test_who_is_on_call_then_the_fixed_number(database: Database, clock: ManualClock) -> None:
    load(database, clock)
    assert rung(database, clock) == [SAM, ELI, CARYS, FIXED]


def test_a_dead_number_and_one_who_left_are_not_rung(database: Database, clock: ManualClock) -> None:
    load(database, clock)
    with database.transaction() as session:
        session.execute(update(Practitioner).where(Practitioner.slug == "sam").values(number_dead_at=clock.now()))
    assert rung(database, clock) == [ELI, CARYS, FIXED]


def test_leave_is_looked_at(database: Database, clock: ManualClock) -> None:
    leave = "  leave:\n    - {person: eli, from: 2026-03-14, to: 2026-03-15}\n"
    load(database, clock, FILE.replace("escalation:", f"{leave}escalation:"))
    assert rung(database, clock) == [SAM, CARYS, FIXED]
    clock.move(timedelta(days=1))
    assert rung(database, clock) == [SAM, ELI, CARYS, FIXED]


def test_where_nobody_is_on_call_the_leads_are_rung(database: Database, clock: ManualClock) -> None:
    load(database, clock, FILE.replace("starts: 2026-01-05", "starts: 2027-01-05"))
    assert rung(database, clock) == [CARYS, HUW, FIXED]


def test_the_fixed_number_comes_last_and_once(database: Database, clock: ManualClock) -> None:
    load(database, clock, FILE.replace(SAM, FIXED))
    assert rung(database, clock) == [ELI, CARYS, FIXED]


def test_a_team_is_named_by_its_number() -> None:
    assert variable_name(LINE) == "CHAIN_447700900000"
