"""Instants and days as they stand in a query; local time is turned into instants the way the rota turns it."""

import re
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query

from oncall.errors import Unusable
from oncall.people.models import Team
from oncall.people.teamfile.values import Moment
from oncall.rotas.written import instant_of

FromQuery = Annotated[str, Query(alias="from", description="ISO 8601; without an offset, in the team's zone")]
ToQuery = Annotated[str, Query(alias="to", description="the end, not included")]
"""The bounds of a span in a query, as they are written."""
LONGEST = timedelta(days=3 * 366)
_LOST_PLUS = re.compile(r"([T ][0-9:.]+) ([0-9]{2}:[0-9]{2})")


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
    """The instant `written` stands for, by the team's clock if it names no offset. Raises BadInstant.

    A plus sign that a query left as it is has become a blank; what is meant is plain.
    """
    try:
        value = datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", written))
    except ValueError:
        raise BadInstant from None
    return instant_of(Moment(written, value), zone=ZoneInfo(team.time_zone))


def span_in(team: Team, start: str, end: str) -> tuple[datetime, datetime]:
    """The span between two instants written. Raises BadInstant, BadSpan."""
    begins, ends = instant_in(team, start), instant_in(team, end)
    if not timedelta(0) < ends - begins <= LONGEST:
        raise BadSpan
    return begins, ends
