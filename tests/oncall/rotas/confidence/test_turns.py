"""Whose turn begins when: tables of shifts, and what a team's file says of its confidence."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from oncall.people.teamfile.confidence import ConfidenceEntry
from oncall.rotas.actions import export_rota
from oncall.rotas.confidence.turns import confidence_of, turns_between, turns_of
from rota.resolve import Shift
from tests.oncall.rotas.conftest import Load, load, session
from tests.oncall.rotas.files import DAILY

__all__ = ["load", "session"]
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("held", "turns"),
    [
        (["sam", "eli"], [("eli", 60, 120, "sam")]),
        (["sam", "sam"], []),
        (["sam", None, "sam"], [("sam", 120, 180, None)]),
        ([None, "sam", "sam", "eli"], [("sam", 60, 180, None), ("eli", 180, 240, "sam")]),
        (["sam", None], []),
        ([], []),
    ],
)
def test_a_turn_begins_where_somebody_else_held_it(
    held: list[str | None], turns: list[tuple[str, int, int, str]]
) -> None:
    shifts = [
        Shift(NOON + timedelta(hours=number), NOON + timedelta(hours=number + 1), person, person and f"layer {number}")
        for number, person in enumerate(held)
    ]
    minute = timedelta(minutes=1)
    found = [
        (one.person, (one.start - NOON) // minute, (one.end - NOON) // minute, one.before)
        for one in turns_of({"duty": shifts})
    ]
    assert found == turns


@pytest.mark.parametrize(("lasts_for", "count"), [(59, 0), (60, 1)])
def test_what_is_shorter_than_an_hour_is_no_turn(lasts_for: int, count: int) -> None:
    ends = NOON + timedelta(minutes=lasts_for)
    shifts = [
        Shift(NOON - timedelta(hours=1), NOON, "sam", "layer"),
        Shift(NOON, ends, "eli", "layer"),
        Shift(ends, ends + timedelta(minutes=5), None, None),
    ]
    assert len(list(turns_of({"duty": shifts}))) == count


def test_turns_of_a_stored_team(session: Session, load: Load) -> None:
    team = load(DAILY)
    found = turns_between(session, team, start=NOON, end=NOON + timedelta(days=2))
    assert [(one.tier, one.start.hour, one.before != one.person) for one in found] == [("duty", 9, True)] * 2


@pytest.mark.parametrize(
    ("written", "entry"),
    [
        ("", ConfidenceEntry()),
        ("  confidence: {ask: off}\n", ConfidenceEntry(ask="off")),
        ("  confidence: {ask: 24h, test_call: off}\n", ConfidenceEntry(test_call="off")),
    ],
)
def test_a_team_may_switch_it_off(session: Session, load: Load, written: str, entry: ConfidenceEntry) -> None:
    team = load(DAILY + written)
    assert confidence_of(session, team) == entry
    assert export_rota(session, team).confidence == entry
