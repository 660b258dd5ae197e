"""The question a day before a shift, whether its holder still can; leads hear of one that nobody answered.

One rule: a shift is asked after once, whichever process comes first; four hours before it, it is too late to ask.
A team that has just been set up is not asked of shifts whose day before began without it.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed, insert_once
from oncall.paging.shifts.notices import Values, tell, tell_leads
from oncall.paging.shifts.wording import stretch
from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioner_by_slug
from oncall.rotas.confidence.models import ShiftQuestion
from oncall.rotas.confidence.turns import Turn, confidence_of, turns_between

ASKED_BEFORE = timedelta(hours=24)
LEADS_TOLD_BEFORE = timedelta(hours=4)
LONGEST_SHIFT = timedelta(days=7)
"""A longer turn is asked after as if it ended here."""


def see_to_questions(session: Session, team: Team, *, at: datetime) -> None:
    """Asks of the shifts of the next day, and tells leads of what was not answered."""
    if confidence_of(session, team).ask == "off":
        return
    turns = turns_between(session, team, start=at, end=at + ASKED_BEFORE + LONGEST_SHIFT)
    for turn in (one for one in turns if one.start - ASKED_BEFORE >= team.created_at):
        if turn.start <= at + ASKED_BEFORE and (person := practitioner_by_slug(session, team=team, slug=turn.person)):
            if turn.start > at + LEADS_TOLD_BEFORE:
                _ask(session, team, turn, person, at=at)
            else:
                _tell_if_unanswered(session, team, turn, person, at=at)


def what_of(team: Team, question: ShiftQuestion, name: str = "") -> Values:
    """The shift asked after, as it is said."""
    return lambda language: {
        "name": name,
        "what": stretch(language, team, question.tier, question.from_at, question.to_at),
    }


def _ask(session: Session, team: Team, turn: Turn, person: Practitioner, *, at: datetime) -> None:
    is_new = insert_once(
        session,
        ShiftQuestion,
        team_id=team.id,
        practitioner_id=person.id,
        tier=turn.tier,
        from_at=turn.start,
        to_at=turn.end,
        asked_at=at,
    )
    if is_new and (question := _question(session, turn, person)) is not None:
        tell(session, team, person, "shift_question", what_of(team, question), at=at)


def _tell_if_unanswered(session: Session, team: Team, turn: Turn, person: Practitioner, *, at: datetime) -> None:
    question = _question(session, turn, person)
    if question is None or question.answer is not None or question.leads_told_at is not None:
        return
    mine = update(ShiftQuestion).where(ShiftQuestion.id == question.id, ShiftQuestion.leads_told_at.is_(None))
    if changed(session, mine.where(ShiftQuestion.answer.is_(None)).values(leads_told_at=at)):
        tell_leads(session, team, "shift_unanswered", what_of(team, question, person.name), at=at)


def _question(session: Session, turn: Turn, person: Practitioner) -> ShiftQuestion | None:
    found = select(ShiftQuestion).where(
        ShiftQuestion.practitioner_id == person.id,
        ShiftQuestion.tier == turn.tier,
        ShiftQuestion.from_at == turn.start,
    )
    return session.scalars(found.execution_options(populate_existing=True)).first()
