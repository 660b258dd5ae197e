"""The policy's values: who can be reached how, what a ladder may be, and a state written down and read back."""

import json
from datetime import timedelta, timezone

import pytest
from hypothesis import given

from oncall.paging.policy import BOTH, Channel, Cover, EscalationState, Ladder, Phase, Reach, Step
from oncall.people.severity import Severity
from tests.oncall.paging.escalations import CALL, NIGHT, SAM, TEXT, minutes
from tests.oncall.paging.strategies import states


@pytest.mark.parametrize(
    ("reach", "wanted", "used"),
    [
        (Reach("sam"), BOTH, (TEXT, CALL)),
        (Reach("sam"), (CALL, TEXT, CALL), (TEXT, CALL)),
        (Reach("sam"), (TEXT,), (TEXT,)),
        (Reach("sam"), (CALL,), (CALL,)),
        (Reach("sam", by_text=False), (TEXT,), (CALL,)),
        (Reach("sam", by_text=False), BOTH, (CALL,)),
        (Reach("sam", by_call=False), (CALL,), (TEXT,)),
        (Reach("sam", by_text=False, by_call=False), BOTH, ()),
        (Reach("sam", on_leave=True), BOTH, ()),
        (Reach("sam", on_call_with_us=True), (CALL,), (TEXT,)),
        (Reach("sam", on_call_with_us=True), BOTH, (TEXT,)),
        (Reach("sam", by_text=False, on_call_with_us=True), BOTH, ()),
    ],
)
def test_a_person_is_reached_by_what_works(
    reach: Reach, wanted: tuple[Channel, ...], used: tuple[Channel, ...]
) -> None:
    assert reach.channels(wanted) == used


def test_the_holder_is_known_as_the_cover_says_even_when_on_a_tier() -> None:
    opted_out = Reach("sam", by_text=False)
    cover = Cover({"duty": SAM}, leads=(Reach("lin"),), holder=opted_out)
    assert (cover.reach_of("sam"), cover.reach_of("lin"), cover.reach_of("eli")) == (opted_out, Reach("lin"), None)


def test_a_ladder_needs_a_step_and_a_step_a_wait() -> None:
    with pytest.raises(ValueError, match="at least one step"):
        Ladder(minutes(5), ())
    with pytest.raises(ValueError, match="longer than nothing"):
        Step(("duty",), (TEXT,), timedelta(0))


@given(states)
def test_a_state_survives_being_written_down(state: EscalationState) -> None:
    assert EscalationState.from_row(json.loads(json.dumps(state.to_row()))) == state


@given(states)
def test_a_state_is_written_the_same_way_each_time(state: EscalationState) -> None:
    again = EscalationState.from_row(state.to_row())
    assert json.dumps(again.to_row()) == json.dumps(state.to_row())


def test_an_instant_is_written_in_utc() -> None:
    summer = NIGHT.astimezone(timezone(timedelta(hours=1)))
    state = EscalationState(Severity.URGENT, Phase.PAGING, step=0, round=1, step_began_at=summer, due_at=None)
    assert state.to_row()["step_began_at"] == "2026-03-14T02:00:00+00:00"
