"""What holds of a caller's line whatever happens, in whatever order, and however often it is told."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from oncall.calls.line.flow import (
    CallerGone,
    CallerJoined,
    CallState,
    Crew,
    Due,
    Event,
    Finished,
    Gone,
    Joined,
    PassedOn,
    RingOver,
    Stage,
    Star,
    Took,
    WaitOver,
)
from tests.oncall.calls.line.lines import AT, PATTERN, Told, arrived, rung

PEOPLE = ("sam", "eli", "carys")
people = st.sampled_from(PEOPLE)
crews = st.builds(
    Crew,
    groups=st.lists(st.lists(people, unique=True).map(tuple), max_size=3).map(tuple),
    leads=st.lists(people, unique=True).map(tuple),
    is_anybody_busy=st.booleans(),
    others=st.frozensets(people),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.just(Due()),
    st.just(CallerJoined()),
    st.just(Star()),
    st.builds(RingOver, people),
    st.builds(PassedOn, people),
    st.builds(Joined, people),
    st.builds(Gone, people),
    st.builds(Finished, people),
    st.builds(Took, people, st.booleans()),
)
stories = st.lists(st.tuples(st.integers(0, 60), events, crews), max_size=25)
Story = list[tuple[int, Event, Crew]]


def _told(story: Story, first: Crew) -> Told:
    line = arrived(crew=first)
    for seconds, event, crew in story:
        line.after(seconds)
        line.crew = crew
        line.hears(event)
    return line


@given(story=stories, first=crews)
def test_a_caller_who_waits_always_has_a_promise_ahead(story: Story, first: Crew) -> None:
    """L5: a hard ceiling; whatever was lost, the next look comes by itself and in time."""
    state = _told(story, first).stands
    if state.stage in {Stage.WAITING, Stage.ALONE}:
        assert state.due_at is not None
        assert state.due_at <= state.promise_at


@given(story=stories, first=crews)
def test_waiting_ends_by_itself(story: Story, first: Crew) -> None:
    line = _told(story, first)
    for _ in range(60):
        if line.stands.due_at is None:
            break
        line.now = max(line.now, line.stands.due_at)
        line.hears(Due())
    assert line.stands.stage not in {Stage.WAITING, Stage.ALONE}


@given(story=stories, first=crews)
def test_escalation_is_never_left_standing_still(story: Story, first: Crew) -> None:
    """Whoever is promised or hangs up untaken is paged for."""
    line = _told(story, first)
    if line.stands.stage in {Stage.PROMISED, Stage.OVER}:
        assert not line.stands.is_held_back
    was_held_back = line.stands.is_held_back and line.stands.stage is Stage.WAITING
    effects = line.hears(CallerGone())
    assert (WaitOver() in effects) or not was_held_back
    assert line.stands.due_at is None


@given(story=stories, first=crews)
def test_a_row_keeps_the_state(story: Story, first: Crew) -> None:
    state = _told(story, first).stands
    assert CallState.from_row(state.to_row()) == state


@given(story=stories, first=crews, event=events)
def test_told_twice_it_comes_to_the_same(story: Story, first: Crew, event: Event) -> None:
    line = _told(story, first)
    line.hears(event)
    once = line.stands
    again = line.decides(event)
    if not isinstance(event, Took):
        assert rung(again.effects) == []
        assert again.state == once


@given(story=stories, first=crews)
def test_nobody_who_passed_on_is_rung_again_while_the_caller_waits(story: Story, first: Crew) -> None:
    line = arrived(crew=first)
    for seconds, event, crew in story:
        line.after(seconds)
        line.crew = crew
        passed = line.stands.passed_on
        effects = line.hears(event)
        if line.stands.stage is Stage.WAITING:
            assert not (set(rung(effects)) & passed & line.stands.passed_on)


@given(story=stories, first=crews)
def test_a_promise_comes_in_time(story: Story, first: Crew) -> None:
    """A caller whom nobody ever takes is promised at the very latest when that is due."""
    line = arrived(crew=first)
    for _, event, crew in story:
        if isinstance(event, Due | RingOver | PassedOn):
            line.crew = crew
            line.hears(event)
    line.now = AT + PATTERN.promise_after + timedelta(seconds=1)
    line.hears(Due())
    assert line.stands.stage is Stage.PROMISED
    assert WaitOver() in line.effects
