"""Tells people of changes of the rota: each notice that a change left becomes one text, whichever process comes first.

One rule: who is to be told is decided with the change; here it is only said. Somebody our texts do not reach is passed
over, and reads it on the rota.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.clock import Clock
from oncall.db.claims import changed
from oncall.db.database import Database
from oncall.paging.changes.wording import say_of
from oncall.paging.outbox import About, Kind, Letter, ask
from oncall.paging.wording import language_of
from oncall.people.models import Practitioner, Team
from oncall.people.queries import teams
from oncall.people.reach import is_reachable_by_text
from oncall.rotas.changes.models import RotaChange, RotaNotice
from oncall.rotas.changes.settling.lapsing import drop_moot, expire

WORTH_SENDING_FOR = timedelta(hours=10)
"""A phone that was off hears of it later; the longest a text is kept on its way."""


def tell(session: Session, team: Team, *, at: datetime) -> int:
    """Texts whoever has not been told yet; gives how many texts."""
    untold = select(RotaNotice).where(RotaNotice.team_id == team.id, RotaNotice.told_at.is_(None))
    count = 0
    for notice in session.scalars(untold.order_by(RotaNotice.created_at, RotaNotice.id)).all():
        mine = update(RotaNotice).where(RotaNotice.id == notice.id, RotaNotice.told_at.is_(None))
        if changed(session, mine.values(told_at=at)):
            count += _tell(session, team, notice, at)
    return count


def see_to(database: Database, clock: Clock) -> None:
    """Settles what nobody took in time or nobody needs now, and tells of what a command or a load has changed."""
    with database.reading() as session:
        ids = [team.id for team in teams(session)]
    for team_id in ids:
        with database.transaction() as session:
            team, at = session.get_one(Team, team_id), clock.now()
            drop_moot(session, team, at=at)
            expire(session, team, at=at)
            tell(session, team, at=at)


def _tell(session: Session, team: Team, notice: RotaNotice, at: datetime) -> int:
    person = session.get_one(Practitioner, notice.practitioner_id)
    if not is_reachable_by_text(person):
        return 0
    change = session.get_one(RotaChange, notice.change_id)
    body = say_of(session, team, change, notice.sentence, language_of(person))
    letter = Letter(kind=Kind.ROTA_NOTICE, to=person.mobile or "", body=body)
    row = ask(session, letter, About(team_id=team.id, practitioner=person), at=at)
    row.valid_for_s = int(WORTH_SENDING_FOR.total_seconds())
    return 1
