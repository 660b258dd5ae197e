"""What a change of the rota is made of: stretches of a tier, laid as overrides and taken off again.

One rule: nothing that is past is touched; what a change laid names the change, and a load of the team's file keeps it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.people.models import Practitioner, Team
from oncall.rotas import answers
from oncall.rotas.changes.models import RotaChange
from oncall.rotas.changes.policy import NotHeld
from oncall.rotas.models import RotaOverride
from rota.spans import Span, join


@dataclass(frozen=True)
class Stretch:
    """A stretch of a tier."""

    tier: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Piece:
    """A stretch of a tier and who is to have it."""

    tier: str
    person: Practitioner
    start: datetime
    end: datetime


def held(session: Session, team: Team, person: Practitioner, *, start: datetime, end: datetime) -> list[Stretch]:
    """What somebody holds in `[start, end)`, whatever the reason, by tier."""
    found = []
    for tier, shifts in answers.show(session, team, start=start, end=end).items():
        theirs = join(Span(one.start, one.end, None) for one in shifts if one.person == person.slug)
        found += [Stretch(tier, span.start, span.end) for span in theirs]
    return found


def check_held(session: Session, team: Team, person: Practitioner, stretch: Stretch) -> None:
    """Raises NotHeld unless somebody holds all of a stretch."""
    if stretch not in held(session, team, person, start=stretch.start, end=stretch.end):
        raise NotHeld(f"{person.slug} does not hold all of that time on {stretch.tier}.")


def stretches_of(change: RotaChange, *, at: datetime) -> list[Stretch]:
    """The stretches of a change that are not past, from now on: the holder's, then what they take in return."""
    own = Stretch(change.tier, max(change.from_at, at), change.to_at)
    both = [own]
    if change.return_tier and change.return_from_at and change.return_to_at:
        both.append(Stretch(change.return_tier, max(change.return_from_at, at), change.return_to_at))
    return [stretch for stretch in both if stretch.start < stretch.end]


def pieces_of(session: Session, change: RotaChange, taker: Practitioner, *, at: datetime) -> list[Piece]:
    """Who has what once it is accepted."""
    own = Piece(change.tier, taker, max(change.from_at, at), change.to_at)
    if change.return_tier is None or change.return_from_at is None or change.return_to_at is None:
        return [own]
    holder = session.get_one(Practitioner, change.holder_id)
    return [own, Piece(change.return_tier, holder, max(change.return_from_at, at), change.return_to_at)]


def lay(
    session: Session, team: Team, change: RotaChange, pieces: Sequence[Piece], *, at: datetime, why: str | None = None
) -> None:
    """Puts the pieces of a change over the rota."""
    last = select(func.max(RotaOverride.position)).where(RotaOverride.team_id == team.id)
    position = session.scalar(last)
    for number, piece in enumerate(pieces, start=0 if position is None else position + 1):
        session.add(
            RotaOverride(
                team_id=team.id,
                tier=piece.tier,
                practitioner_id=piece.person.id,
                from_at=piece.start,
                to_at=piece.end,
                written={"from": _written(team, piece.start), "to": _written(team, piece.end)},
                why=why,
                position=number,
                created_at=at,
                change_id=change.id,
            )
        )
    session.flush()


def take_off(session: Session, change_id: UUID, *, at: datetime) -> int:
    """Takes what a change laid and is not past off the rota; gives how many pieces."""
    standing = update(RotaOverride).where(RotaOverride.change_id == change_id, RotaOverride.removed_at.is_(None))
    return changed(session, standing.where(RotaOverride.to_at > at).values(removed_at=at))


def _written(team: Team, at: datetime) -> str:
    """As a team file has it: by the team's clock, with its offset."""
    return at.astimezone(ZoneInfo(team.time_zone)).isoformat(timespec="seconds")
