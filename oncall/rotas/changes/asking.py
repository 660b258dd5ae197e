"""Asking for a change of the rota: cover for one's duty, a swap; or giving an override at once.

One rule: only time to come is changed, and only what the one who asks really holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from oncall.people.models import LEAD_ROLES, Practitioner, Team
from oncall.people.queries import practitioners
from oncall.people.reach import is_reachable_by_text
from oncall.rotas import answers, queries
from oncall.rotas.changes.doing import Doing, begin, hold, log, notify
from oncall.rotas.changes.laying.pieces import Piece, Stretch, check_held, held, lay
from oncall.rotas.changes.laying.weighing import refuse_if_broken
from oncall.rotas.changes.models import RotaAsk, RotaChange
from oncall.rotas.changes.policy import (
    ASKED_AHEAD_FOR,
    BadChange,
    Deed,
    Kind,
    NeedsLead,
    NotHeld,
    State,
    check_ahead,
)
from oncall.rotas.models import Leave
from oncall.rotas.written import layers_in


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The span somebody wants covered, of a tier or of all they hold, and who is asked; nobody named: everyone."""

    start: datetime
    end: datetime
    tier: str | None = None
    of: Sequence[Practitioner] = ()


def give_override(session: Session, team: Team, stretch: Stretch, doing: Doing) -> RotaChange:
    """Puts a person on a tier at once. Raises NeedsLead, BadChange, TooFarAhead, WouldBreak, CannotBePaged."""
    hold(session, team)
    if not doing.is_by_lead:
        raise NeedsLead
    start = max(stretch.start, doing.at)
    newest = queries.newest(session, team_id=team.id)
    if start >= stretch.end or newest is None or stretch.tier not in layers_in(newest.document):
        raise BadChange
    check_ahead(stretch.end, at=doing.at)
    piece = Piece(stretch.tier, doing.person, start, stretch.end)
    refuse_if_broken(session, team, [piece], doing)
    before = _who_held(session, team, piece)
    change = _begin(session, team, Kind.OVERRIDE, Stretch(piece.tier, start, piece.end), at=doing.at)
    change.state, change.taker_id = State.APPLIED, doing.person.id
    lay(session, team, change, [piece], at=doing.at, why=doing.why)
    log(session, change, Deed.GIVE, doing, at=doing.at)
    notify(session, change, "given_to", [doing.person.id], at=doing.at)
    notify(session, change, "given_off", [one.id for one in before if one.id != doing.person.id], at=doing.at)
    return change


def ask_cover(session: Session, team: Team, wanted: Wanted, doing: Doing) -> list[RotaChange]:
    """Asks for each stretch that the person holds in a span to be covered. Raises NotHeld, BadChange, TooFarAhead."""
    hold(session, team)
    start = max(wanted.start, doing.at)
    if start >= wanted.end or doing.person in wanted.of:
        raise BadChange
    check_ahead(wanted.end, at=doing.at, most=ASKED_AHEAD_FOR)
    theirs = held(session, team, doing.person, start=start, end=wanted.end)
    theirs = [stretch for stretch in theirs if wanted.tier in (None, stretch.tier)]
    if not theirs:
        raise NotHeld(f"{doing.person.slug} holds nothing of that time.")
    return [_ask(session, team, stretch, wanted.of, doing) for stretch in theirs]


def ask_swap(
    session: Session, team: Team, own: Stretch, other: Stretch, colleague: Practitioner, doing: Doing
) -> RotaChange:
    """Asks a colleague to take `own` for `other` of theirs. Raises NotHeld, BadChange, TooFarAhead."""
    hold(session, team)
    if colleague.id == doing.person.id or min(own.start, other.start) < doing.at or not _is_apart(own, other):
        raise BadChange
    check_ahead(max(own.end, other.end), at=doing.at)
    check_held(session, team, doing.person, own)
    check_held(session, team, colleague, other)
    change = _begin(session, team, Kind.SWAP, own, at=doing.at)
    change.holder_id, change.due_at = doing.person.id, min(own.start, other.start)
    change.return_tier, change.return_from_at, change.return_to_at = other.tier, other.start, other.end
    _ask_people(session, change, [colleague])
    log(session, change, Deed.ASK, doing, at=doing.at)
    notify(session, change, "asked_swap", [colleague.id], at=doing.at)
    return change


