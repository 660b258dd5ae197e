"""How shifts are spoken of by text and on the phone: stretches by the team's clock, in the reader's language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from oncall.paging.changes.wording import say as say_of_changes
from oncall.paging.shifts.wording.english import ENGLISH
from oncall.paging.shifts.wording.welsh import WELSH
from oncall.people.models import Team
from oncall.telephony.twiml import Language

SENTENCES: dict[Language, dict[str, str]] = {"en": ENGLISH, "cy": WELSH}


def say(language: Language, sentence: str, /, **values: object) -> str:
    """The sentence of that name, with `values` in their places."""
    return SENTENCES[language][sentence].format(**values)


def moment(language: Language, team: Team, at: datetime) -> str:
    """An instant by the team's clock: `Fri 14 Mar 19:00`."""
    local = at.astimezone(ZoneInfo(team.time_zone))
    day, month = (say_of_changes(language, words).split() for words in ("days", "months"))
    return f"{day[local.weekday()]} {local.day} {month[local.month - 1]} {local:%H:%M}"


def stretch(language: Language, team: Team, tier: str, start: datetime, end: datetime) -> str:
    """A shift: `duty Fri 14 Mar 19:00 to Sat 15 Mar 07:00`."""
    said = {"start": moment(language, team, start), "end": moment(language, team, end)}
    return say_of_changes(language, "span", tier=tier, **said)
