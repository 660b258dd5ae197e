"""Who is rung, when and in which order, while a caller waits."""

import pytest

from oncall.calls.line.flow import (
    Crew,
    Drop,
    Due,
    HoldBack,
    Move,
    PassedOn,
    Ring,
    RingOver,
    Stage,
    Star,
    Took,
    WaitOver,
    Why,
)
from tests.oncall.calls.line.lines import AT, NOBODY, PATTERN, Told, arrived, rung


def test_groups_are_rung_in_turn_and_over_again_until_the_promise() -> None:
    line = arrived()
    rings = [rung(tuple(line.effects))]
    for _ in range(4):
        line.after(20)
        rings.append(rung(line.hears(Due())))
    assert rings == [["sam"], ["sam", "eli"], ["carys"], ["sam"], ["sam", "eli"]]
    line.after(10)
    assert line.hears(Due()) == (Drop(), Move(Why.PROMISE), WaitOver())
    assert line.stands.stage is Stage.PROMISED


def test_escalation_stands_still_from_the_first_moment() -> None:
    assert arrived().effects[0] == HoldBack()


def test_an_early_or_repeated_tick_changes_nothing() -> None:
    line = arrived()
    line.after(19)
    assert line.hears(Due()) == ()
    line.after(1)
    assert rung(line.hears(Due())) == ["sam", "eli"]
    assert line.hears(Due()) == ()


def test_the_holder_is_rung_before_all_groups() -> None:
    line = arrived(holder="eli")
    assert line.effects[-1] == Ring("eli", Why.JOIN)
    line.after(20)
    assert rung(line.hears(Due())) == ["sam"]


def test_a_holder_who_cannot_be_rung_is_passed_over() -> None:
    assert rung(tuple(arrived(holder="nia").effects)) == ["sam"]
    with_nia = Crew(groups=(("sam",),), others=frozenset({"nia"}))
    assert rung(tuple(arrived(holder="nia", crew=with_nia).effects)) == ["nia"]


@pytest.mark.parametrize("event", [RingOver("sam"), PassedOn("sam")])
def test_when_every_ring_of_a_turn_is_over_the_next_comes_soon_but_not_at_once(event: RingOver | PassedOn) -> None:
    line = arrived()
    line.after(1)
    line.hears(event)
    line.after(3)
    assert line.hears(Due()) == ()
    line.after(1)
    assert "eli" in rung(line.hears(Due()))


def test_one_of_two_rings_over_changes_nothing_for_the_other() -> None:
    line = arrived()
    line.after(20)
    line.hears(Due())
    line.hears(RingOver("sam"))
    assert line.stands.ringing == {"eli"}
    line.after(10)
    assert line.hears(Due()) == ()


def test_who_passed_on_is_not_rung_again_for_this_caller() -> None:
    line = arrived()
    line.hears(PassedOn("sam"))
    line.after(20)
    assert rung(line.hears(Due())) == ["eli"]


def test_nobody_in_any_group_rings_the_leads_and_nobody_at_all_is_a_promise_at_once() -> None:
    """L6."""
    only_leads = Crew(groups=((), ()), leads=("huw",))
    assert rung(tuple(arrived(crew=only_leads).effects)) == ["huw"]
    assert arrived(crew=NOBODY).stands.stage is Stage.PROMISED


def test_a_team_without_groups_rings_its_leads() -> None:
    assert rung(tuple(arrived(crew=Crew(groups=(), leads=("huw",))).effects)) == ["huw"]


def test_everybody_busy_is_looked_at_again_until_the_promise() -> None:
    busy = Crew(groups=((), ()), is_anybody_busy=True)
    line = arrived(crew=busy)
    assert line.stands.stage is Stage.WAITING
    line.after(5)
    line.crew = Crew(groups=(("sam",), ()))
    assert rung(line.hears(Due())) == ["sam"]


def test_taken_by_text_rings_whoever_took_it_first_of_all() -> None:
    line = arrived()
    effects = line.hears(Took("eli", is_on_line=False))
    assert effects[-1] == Ring("eli", Why.JOIN)
    line.after(20)
    assert HoldBack() in line.hears(Due())


def test_taken_by_text_by_who_is_on_the_line_already_rings_nobody() -> None:
    line = arrived()
    line.hears(Took("sam", is_on_line=True))
    assert line.hears(Took("sam", is_on_line=False)) == ()


def test_star_leaves_a_message_and_paging_goes_on() -> None:
    line = arrived()
    assert line.hears(Star()) == (Drop(), WaitOver())
    assert line.stands.stage is Stage.PROMISED
    assert line.hears(Star()) == ()


def test_a_ring_never_lasts_beyond_the_promise() -> None:
    line = Told()
    line.state = arrived().stands
    line.now = AT + PATTERN.promise_after - PATTERN.ring_for / 2
    line.hears(Due())
    assert line.stands.due_at == AT + PATTERN.promise_after
