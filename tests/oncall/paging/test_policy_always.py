"""What holds for any team, any cover and whatever happens in whatever order."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from oncall.paging.policy import (
    BOTH,
    AlarmNobody,
    Channel,
    Closed,
    Contacted,
    Cover,
    Due,
    Effect,
    EscalationState,
    Event,
    FurtherContact,
    Opened,
    PageFailed,
    PassedOn,
    Phase,
    Policy,
    Reassessed,
    SendPage,
    SeverityLowered,
    SeverityRaised,
    StepBegan,
    Taken,
)
from oncall.people.severity import Severity
from tests.oncall.paging import strategies as drawn
from tests.oncall.paging.escalations import NIGHT, Escalation, pages_in

MINUTE = timedelta(minutes=1)


def reachable(cover: Cover) -> set[str]:
    return {reach.person for reach in cover.everyone() if reach.channels(BOTH)}


class AnyEscalation(RuleBasedStateMachine):
    """An escalation to which anything happens; each rule decides one event and holds it to what must always be so."""

    def __init__(self) -> None:
        super().__init__()
        self.escalation = Escalation(now=NIGHT)
        self.keys: set[tuple[str, Channel, int, int]] = set()

    @initialize(policy=drawn.policies, cover=drawn.covers(), severity=drawn.severities)
    def opens(self, policy: Policy, cover: Cover, severity: Severity) -> None:
        self.escalation.policy, self.escalation.cover = policy, cover
        self.decides(Opened(severity))

    def decides(self, event: Event) -> tuple[Effect, ...]:
        effects = self.escalation.effects_of(event)
        pages = pages_in(effects)
        for page in pages:
            self.is_a_page_that_can_arrive(page)
        keys = {(page.person, page.channel, page.step, page.round) for page in pages}
        assert len(keys) == len(pages), "nobody is paged twice at once"
        assert not keys & self.keys, "a page's key never recurs"
        self.keys |= keys
        assert len({(effect.step, effect.round) for effect in effects if isinstance(effect, StepBegan)}) <= 1
        return effects

    def is_a_page_that_can_arrive(self, page: SendPage) -> None:
        reach = self.escalation.cover.reach_of(page.person)
        known = [one for one in (*self.escalation.cover.everyone(), reach) if one and one.person == page.person]
        assert any(page.channel in one.channels(BOTH) for one in known)
        assert page.valid_for > timedelta(0)

    @rule(late=st.sampled_from([timedelta(0), MINUTE, timedelta(hours=9)]))
    def the_wait_runs_out(self, late: timedelta) -> None:
        due_at = self.escalation.here.due_at
        if due_at is None:
            return
        before = self.escalation.here
        self.escalation.now = max(self.escalation.now, due_at) + late
        effects = self.decides(Due())
        self.moved_on(before, effects)

    def moved_on(self, before: EscalationState, effects: tuple[Effect, ...]) -> None:
        """After a wait, somebody is paged if anybody can be; and the next look lies ahead."""
        after = self.escalation.here
        assert after.due_at is not None
        assert after.due_at > self.escalation.now
        if after.phase is Phase.PAGING and reachable(self.escalation.cover):
            assert pages_in(effects)
        if before.phase is Phase.HELD and not before.reminded and after.phase is Phase.HELD:
            assert {page.person for page in pages_in(effects)} == {before.holder}

    @rule()
    def the_tick_is_early(self) -> None:
        here = self.escalation.here
        if here.due_at is not None and here.due_at > self.escalation.now:
            assert self.decides(Due()) == ()
            assert self.escalation.here == here

    @precondition(lambda self: self.escalation.here.standing)
    @rule(data=st.data())
    def a_page_fails(self, data: st.DataObject) -> None:
        here = self.escalation.here
        page = data.draw(st.sampled_from(sorted(here.standing)))
        effects = self.decides(PageFailed(page.person, page.channel, here.step, here.round))
        assert len(here.standing) > 1 or effects, "a step without pages passes on at once"
        after = self.escalation.here
        assert self.decides(PageFailed(page.person, page.channel, here.step, here.round)) == ()
        assert self.escalation.here == after, "a page fails once"

    @rule(person=drawn.people, channel=drawn.channels, step=st.integers(-3, 4), older=st.integers(1, 3))
    def an_older_page_fails(self, person: str, channel: Channel, step: int, older: int) -> None:
        here = self.escalation.here
        assert self.decides(PageFailed(person, channel, step, here.round - older)) == ()
        assert self.escalation.here == here

    @rule(person=drawn.people)
    def somebody_passes_on(self, person: str) -> None:
        before = self.escalation.here
        pages = pages_in(self.decides(PassedOn(person)))
        assert all(page.person != person for page in pages)
        if before.phase is Phase.HELD and person != before.holder:
            assert self.escalation.here == before

    @rule(person=drawn.people, promise=st.none() | drawn.promises)
    def somebody_takes_it(self, person: str, promise: timedelta | None) -> None:
        before = self.escalation.here
        assert pages_in(self.decides(Taken(person, promise))) == []
        if before.phase is Phase.PAGING:
            assert self.escalation.here.holder == person
        if before.phase is not Phase.PAGING:
            assert self.escalation.here.holder == before.holder
        if self.escalation.here.phase is Phase.HELD and self.escalation.here.holder == person:
            assert not self.escalation.here.standing

    @rule(person=drawn.people)
    def contact_is_made(self, person: str) -> None:
        before = self.escalation.here
        assert pages_in(self.decides(Contacted(person))) == []
        if before.holder is None:
            assert self.escalation.here == before
        elif before.phase is not Phase.CLOSED:
            assert self.escalation.here.due_at is None

    @rule(severity=drawn.severities)
    def the_severity_may_rise(self, severity: Severity) -> None:
        before = self.escalation.here
        effects = self.decides(SeverityRaised(severity))
        if before.phase is Phase.CLOSED or severity <= before.severity:
            assert (effects, self.escalation.here) == ((), before)
            return
        assert self.escalation.here.severity == severity
        if reachable(self.escalation.cover):
            assert pages_in(effects)
        if before.phase is Phase.HELD and before.contact_due_at and self.escalation.here.contact_due_at:
            assert self.escalation.here.contact_due_at <= before.contact_due_at

    @rule(severity=drawn.severities)
    def a_person_may_lower_it(self, severity: Severity) -> None:
        before = self.escalation.here
        assert self.decides(SeverityLowered(severity)) == ()
        lowered = before.phase is not Phase.CLOSED and severity < before.severity
        assert self.escalation.here == (replace(before, severity=severity) if lowered else before)

    @rule()
    def the_caller_writes_again(self) -> None:
        here = self.escalation.here
        assert self.decides(FurtherContact()) == ()
        assert self.escalation.here == here

    @rule(cover=drawn.covers())
    def the_cover_changes(self, cover: Cover) -> None:
        self.escalation.cover = cover
        self.decides(Reassessed())
        settled = self.escalation.here
        assert pages_in(self.decides(Reassessed())) == [], "reassessed twice pages once"
        assert self.escalation.here.standing == settled.standing

    @rule()
    def a_process_dies_and_another_reads_the_row(self) -> None:
        self.escalation.state = EscalationState.from_row(self.escalation.here.to_row())

    @precondition(lambda self: self.escalation.here.round > 4)
    @rule()
    def it_is_closed(self) -> None:
        self.decides(Closed())

    @invariant()
    def it_never_ends_untaken(self) -> None:
        if self.escalation.state is None:
            return
        here = self.escalation.here
        ended = here.phase is Phase.CLOSED or (here.holder is not None and here.contacted)
        assert (here.due_at is None) == ended
        assert (here.phase is Phase.HELD) <= (here.holder is not None)
        assert (here.phase is Phase.CLOSED) <= (not here.standing)

    @invariant()
    def nobody_who_passed_on_stands(self) -> None:
        if self.escalation.state is not None and self.escalation.here.phase is Phase.PAGING:
            assert not {page.person for page in self.escalation.here.standing} & self.escalation.here.passed_on


def test_whatever_happens() -> None:
    run_state_machine_as_test(AnyEscalation, settings=settings(max_examples=100, stateful_step_count=30, deadline=None))


@given(drawn.policies, drawn.covers(), drawn.severities)
@settings(deadline=None)
def test_where_every_page_fails_at_once_it_does_not_spin(policy: Policy, cover: Cover, severity: Severity) -> None:
    """Between two waits each step is tried once, then the leads, then anyone; then it rests, and looks again."""
    escalation = Escalation(cover, policy)
    ladder = policy[severity]
    event: Event = Opened(severity)
    for _ in range(4):
        tried = fail_everything(escalation, escalation.effects_of(event))
        assert len(tried) == len(set(tried)) <= len(ladder.steps) + 2
        assert escalation.due_in is not None
        least = ladder.first_wait if reachable(cover) else min(ladder.first_wait, MINUTE)
        assert escalation.due_in == least
        escalation.now += escalation.due_in
        event = Due()


def fail_everything(escalation: Escalation, effects: tuple[Effect, ...]) -> list[int]:
    """Fails every page as soon as it is sent; the steps that began, in order."""
    tried: list[int] = []
    while pages := pages_in(effects):
        tried.extend(effect.step for effect in effects if isinstance(effect, StepBegan))
        assert len(tried) < 20, "it spins"
        effects = tuple(
            effect
            for page in pages
            for effect in escalation.effects_of(PageFailed(page.person, page.channel, page.step, page.round))
        )
    return tried


@given(drawn.policies, drawn.covers(), drawn.severities)
@settings(deadline=None)
def test_left_alone_everyone_a_ladder_names_is_paged_within_its_round(
    policy: Policy, cover: Cover, severity: Severity
) -> None:
    escalation = Escalation(cover, policy)
    ladder = policy[severity]
    escalation.effects_of(Opened(severity))
    ends_at = escalation.now + sum((step.wait for step in ladder.steps), timedelta(0))
    while escalation.here.due_at is not None and escalation.here.due_at < ends_at:
        escalation.now = escalation.here.due_at
        escalation.effects_of(Due())
    named = {cover.tiers.get(tier) for step in ladder.steps for tier in step.page}
    paged = {page.person for page in escalation.sent}
    assert {reach.person for reach in named if reach and reach.channels(BOTH)} <= paged


@given(drawn.policies, drawn.covers(), drawn.severities)
@settings(deadline=None)
def test_alarm_nobody_only_when_nobody_can_be_reached(policy: Policy, cover: Cover, severity: Severity) -> None:
    effects = Escalation(cover, policy).effects_of(Opened(severity))
    alarmed = any(isinstance(effect, AlarmNobody) for effect in effects)
    assert alarmed == (not reachable(cover)) == (not pages_in(effects))
