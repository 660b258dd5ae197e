"""What somebody who asks by text is told of the rota: who is on now, and when they are next on themselves."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from oncall.paging.notices import answer_staff
from oncall.paging.shifts.wording import moment, say, stretch
from oncall.paging.wording import language_of
from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioners
from oncall.rotas import answers
from oncall.rotas.changes.laying.pieces import held

LOOKS_AHEAD_FOR = timedelta(weeks=8)
MOST_SHIFTS = 3


def say_who(session: Session, team: Team, to: Practitioner, *, at: datetime) -> None:
    """Texts who is on each tier now, and until when."""
    language = language_of(to)
    names = {one.slug: one.name for one in practitioners(session, team=team)}
    said = []
    for tier, holding in answers.who(session, team, at=at).items():
        if holding is None:
            said.append(say(language, "who_nobody", tier=tier))
        elif holding.until is None:
            said.append(say(language, "who_on", tier=tier, name=names.get(holding.person, holding.person)))
        else:
            until = moment(language, team, holding.until)
            name = names.get(holding.person, holding.person)
            said.append(say(language, "who_until", tier=tier, name=name, until=until))
    body = say(language, "who", said="; ".join(said)) if said else say(language, "who_no_rota")
    answer_staff(session, team, to, body, at=at)


def say_rota(session: Session, team: Team, to: Practitioner, *, at: datetime) -> None:
    """Texts somebody their own next shifts, one that goes on now among them."""
    language = language_of(to)
    own = held(session, team, to, start=at, end=at + LOOKS_AHEAD_FOR)
    soonest = sorted(own, key=lambda one: (one.start, one.tier))[:MOST_SHIFTS]
    said = [
        say(language, "rota_now", tier=one.tier, until=moment(language, team, one.end))
        if one.start <= at
        else stretch(language, team, one.tier, one.start, one.end)
        for one in soonest
    ]
    body = say(language, "rota", said="; ".join(said)) if said else say(language, "rota_nothing")
    answer_staff(session, team, to, body, at=at)
