"""Which nights were disturbed: pure, from what was worked.

A night is 23:00 to 06:00 by the team's clocks, named by the day on which it begins. Whoever worked in it is owed the
rest of a day from the end of that work, be it later than the night's end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncall.rotas.rest.working import WorkedSpell
from rota.local_time import begins_at

BEGINS, ENDS = time(23), time(6)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Disturbed:
    """A person's night, how much of it was worked, and when the last work that reached into it ended."""

    person: str
    night: date
    worked_for: timedelta
    last_ended_at: datetime


def disturbed(worked: Iterable[WorkedSpell], zone: ZoneInfo) -> list[Disturbed]:
    """Every night with work in it, each person's in order; `worked` as `spells_of` gives it."""
    found: dict[tuple[str, date], Disturbed] = {}
    for spell in worked:
        day = spell.start.astimezone(zone).date() - _A_DAY
        while (begins := begins_at(datetime.combine(day, BEGINS), zone)) < spell.end:
            ends = begins_at(datetime.combine(day + _A_DAY, ENDS), zone)
            within = min(spell.end, ends) - max(spell.start, begins)
            if within > timedelta(0):
                before = found.get((spell.person, day))
                so_far = before.worked_for if before else timedelta(0)
                found[spell.person, day] = Disturbed(spell.person, day, so_far + within, spell.end)
            day += _A_DAY
    return list(found.values())
