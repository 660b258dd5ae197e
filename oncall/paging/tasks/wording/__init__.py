"""How tasks are said on a phone: their neutral titles with their times by the team's clocks, a few at most."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from oncall.incidents.tasks.models import Task
from oncall.paging.tasks.wording.english import ENGLISH
from oncall.paging.tasks.wording.welsh import WELSH
from oncall.people.models import Team
from oncall.telephony.twiml import Language

SENTENCES: dict[Language, dict[str, str]] = {"en": ENGLISH, "cy": WELSH}
AT_MOST = 2
"""So many tasks are named in one text; of the others it says how many there are."""


def say(language: Language, sentence: str, /, **values: object) -> str:
    """The sentence of that name, with `values` in their places."""
    return SENTENCES[language][sentence].format(**values)


def listed(language: Language, team: Team, tasks: Iterable[Task]) -> str:
    """The tasks by title and time, each title once, the earliest first."""
    first: dict[str, Task] = {}
    for task in sorted(tasks, key=lambda task: (task.due_at, task.id)):
        first.setdefault(task.asked["title"][language], task)
    named = [
        say(language, "one", title=title, time=_moment(language, team, task.due_at))
        for title, task in list(first.items())[:AT_MOST]
    ]
    more = len(first) - len(named)
    return "; ".join([*named, *([say(language, "more", count=more)] if more else [])])


def _moment(language: Language, team: Team, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(team.time_zone))
    return f"{SENTENCES[language]['days'].split()[local.weekday()]} {local:%H:%M}"
