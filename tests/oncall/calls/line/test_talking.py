"""Who talks with whom, who has gone, and what is owed then."""

import pytest

from oncall.calls.line.flow import (
    CallerGone,
    CallerJoined,
    CloseCircle,
    Contact,
    Drop,
    Due,
    Event,
    Finished,
    Gone,
    HoldBack,
    Joined,
    Linked,
    Move,
    Ring,
    Stage,
    Star,
    TellAlone,
    Took,
    WaitOver,
    Why,
    decide,
)
from tests.oncall.calls.line.lines import AT, CREW, PATTERN, Told, arrived, rung


def talking() -> Told:
    """Sam and the caller, talking."""
    line = arrived()
    line.hears(CallerJoined())
    line.hears(Took("sam", is_on_line=True))
    line.hears(Joined("sam"))
    return line


def rung_back() -> Told:
    """Sam waits in the room, the caller's phone rings."""
    line = Told()
    line.hears(Linked("sam"))
    line.hears(Joined("sam"))
    return line


def test_taking_drops_the_other_rings_and_nothing_is_due() -> None:
    line = arrived()
    assert line.hears(Took("sam", is_on_line=True)) == (Drop(but="sam"),)
    assert line.stands.due_at is None


@pytest.mark.parametrize("order", [(CallerJoined(), Joined("sam")), (Joined("sam"), CallerJoined())])
def test_contact_is_made_when_both_are_in_the_room_and_not_before(order: tuple[Event, Event]) -> None:
    line = arrived()
    line.hears(Took("sam", is_on_line=True))
    assert line.hears(order[0]) == ()
    assert line.hears(order[1]) == (Contact("sam"),)
    assert line.hears(CallerJoined()) == ()


def test_a_practitioner_who_leaves_first_is_rung_again_and_the_caller_moved() -> None:
    """L10."""
    line = talking()
    line.after(300)
    assert line.hears(Gone("sam")) == (Move(Why.LEFT), Drop(), Ring("sam", Why.AGAIN))
    assert line.stands.stage is Stage.ALONE
    line.after(20)
    effects = line.hears(Due())
    assert HoldBack() in effects
    assert rung(effects) == ["sam"]
    line.after(20)
    assert [e for e in line.hears(Due()) if isinstance(e, Ring)] == [Ring("sam", Why.AGAIN), Ring("eli", Why.FIRST)]


def test_the_promise_comes_again_for_who_was_left_alone() -> None:
    """L5."""
    line = talking()
    line.after(3600)
    line.hears(Gone("sam"))
    line.after(90)
    assert line.hears(Due()) == (Drop(), Move(Why.PROMISE), WaitOver())


def test_who_goes_back_talks_on() -> None:
    line = talking()
    line.hears(Gone("sam"))
    line.hears(Took("sam", is_on_line=True))
    line.hears(CallerJoined())
    assert line.hears(Joined("sam")) == (Contact("sam"),)
    assert line.stands.stage is Stage.TALKING


def test_finished_moves_the_caller_and_owes_nothing() -> None:
    line = talking()
    line.hears(Gone("sam"))
    assert line.hears(Finished("sam")) == (Drop(), Move(Why.FINISHED), CloseCircle("sam"))
    assert line.hears(Finished("sam")) == ()
    assert line.hears(CallerGone()) == (Drop(),)


def test_one_of_two_practitioners_may_leave() -> None:
    line = talking()
    line.hears(Took("eli", is_on_line=True))
    line.hears(Joined("eli"))
    assert line.hears(Gone("sam")) == ()
    assert line.hears(Gone("eli"))[0] == Move(Why.LEFT)


def test_who_took_and_was_not_seen_to_come_is_rung_again_within_the_first_promise() -> None:
    """L5: taking does not put the promise off."""
    line = arrived()
    line.hears(Took("sam", is_on_line=True))
    line.after(5)
    assert line.hears(Gone("sam")) == (Move(Why.LEFT), Drop(), Ring("sam", Why.AGAIN))
    line.after(85)
    assert Move(Why.PROMISE) in line.hears(Due())


def test_who_left_long_after_taking_is_rung_again_though_their_coming_was_told_to_nobody() -> None:
    line = arrived()
    line.hears(Took("sam", is_on_line=True))
    line.after(600)
    assert Ring("sam", Why.AGAIN) in line.hears(Gone("sam"))


def test_a_caller_who_hangs_up_then_is_paged_for_unless_somebody_holds_them() -> None:
    line = arrived()
    line.hears(Took("sam", is_on_line=True))
    line.hears(Gone("sam"))
    line.after(20)
    line.hears(Due())
    assert line.hears(CallerGone()) == (Drop(), WaitOver())


def test_a_caller_who_hangs_up_while_waiting_is_paged_for() -> None:
    """L7, L8."""
    assert arrived().hears(CallerGone()) == (Drop(), WaitOver())


def test_a_caller_who_hangs_up_while_talking_leaves_whoever_is_there_told() -> None:
    line = talking()
    assert line.hears(CallerGone()) == (Drop(), TellAlone("sam"))
    assert line.hears(CallerGone()) == ()
    assert line.hears(Joined("eli")) == (TellAlone("eli"),)
    assert line.hears(Took("eli", is_on_line=True)) == ()


def test_a_caller_who_hangs_up_after_being_left_has_said_all() -> None:
    line = talking()
    line.hears(Gone("sam"))
    assert line.hears(CallerGone()) == (Drop(),)
    held_back = talking()
    held_back.hears(Gone("sam"))
    held_back.after(20)
    held_back.hears(Due())
    assert held_back.hears(CallerGone()) == (Drop(), CloseCircle("sam"))


def test_star_while_talking_changes_nothing() -> None:
    assert talking().hears(Star()) == ()


@pytest.mark.parametrize("event", [Took("sam", is_on_line=True), Joined("sam")])
def test_somebody_there_after_all_takes_the_caller_from_their_message(event: Event) -> None:
    line = arrived()
    line.after(90)
    line.hears(Due())
    assert Move(Why.TOGETHER) in line.hears(event)
    assert line.stands.stage is Stage.TALKING


def test_a_caller_who_is_rung_back_and_comes_is_contact() -> None:
    line = rung_back()
    assert line.hears(CallerJoined()) == (Contact("sam"),)
    assert line.hears(CallerGone()) == (Drop(), TellAlone("sam"))


def test_a_caller_who_does_not_answer_is_told_of() -> None:
    assert rung_back().hears(CallerGone()) == (Drop(), TellAlone("sam"))


def test_a_practitioner_who_leaves_before_the_caller_answers_ends_it() -> None:
    line = rung_back()
    assert line.hears(Gone("sam")) == (Drop(),)
    assert line.stands.stage is Stage.OVER
    assert line.hears(CallerJoined()) == ()


def test_beginning_again_changes_nothing_and_nothing_else_begins() -> None:
    line = talking()
    assert line.hears(Linked("eli")) == ()
    with pytest.raises(ValueError, match="begins"):
        decide(None, Due(), pattern=PATTERN, crew=CREW, now=AT)
