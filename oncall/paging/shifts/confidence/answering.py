"""The answer to the question before a shift: a bare 1 or 2, and what was understood is said back.

One rule: a page comes first. While anything waits for somebody or is held by them, and where they were paged after the
question, 1 and 2 belong to the page; the question is then asked again, so that the next answer is to it.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.paging.changes import telling
from oncall.paging.models import Outgoing
from oncall.paging.outbox import PAGES
from oncall.paging.shifts.confidence.asking import what_of
from oncall.paging.shifts.notices import tell, tell_leads
from oncall.paging.shifts.working import worked_before
from oncall.people.models import Practitioner, Team
from oncall.rotas.changes.asking import Wanted, ask_cover
from oncall.rotas.changes.doing import Doing
from oncall.rotas.changes.policy import BadChange, NotHeld
from oncall.rotas.confidence.models import ShiftQuestion

YES, NO = "yes", "no"
PAGES_MATTER_FOR = timedelta(hours=12)


def answer_question(session: Session, team: Team, by: Practitioner, *, can: bool, at: datetime) -> bool:
    """Takes a bare answer for one to the question, if one stands; False if it is none. Nothing is open for `by`."""
    question = _standing(session, by, can=can, at=at)
    if question is None:
        return False
    if _was_paged_since(session, by, question, at=at):
        question.asked_at = at
        tell(session, team, by, "shift_question", what_of(team, question), at=at)
        return False
    unchanged = update(ShiftQuestion).where(ShiftQuestion.id == question.id)
    before = ShiftQuestion.answer.is_(None) if question.answer is None else ShiftQuestion.answer == question.answer
    if changed(session, unchanged.where(before).values(answer=YES if can else NO, answered_at=at)):
        tell(session, team, by, "shift_yes" if can else "shift_no", what_of(team, question), at=at)
        if not can:
            _seek_cover(session, team, by, question, at=at)
    return True


def _standing(session: Session, by: Practitioner, *, can: bool, at: datetime) -> ShiftQuestion | None:
    """The next shift that is asked after and not answered, or was answered yes and now is no."""
    is_open = ShiftQuestion.answer.is_(None)
    mine = select(ShiftQuestion).where(ShiftQuestion.practitioner_id == by.id, ShiftQuestion.from_at > at)
    wanted = mine.where(is_open if can else is_open | (ShiftQuestion.answer == YES))
    ordered = wanted.order_by(is_open.desc(), ShiftQuestion.from_at, ShiftQuestion.id)
    return session.scalars(ordered.limit(1)).first()


def _was_paged_since(session: Session, by: Practitioner, question: ShiftQuestion, *, at: datetime) -> bool:
    pages = select(func.max(Outgoing.created_at)).where(
        Outgoing.practitioner_id == by.id,
        Outgoing.kind.in_(PAGES),
        Outgoing.state != "cancelled",
        Outgoing.created_at > max(question.asked_at, at - PAGES_MATTER_FOR),
    )
    return session.scalar(pages) is not None


def _seek_cover(session: Session, team: Team, by: Practitioner, question: ShiftQuestion, *, at: datetime) -> None:
    tell_leads(session, team, "shift_cannot", what_of(team, question, by.name), at=at)
    wanted = Wanted(start=question.from_at, end=question.to_at, tier=question.tier)
    doing = Doing(by=by, person=by, at=at, worked=worked_before(session, team, at=at))
    try:
        ask_cover(session, team, wanted, doing)
    except (NotHeld, BadChange):  # the rota has changed since; the leads know
        return
    telling.tell(session, team, at=at)
