"""How a change of the rota is said: stretches by the team's clock, people by name, in the reader's language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.paging.changes.wording.english import ENGLISH
from oncall.paging.changes.wording.welsh import WELSH
from oncall.people.models import Practitioner, Team
from oncall.rotas.changes.models import RotaChange
from oncall.telephony.twiml import Language

SENTENCES: dict[Language, dict[str, str]] = {"en": ENGLISH, "cy": WELSH}


def say(language: Language, sentence: str, /, **values: object) -> str:
    """The sentence of that name, with `values` in their places."""
    return SENTENCES[language][sentence].format(**values)


def say_of(session: Session, team: Team, change: RotaChange, sentence: str, language: Language) -> str:
    """The sentence of that name, about a change."""
    return say(
        language,
        sentence,
        code=change.code,
        holder=_name(session, change.holder_id),
        taker=_name(session, change.taker_id),
        what=_stretch(language, team, change.tier, change.from_at, change.to_at),
        other=_stretch(language, team, change.return_tier, change.return_from_at, change.return_to_at),
    )


def _name(session: Session, practitioner_id: object) -> str:
    return session.get_one(Practitioner, practitioner_id).name if practitioner_id else ""


def _stretch(language: Language, team: Team, tier: str | None, start: datetime | None, end: datetime | None) -> str:
    if tier is None or start is None or end is None:
        return ""
    zone = ZoneInfo(team.time_zone)
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    until = f"{ends:%H:%M}" if ends.date() == begins.date() else _moment(language, ends)
    return say(language, "span", tier=tier, start=_moment(language, begins), end=until)


def _moment(language: Language, local: datetime) -> str:
    day, month = (SENTENCES[language][words].split() for words in ("days", "months"))
    return f"{day[local.weekday()]} {local.day} {month[local.month - 1]} {local:%H:%M}"
