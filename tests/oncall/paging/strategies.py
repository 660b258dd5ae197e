"""Any team, any cover, any state: what hypothesis draws escalations from."""

from datetime import UTC, timedelta

from hypothesis import strategies as st

from oncall.paging.policy import (
    BOTH,
    Channel,
    Cover,
    EscalationState,
    Ladder,
    Page,
    Phase,
    Policy,
    Reach,
    Step,
)
from oncall.people.severity import Severity

PEOPLE = ("sam", "eli", "mel", "lin", "zoe")
TIERS = ("duty", "backup", "manager")

people = st.sampled_from(PEOPLE)
severities = st.sampled_from(Severity)
channels = st.sampled_from(Channel)
waits = st.sampled_from([timedelta(seconds=20), timedelta(minutes=1), timedelta(minutes=3), timedelta(minutes=30)])
promises = st.sampled_from([timedelta(minutes=1), timedelta(minutes=20), timedelta(hours=12)])

steps = st.builds(
    Step,
    page=st.lists(st.sampled_from(TIERS), min_size=1, max_size=3).map(tuple),
    by=st.sampled_from([BOTH, (Channel.TEXT,), (Channel.CALL,)]),
    wait=waits,
)
ladders = st.builds(Ladder, contact_within=promises, steps=st.lists(steps, min_size=1, max_size=4).map(tuple))
policies: st.SearchStrategy[Policy] = st.fixed_dictionaries(dict.fromkeys(Severity, ladders))


@st.composite
def covers(draw: st.DrawFn) -> Cover:
    """One way of being reached for each person, and people on tiers and among the leads, or not."""
    mostly = st.sampled_from([True, True, True, False])
    rarely = mostly.map(lambda yes: not yes)
    reaches = {
        person: Reach(
            person, by_text=draw(mostly), by_call=draw(mostly), on_leave=draw(rarely), on_call_with_us=draw(rarely)
        )
        for person in PEOPLE
    }
    anyone = st.sampled_from([*reaches.values(), None])
    tiers = {tier: draw(anyone) for tier in draw(st.sets(st.sampled_from(TIERS)))}
    leads = draw(st.lists(st.sampled_from(list(reaches.values())), max_size=2, unique=True))
    return Cover(tiers, tuple(leads), holder=draw(anyone))


instants = st.datetimes(timezones=st.just(UTC))
states = st.builds(
    EscalationState,
    severity=severities,
    phase=st.sampled_from(Phase),
    step=st.integers(-3, 5),
    round=st.integers(1, 99),
    step_began_at=instants,
    due_at=st.none() | instants,
    standing=st.frozensets(st.builds(Page, people, channels)),
    missed=st.integers(0, 5),
    passed_on=st.frozensets(people),
    paged=st.dictionaries(people, st.integers(-1, 5)),
    alarmed_at=st.none() | instants,
    holder=st.none() | people,
    reached_step=st.integers(-1, 5),
    contact_due_at=st.none() | instants,
    reminded=st.booleans(),
    contacted=st.booleans(),
)