def open_for_leave(
    session: Session, team: Team, leave: Leave, *, at: datetime, within: RotaChange | None = None
) -> list[RotaChange]:
    """Asks everyone to cover each shift that leave touches, a year ahead; what is asked already is not asked again.

    `within`: only what lies in the time of that change.
    """
    person = session.get_one(Practitioner, leave.practitioner_id)
    start, end = max(leave.from_at, at), min(leave.to_at, at + ASKED_AHEAD_FOR)
    if within is not None:
        start, end = max(start, within.from_at), min(end, within.to_at)
    if start >= end:
        return []
    theirs = held(session, team, person, start=start, end=end)
    new = [stretch for stretch in theirs if not _is_asked(session, person, stretch)]
    return [_ask_for_leave(session, team, stretch, person, leave.id, at) for stretch in new]


def _is_asked(session: Session, person: Practitioner, stretch: Stretch) -> bool:
    """Whether colleagues are asked to cover all of it, and it is not settled."""
    asked = exists().where(
        RotaChange.holder_id == person.id,
        RotaChange.kind == Kind.COVER,
        RotaChange.state.in_((State.OPEN, State.ACCEPTED)),
        RotaChange.tier == stretch.tier,
        RotaChange.from_at <= stretch.start,
        RotaChange.to_at >= stretch.end,
    )
    return bool(session.scalar(select(asked)))


def _ask(session: Session, team: Team, stretch: Stretch, of: Sequence[Practitioner], doing: Doing) -> RotaChange:
    change = _begin(session, team, Kind.COVER, stretch, at=doing.at)
    change.holder_id = doing.person.id
    asked = of or candidates(session, team, stretch, doing.person)
    _ask_people(session, change, asked)
    log(session, change, Deed.ASK, doing, at=doing.at)
    notify(session, change, "asked_cover", [one.id for one in asked], at=doing.at)
    _tell_if_nobody(session, team, change, asked, at=doing.at)
    return change


def _ask_for_leave(
    session: Session, team: Team, stretch: Stretch, person: Practitioner, leave_id: UUID, at: datetime
) -> RotaChange:
    change = _begin(session, team, Kind.COVER, stretch, at=at)
    change.holder_id, change.leave_id = person.id, leave_id
    asked = candidates(session, team, stretch, person)
    _ask_people(session, change, asked)
    log(session, change, Deed.ASK, None, at=at)
    notify(session, change, "asked_away", [one.id for one in asked], at=at)
    _tell_if_nobody(session, team, change, asked, at=at)
    return change


def candidates(session: Session, team: Team, stretch: Stretch, person: Practitioner) -> list[Practitioner]:
    """Whom "everyone" is: who stands in the tier's layers, or else all staff; not away, not on, and reached by text."""
    newest = queries.newest(session, team_id=team.id)
    layers = layers_in(newest.document).get(stretch.tier, ()) if newest else ()
    wont = {one.person for one in queries.leave_between(session, team_id=team.id, start=stretch.start, end=stretch.end)}
    for shifts in answers.show(session, team, start=stretch.start, end=stretch.end).values():
        wont |= {shift.person for shift in shifts if shift.person}
    free = [
        one
        for one in practitioners(session, team=team)
        if one.slug not in wont and one.id != person.id and is_reachable_by_text(one)
    ]
    turned = {slug for layer in layers for slug in layer.people}
    return [one for one in free if one.slug in turned] or free


def _begin(session: Session, team: Team, kind: Kind, stretch: Stretch, *, at: datetime) -> RotaChange:
    return begin(
        session,
        team,
        kind=kind,
        state=State.OPEN,
        tier=stretch.tier,
        from_at=stretch.start,
        to_at=stretch.end,
        created_at=at,
        due_at=stretch.start if stretch.start > at else stretch.end,
    )


def _ask_people(session: Session, change: RotaChange, people: Sequence[Practitioner]) -> None:
    session.add_all(RotaAsk(team_id=change.team_id, change_id=change.id, practitioner_id=one.id) for one in people)
    session.flush()


def _tell_if_nobody(
    session: Session, team: Team, change: RotaChange, asked: Sequence[Practitioner], *, at: datetime
) -> None:
    if not asked:
        notify(session, change, "lead_nobody_to_ask", leads_of(session, team), at=at)


def leads_of(session: Session, team: Team) -> list[UUID]:
    """The team's leads."""
    return [one.id for one in practitioners(session, team=team) if one.role in LEAD_ROLES]


def _who_held(session: Session, team: Team, piece: Piece) -> list[Practitioner]:
    """Who holds any of a piece as things stand."""
    shifts = answers.show(session, team, start=piece.start, end=piece.end).get(piece.tier, ())
    slugs = {shift.person for shift in shifts}
    return [one for one in practitioners(session, team=team) if one.slug in slugs]


def _is_apart(one: Stretch, other: Stretch) -> bool:
    return one.tier != other.tier or one.end <= other.start or other.end <= one.start
