"""Warns leads of time in which nobody holds a tier: of the next fourteen days daily, of the next two hourly.

One rule: one warning an hour at most, whichever process comes first, and it names the nearest gaps and counts the rest.
A team that has just been set up was told by its load, and is warned from the next full hour on.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.db.claims import insert_once
from oncall.paging.shifts.notices import tell_leads
from oncall.paging.shifts.wording import say, stretch
from oncall.people.models import Team
from oncall.rotas import answers
from oncall.rotas.confidence.models import GapWarning
from oncall.telephony.twiml import Language

AHEAD, NEAR = timedelta(days=14), timedelta(hours=48)
DAILY_AT = time(9)
MOST_NAMED = 2

Gap = tuple[datetime, datetime, str]


def see_to_gaps(session: Session, team: Team, *, at: datetime) -> None:
    """Tells leads of gaps, where it is time to."""
    shown = answers.show(session, team, start=at, end=at + AHEAD)
    found = [(one.start, one.end, tier) for tier, shifts in shown.items() for one in shifts if one.person is None]
    slot = _slot(sorted(found), team, at)
    if slot is not None and slot >= team.created_at and insert_once(session, GapWarning, team_id=team.id, slot_at=slot):
        _tell(session, team, sorted(found), at=at)


def _slot(gaps: list[Gap], team: Team, at: datetime) -> datetime | None:
    """The hour, or the day's nine o'clock, that a warning would be for; None if none is due."""
    if gaps and gaps[0][0] < at + NEAR:
        return at.replace(minute=0, second=0, microsecond=0)
    local = at.astimezone(ZoneInfo(team.time_zone))
    if not gaps or local.time() < DAILY_AT:
        return None
    return local.replace(hour=DAILY_AT.hour, minute=0, second=0, microsecond=0, fold=0)


def _tell(session: Session, team: Team, gaps: list[Gap], *, at: datetime) -> None:
    def values(language: Language) -> dict[str, object]:
        named = [stretch(language, team, tier, start, end) for start, end, tier in gaps[:MOST_NAMED]]
        more = len(gaps) - len(named)
        return {"gaps": "; ".join([*named, *([say(language, "gaps_more", count=more)] if more else [])])}

    tell_leads(session, team, "gaps", values, at=at)
