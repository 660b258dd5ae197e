"""Bringing somebody into a call that goes on, and leaving it to others: asked by key, or from elsewhere than a phone.

Who does either must be on the call; the caller is never left with nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.calls.line.phones import BRING, LEFT, move, place_ring
from oncall.calls.line.scene import Line, find, legs_of, live_call
from oncall.calls.models import Leg
from oncall.errors import Conflict, Unusable
from oncall.incidents.actions import record
from oncall.incidents.models import Incident
from oncall.paging.cover import cover
from oncall.paging.policy import Reach
from oncall.people.models import LEAD_ROLES, Practitioner


class NotOnTheCall(Conflict):
    """This practitioner is not on a call with the caller just now."""


class NobodyToBring(Conflict):
    """Nobody of those asked for can be rung just now."""


class NobodyElse(Conflict):
    """They are the only one with the caller: somebody must stay, or hang up and be rung again."""


class NoSuchTier(Unusable):
    """The team's rota has no tier of that name."""


def backups(line: Line) -> list[Practitioner]:
    """Whoever holds a tier now and can be rung, in the order of the tiers."""
    return _reachable(line, [reach for reach in _tiers(line).values() if reach])


def leads(line: Line, *, role: str | None = None) -> list[Practitioner]:
    """The leads who can be rung now: all, or those of one role."""
    found = _reachable(line, cover(line.session, line.team, at=line.at, incident=line.incident).leads)
    return [one for one in found if role is None or one.role == role]


def of_tier(line: Line, tier: str) -> list[Practitioner]:
    """Who holds this tier now, if they can be rung. Raises NoSuchTier."""
    tiers = _tiers(line)
    if tier not in tiers:
        raise NoSuchTier
    reach = tiers[tier]
    return _reachable(line, [reach] if reach else [])


def _tiers(line: Line) -> dict[str, Reach | None]:
    return dict(cover(line.session, line.team, at=line.at, incident=line.incident).tiers)


def _reachable(line: Line, reaches: Iterable[Reach]) -> list[Practitioner]:
    there = {str(leg.practitioner_id) for leg in legs_of(line)}
    free = [r for r in reaches if r.by_call and not r.on_leave and not r.on_call_with_us and r.person not in there]
    return [line.practitioner(reach.person) for reach in free]


def bring_in(line: Line, to: Practitioner, *, by: Practitioner) -> None:
    """Rings somebody so that they join those who talk."""
    place_ring(line, to, purpose=BRING)
    said = f"{by.name} asks {to.name} to join the call."
    record(line.session, line.incident, at=line.at, kind="brings_in", by=by.slug, detail=said)


def others_talk(line: Line, by: Practitioner) -> bool:
    """Whether somebody is with the caller besides this one."""
    return bool(line.state.joined - {str(by.id)})


def absent_name(line: Line) -> str | None:
    """Who was asked in last and has not come."""
    asked = select(Leg).where(Leg.call_id == line.call.id, Leg.purpose == BRING, Leg.joined_at.is_(None))
    last = line.session.scalars(asked.where(Leg.ended_at.is_not(None)).order_by(Leg.ended_at.desc())).first()
    return line.practitioner(str(last.practitioner_id)).name if last is not None else None


@dataclass(frozen=True)
class Wish:
    """Whom to bring in: who holds this tier now, or else a lead, of this role if it is one of theirs."""

    tier: str | None = None
    role: str | None = None


def ask_in(session: Session, incident: Incident, wish: Wish, *, by: Practitioner, at: datetime) -> Practitioner:
    """Rings somebody to join the call `by` is on.

    Raises NotOnTheCall, NobodyToBring, NoSuchTier.
    """
    line, _ = _on_the_call(session, incident, by, at=at)
    role = wish.role if wish.role in LEAD_ROLES else None
    found = of_tier(line, wish.tier) if wish.tier is not None else leads(line, role=role)
    if not found:
        raise NobodyToBring
    bring_in(line, found[0], by=by)
    return found[0]


def leave(session: Session, incident: Incident, *, by: Practitioner, at: datetime) -> None:
    """`by` leaves the others talking: they hear so and their call ends. Raises NotOnTheCall, NobodyElse."""
    line, leg = _on_the_call(session, incident, by, at=at)
    if not others_talk(line, by):
        raise NobodyElse
    move(line, leg, why=LEFT)
    record(session, incident, at=at, kind="left", by=by.slug, detail=f"{by.name} leaves the others talking.")


def _on_the_call(session: Session, incident: Incident, by: Practitioner, *, at: datetime) -> tuple[Line, Leg]:
    call = live_call(session, incident)
    line = find(session, call.id, at=at) if call is not None else None
    if line is None or not line.is_caller_there or str(by.id) not in line.state.joined:
        raise NotOnTheCall
    leg = next((one for one in legs_of(line, person=str(by.id)) if one.joined_at is not None), None)
    if leg is None:
        raise NotOnTheCall
    return line, leg
