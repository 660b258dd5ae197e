"""A practitioner's text about a change of the rota: they take it, cannot, or, as a lead, agree to it.

One rule: whatever was not done is answered with the reason. What was done is told to everybody it concerns.
"""

from oncall.errors import OnCallError
from oncall.paging.changes.telling import tell
from oncall.paging.changes.wording import say, say_of
from oncall.paging.notices import answer_staff
from oncall.paging.shifts.working import worked_before
from oncall.paging.wording import language_of
from oncall.rotas.changes.answering import accept, approve, decline
from oncall.rotas.changes.doing import Doing, named
from oncall.rotas.changes.laying.weighing import CannotBePaged, WouldBreak
from oncall.rotas.changes.policy import ChangeRefused, NoSuchChange
from oncall.texts.choosing import Desk
from oncall.texts.flow import RotaAnswer, Say

DEEDS = {Say.ACCEPT: accept, Say.DECLINE: decline, Say.APPROVE: approve}


def answer_change(desk: Desk, answer: RotaAnswer) -> None:
    """Does it and has it told, or says why not."""
    worked = worked_before(desk.session, desk.team, at=desk.at)
    doing = Doing(by=desk.by, person=desk.by, at=desk.at, worked=worked)
    try:
        DEEDS[answer.says](desk.session, desk.team, answer.code, doing)
        tell(desk.session, desk.team, at=desk.at)
    except (ChangeRefused, NoSuchChange) as refused:
        answer_staff(desk.session, desk.team, desk.by, _why(desk, answer, refused), at=desk.at)


def _why(desk: Desk, answer: RotaAnswer, refused: OnCallError) -> str:
    language = language_of(desk.by)
    match refused:
        case NoSuchChange():
            return say(language, refused.sentence, code=answer.code)
        case WouldBreak() | CannotBePaged():
            told = dict.fromkeys(say(language, f"reason_{kind}") for kind in refused.kinds)
            return say(language, refused.sentence, reasons=", ".join(told))
        case ChangeRefused():
            change = named(desk.session, desk.team, answer.code)
            return say_of(desk.session, desk.team, change, refused.sentence, language)
    raise AssertionError(refused)
