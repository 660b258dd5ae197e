"""What becomes of a change that was asked for: accepted, declined, withdrawn, approved, undone.

One rule: accepting is one guarded step, so two can never both have it; what it lays is weighed as the rota is then.
"""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.people.models import Practitioner, Team
from oncall.people.teamfile.stored import changes_from_json
from oncall.rotas import queries
from oncall.rotas.changes.asking import leads_of
from oncall.rotas.changes.doing import Doing, check, hold, log, move, named, notify
from oncall.rotas.changes.laying.pieces import check_held, lay, pieces_of, stretches_of, take_off
from oncall.rotas.changes.laying.weighing import refuse_if_broken, refuse_if_not_undoable
from oncall.rotas.changes.models import RotaAsk, RotaChange
from oncall.rotas.changes.policy import Deed, Kind, Over, State, TakenByOther, needs_approval

UNDONE = {Kind.COVER: "undone", Kind.SWAP: "undone_swap", Kind.OVERRIDE: "undone_given"}


def accept(session: Session, team: Team, code: str, doing: Doing) -> RotaChange:
    """The person takes it, at once or once a lead agrees. Raises NoSuchChange, ChangeRefused."""
    hold(session, team)
    change = named(session, team, code)
    check(session, change, Deed.ACCEPT, doing)
    _check_still_theirs(session, team, change, doing.person, at=doing.at)
    pieces = pieces_of(session, change, doing.person, at=doing.at)
    refuse_if_broken(session, team, pieces, doing)
    waits = needs_approval(_rule(session, team), by_lead=doing.is_by_lead)
    to = State.ACCEPTED if waits else State.APPLIED
    if not move(session, change, Deed.ACCEPT, to, at=doing.at, taker_id=doing.person.id):
        raise TakenByOther
    log(session, change, Deed.ACCEPT, doing, at=doing.at)
    if waits:
        wanted = "lead_wanted_swap" if change.kind == Kind.SWAP else "lead_wanted"
        notify(session, change, wanted, leads_of(session, team), at=doing.at)
        notify(session, change, "waits_for_lead", [doing.person.id], at=doing.at)
    else:
        lay(session, team, change, pieces, at=doing.at, why=doing.why)
        _tell_both(session, change, at=doing.at)
    return change


def approve(session: Session, team: Team, code: str, doing: Doing) -> RotaChange:
    """A lead agrees to what colleagues agreed on. Raises NoSuchChange, ChangeRefused."""
    hold(session, team)
    change = named(session, team, code)
    check(session, change, Deed.APPROVE, doing)
    taker = session.get_one(Practitioner, change.taker_id)
    _check_still_theirs(session, team, change, taker, at=doing.at)
    pieces = pieces_of(session, change, taker, at=doing.at)
    refuse_if_broken(session, team, pieces, doing)
    if not move(session, change, Deed.APPROVE, State.APPLIED, at=doing.at):
        raise Over
    lay(session, team, change, pieces, at=doing.at, why=doing.why)
    log(session, change, Deed.APPROVE, doing, at=doing.at)
    _tell_both(session, change, at=doing.at)
    return change


def decline(session: Session, team: Team, code: str, doing: Doing) -> RotaChange:
    """Somebody who was asked says no; a lead says no to what waits for one. Raises NoSuchChange, ChangeRefused."""
    hold(session, team)
    change = named(session, team, code)
    if change.state == State.ACCEPTED and doing.is_by_lead:
        return _refuse(session, change, doing)
    check(session, change, Deed.DECLINE, doing)
    asked = update(RotaAsk).where(RotaAsk.change_id == change.id, RotaAsk.practitioner_id == doing.person.id)
    if changed(session, asked.where(RotaAsk.declined_at.is_(None)).values(declined_at=doing.at)):
        log(session, change, Deed.DECLINE, doing, at=doing.at)
    notify(session, change, "declined_thanks", [doing.person.id], at=doing.at)
    left = select(func.count()).where(RotaAsk.change_id == change.id, RotaAsk.declined_at.is_(None))
    if not session.scalar(left) and move(session, change, Deed.DECLINE, State.DECLINED, at=doing.at):
        notify(session, change, "nobody_can", [change.holder_id], at=doing.at)
        notify(session, change, "lead_nobody_can", leads_of(session, team), at=doing.at)
    return change


def withdraw(session: Session, team: Team, code: str, doing: Doing) -> RotaChange:
    """It is no longer wanted. Raises NoSuchChange, ChangeRefused."""
    hold(session, team)
    change = named(session, team, code)
    check(session, change, Deed.WITHDRAW, doing)
    give_up(session, change, doing, at=doing.at)
    return change


def give_up(session: Session, change: RotaChange, doing: Doing | None, *, at: datetime) -> None:
    """Nobody needs to take it any more; without a `doing`, by the service. Raises Over."""
    if not move(session, change, Deed.WITHDRAW, State.WITHDRAWN, at=at):
        raise Over
    log(session, change, Deed.WITHDRAW, doing, at=at)
    notify(session, change, "withdrawn", still_asked(session, change), at=at)


def undo(session: Session, team: Team, code: str, doing: Doing) -> RotaChange:
    """Takes what was laid and is not past off again. Raises NoSuchChange, ChangeRefused."""
    hold(session, team)
    change = named(session, team, code)
    check(session, change, Deed.UNDO, doing)
    places = stretches_of(change, at=doing.at)
    if len(places) < (1 if change.return_tier is None else 2):
        raise Over("That is past, or partly so: what was worked stays as it was.")
    refuse_if_not_undoable(session, team, change.id, places, doing)
    if not move(session, change, Deed.UNDO, State.UNDONE, at=doing.at):
        raise Over
    take_off(session, change.id, at=doing.at)
    log(session, change, Deed.UNDO, doing, at=doing.at)
    notify(session, change, UNDONE[Kind(change.kind)], [change.taker_id, change.holder_id], at=doing.at)
    return change


def _refuse(session: Session, change: RotaChange, doing: Doing) -> RotaChange:
    check(session, change, Deed.REFUSE, doing)
    if not move(session, change, Deed.REFUSE, State.REFUSED, at=doing.at):
        raise Over
    log(session, change, Deed.REFUSE, doing, at=doing.at)
    notify(session, change, "lead_refused", [change.taker_id, change.holder_id], at=doing.at)
    return change


def _check_still_theirs(session: Session, team: Team, change: RotaChange, taker: Practitioner, *, at: datetime) -> None:
    """The rota may have changed since it was asked."""
    stretches = stretches_of(change, at=at)
    if not stretches or at >= change.due_at:
        raise Over
    holder = session.get_one(Practitioner, change.holder_id)
    for person, stretch in zip((holder, taker), stretches, strict=False):
        check_held(session, team, person, stretch)


def _rule(session: Session, team: Team) -> str:
    newest = queries.newest(session, team_id=team.id)
    return changes_from_json(json.loads(newest.document)).approve if newest else "none"


def _tell_both(session: Session, change: RotaChange, *, at: datetime) -> None:
    is_swap = change.kind == Kind.SWAP
    notify(session, change, "swapped_taker" if is_swap else "covered_taker", [change.taker_id], at=at)
    notify(session, change, "swapped_holder" if is_swap else "covered_holder", [change.holder_id], at=at)


def still_asked(session: Session, change: RotaChange) -> list[UUID]:
    """Whoever was asked and has not said no."""
    asked = select(RotaAsk.practitioner_id).where(RotaAsk.change_id == change.id, RotaAsk.declined_at.is_(None))
    return list(session.scalars(asked))
