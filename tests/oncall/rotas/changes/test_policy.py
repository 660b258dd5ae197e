"""Who may do what to a change: a table of cases, and what holds for every deed in every state."""

from itertools import product
from uuid import UUID

import pytest

from oncall.rotas.changes.policy import (
    FROM,
    ChangeRefused,
    Deed,
    Doer,
    Facts,
    Kind,
    NeedsLead,
    NotAsked,
    NotHeld,
    Over,
    State,
    TakenByOther,
    check,
    needs_approval,
)

HOLDER, ASKED, OTHER = (UUID(int=number) for number in (1, 2, 3))


def facts(state: State, *, kind: Kind = Kind.COVER, taker: UUID | None = None) -> Facts:
    return Facts(kind=kind, state=state, holder=HOLDER, taker=taker, asked={ASKED})


def doer(person: UUID, *, is_lead: bool = False) -> Doer:
    return Doer(by=person, person=person, is_lead=is_lead)


@pytest.mark.parametrize(
    ("deed", "at", "by", "wrong"),
    [
        (Deed.ACCEPT, facts(State.OPEN), doer(ASKED), None),
        (Deed.ACCEPT, facts(State.OPEN), doer(OTHER), NotAsked),
        (Deed.ACCEPT, facts(State.OPEN), doer(OTHER, is_lead=True), None),
        (Deed.ACCEPT, facts(State.OPEN), doer(HOLDER, is_lead=True), NotAsked),
        (Deed.ACCEPT, facts(State.APPLIED, taker=OTHER), doer(ASKED), TakenByOther),
        (Deed.DECLINE, facts(State.ACCEPTED, taker=OTHER), doer(ASKED), TakenByOther),
        (Deed.ACCEPT, facts(State.APPLIED, taker=ASKED), doer(ASKED), Over),
        (Deed.WITHDRAW, facts(State.OPEN), doer(HOLDER), None),
        (Deed.WITHDRAW, facts(State.OPEN), doer(ASKED), NotHeld),
        (Deed.WITHDRAW, facts(State.ACCEPTED), doer(OTHER, is_lead=True), None),
        (Deed.APPROVE, facts(State.ACCEPTED), doer(HOLDER), NeedsLead),
        (Deed.APPROVE, facts(State.ACCEPTED), doer(OTHER, is_lead=True), None),
        (Deed.REFUSE, facts(State.ACCEPTED), doer(ASKED), NeedsLead),
        (Deed.UNDO, facts(State.APPLIED), doer(HOLDER), None),
        (Deed.UNDO, facts(State.APPLIED, taker=ASKED), doer(ASKED), NeedsLead),
        (Deed.UNDO, facts(State.APPLIED, kind=Kind.SWAP), doer(HOLDER), NeedsLead),
        (Deed.UNDO, facts(State.APPLIED, kind=Kind.OVERRIDE), doer(OTHER, is_lead=True), None),
    ],
)
def test_who_may_do_what(deed: Deed, at: Facts, by: Doer, wrong: type[ChangeRefused] | None) -> None:
    if wrong is None:
        check(deed, at, by)
        return
    with pytest.raises(wrong):
        check(deed, at, by)


def test_what_is_settled_is_left_by_no_deed() -> None:
    settled = set(State) - {State.OPEN, State.ACCEPTED, State.APPLIED}
    for deed, state in product(FROM, settled):
        with pytest.raises(Over):
            check(deed, facts(state), doer(HOLDER, is_lead=True))


@pytest.mark.parametrize(
    ("rule", "by_lead", "waits"), [("lead", False, True), ("lead", True, False), ("none", False, False)]
)
def test_when_a_lead_is_waited_for(rule: str, by_lead: bool, waits: bool) -> None:
    assert needs_approval(rule, by_lead=by_lead) is waits
