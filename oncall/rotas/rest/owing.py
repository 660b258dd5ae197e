"""Rest that is owed: written down as nights are disturbed, settled by a lead.

One rule: a night is owed for once, whoever looks and how often; more work in it moves its end until it is settled.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed, insert_once
from oncall.errors import Conflict, NotFound, OnCallError
from oncall.people.models import LEAD_ROLES, Practitioner, Team
from oncall.rotas import queries
from oncall.rotas.checking.gathering import rules_of_team
from oncall.rotas.rest.models import RestOwed
from oncall.rotas.rest.nights import disturbed
from oncall.rotas.rest.working import WorkedSpell


class NoSuchRest(NotFound):
    """No rest is owed under that id."""


class SettledAlready(Conflict):
    """It is settled already."""


class OnlyLeadsSettle(OnCallError):
    """Only a lead settles rest that is owed."""

    status = HTTPStatus.FORBIDDEN


def owe(session: Session, team: Team, worked: Iterable[WorkedSpell], *, at: datetime) -> int:
    """Writes down what is owed for nights that were worked in; gives how many rows are new or have moved."""
    people = {slug: id_ for id_, slug in queries.slugs(session, team_id=team.id).items()}
    rests_for = timedelta(hours=rules_of_team(session, team).daily_rest_hours)
    count = 0
    for one in disturbed(worked, ZoneInfo(team.time_zone)):
        values: dict[str, Any] = {
            "worked_s": int(one.worked_for.total_seconds()),
            "last_ended_at": one.last_ended_at,
            "rested_at": one.last_ended_at + rests_for,
        }
        key: dict[str, Any] = {"practitioner_id": people[one.person], "night": one.night}
        if insert_once(session, RestOwed, team_id=team.id, created_at=at, **key, **values):
            count += 1
            continue
        later = update(RestOwed).filter_by(**key).where(RestOwed.last_ended_at < one.last_ended_at)
        count += changed(session, later.where(RestOwed.settled_at.is_(None)).values(**values))
    return count


def settle(session: Session, team: Team, rest_id: UUID, *, by: Practitioner, how: str, at: datetime) -> RestOwed:
    """A lead says how it was settled. Raises OnlyLeadsSettle, NoSuchRest, SettledAlready."""
    if by.role not in LEAD_ROLES:
        raise OnlyLeadsSettle
    row = session.scalar(select(RestOwed).where(RestOwed.team_id == team.id, RestOwed.id == rest_id))
    if row is None:
        raise NoSuchRest
    first = update(RestOwed).where(RestOwed.id == row.id, RestOwed.settled_at.is_(None))
    if changed(session, first.values(settled_at=at, settled_by_id=by.id)) == 0:
        raise SettledAlready
    session.refresh(row)
    row.how = how
    session.flush()
    return row


def owed(session: Session, team: Team, *, since: date, is_open_only: bool = False) -> Sequence[RestOwed]:
    """What is or was owed for the nights since a day, the newest first; whatever its day, if it is not settled."""
    unsettled = RestOwed.settled_at.is_(None)
    wanted = select(RestOwed).where(RestOwed.team_id == team.id)
    wanted = wanted.where(unsettled if is_open_only else unsettled | (RestOwed.night >= since))
    return session.scalars(wanted.order_by(RestOwed.night.desc(), RestOwed.id)).all()
