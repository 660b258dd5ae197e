"""Who may do what to a change of the rota, and when: pure, and told in errors named for the reason.

One rule: a state is left once, and only by the deeds named here. Whether the rota that would come of it is a good one
is weighed elsewhere.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from oncall.errors import Conflict, NotFound, Unusable


class Kind(StrEnum):
    """What sort of change it is."""

    COVER = "cover"
    SWAP = "swap"
    OVERRIDE = "override"


class State(StrEnum):
    """Where a change stands; only the first three can still be left."""

    OPEN = "open"
    ACCEPTED = "accepted"
    APPLIED = "applied"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    EXPIRED = "expired"
    UNDONE = "undone"


class Deed(StrEnum):
    """What somebody did; as the log names it."""

    GIVE = "given"
    ASK = "asked"
    ACCEPT = "accepted"
    DECLINE = "declined"
    WITHDRAW = "withdrawn"
    APPROVE = "approved"
    REFUSE = "refused"
    EXPIRE = "expired"
    UNDO = "undone"
    LEAVE = "leave added"
    NO_LEAVE = "leave removed"


ASKED_AHEAD_FOR = timedelta(days=366)
"""Cover is asked for up to a year ahead: each shift is a text to everybody who is asked."""
CHANGED_AHEAD_FOR = timedelta(days=3 * 366)
"""Nothing is changed further ahead: the whole rota until then is weighed while nobody else can change it."""

FROM = {
    Deed.ACCEPT: (State.OPEN,),
    Deed.DECLINE: (State.OPEN,),
    Deed.WITHDRAW: (State.OPEN, State.ACCEPTED),
    Deed.APPROVE: (State.ACCEPTED,),
    Deed.REFUSE: (State.ACCEPTED,),
    Deed.EXPIRE: (State.OPEN, State.ACCEPTED),
    Deed.UNDO: (State.APPLIED,),
}
"""In which states each deed can be done."""


class NoSuchChange(NotFound):
    """There is no change of the rota with that code."""

    sentence: ClassVar[str] = "no_such_code"


class ChangeRefused(Conflict):
    """That cannot be done to this change of the rota."""

    sentence: ClassVar[str] = "refused_over"


class Over(ChangeRefused):
    """This change has been settled already, so nothing was done."""


class TakenByOther(ChangeRefused):
    """A colleague has taken it already."""

    sentence: ClassVar[str] = "refused_taken"


class NotAsked(ChangeRefused):
    """Only somebody who was asked can answer this; a lead may do it for them."""

    sentence: ClassVar[str] = "refused_not_asked"


class NotHeld(ChangeRefused):
    """That time on the rota is not that person's."""

    sentence: ClassVar[str] = "refused_not_held"


class NeedsLead(ChangeRefused):
    """Only a lead may do this."""

    sentence: ClassVar[str] = "refused_needs_lead"


class BadChange(Unusable):
    """A change of the rota is for some time to come, on a tier of the team's, for somebody else than who holds it."""


class TooFarAhead(Unusable):
    """Cover is asked for up to a year ahead; overrides and swaps end within three years."""


class NeedsReason(Unusable):
    """Whoever overrides what is wrong with a change says why."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What decides who may do what: the change's state and people."""

    kind: Kind
    state: State
    holder: UUID | None
    taker: UUID | None
    asked: Collection[UUID]


@dataclass(frozen=True, kw_only=True)
class Doer:
    """Who does it, for whom, and whether the doer is a lead."""

    by: UUID
    person: UUID
    is_lead: bool


def check(deed: Deed, facts: Facts, doer: Doer) -> None:
    """Raises the reason why the deed may not be done."""
    if facts.state not in FROM[deed]:
        raise TakenByOther if _is_anothers(deed, facts, doer) else Over
    if deed in (Deed.ACCEPT, Deed.DECLINE):
        _check_asked(facts, doer)
    elif deed is Deed.WITHDRAW and not (doer.is_lead or facts.holder == doer.person):
        raise NotHeld
    elif deed in (Deed.APPROVE, Deed.REFUSE, Deed.UNDO) and not (doer.is_lead or _may_take_back(deed, facts, doer)):
        raise NeedsLead


def check_ahead(end: datetime, *, at: datetime, most: timedelta = CHANGED_AHEAD_FOR) -> None:
    """Raises TooFarAhead for what ends later than can be changed, or asked for, at an instant."""
    if end - at > most:
        raise TooFarAhead


def needs_approval(rule: str, *, by_lead: bool) -> bool:
    """Whether a change that was accepted waits for a lead; one whom a lead accepts has their word."""
    return rule == "lead" and not by_lead


def _is_anothers(deed: Deed, facts: Facts, doer: Doer) -> bool:
    is_taken = facts.state in (State.ACCEPTED, State.APPLIED)
    return deed in (Deed.ACCEPT, Deed.DECLINE) and is_taken and facts.taker != doer.person


def _check_asked(facts: Facts, doer: Doer) -> None:
    """Whoever was asked may answer; a lead may answer for somebody who was not."""
    if doer.person == facts.holder or not (doer.person in facts.asked or doer.is_lead):
        raise NotAsked


def _may_take_back(deed: Deed, facts: Facts, doer: Doer) -> bool:
    """Whoever was covered may take their duty back; a swap is two people's, so it takes a lead."""
    return deed is Deed.UNDO and facts.kind is Kind.COVER and facts.holder == doer.person
