"""Instants and days as they stand in a query; local time is turned into instants the way the rota turns it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from oncall.errors import Unusable
from oncall.people.models import Team
from oncall.people.teamfile.values import Moment
from oncall.rotas.written import instant_of


class BadInstant(Unusable):
    """An instant is ISO 8601, such as 2026-03-14T02:00:00+00:00; one without an offset is in the team's zone."""


class BadSpan(Unusable):
    """A span begins before it ends, and lasts three years at the most."""


class BadDay(Unusable):
    """A day is written like 2026-11-30."""


def day_of(written: str) -> date:
    """The day `written` stands for. Raises BadDay."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadDay from None


def instant_in(team: Team, written: str) -> datetime:
    """The instant `written` stands for, by the team's clock if it names no offset. Raises BadInstant."""
    try:
        value = datetime.fromisoformat(written)
    except ValueError:
        raise BadInstant from None
    return instant_of(Moment(written, value), zone=ZoneInfo(team.time_zone))
