"""Nights that were disturbed: the rest they make is written down, and the leads hear of it in the morning, once."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.paging.shifts.notices import tell_leads
from oncall.paging.shifts.working import worked_between
from oncall.people.models import Practitioner, Team
from oncall.rotas.rest.models import RestOwed
from oncall.rotas.rest.owing import owe
from oncall.telephony.twiml import Language

LOOKS_BACK_FOR = timedelta(days=2)
TOLD_FROM = time(8)
"""Leads are let sleep; who starts work later that day is then still to be heard of in time."""


def see_to_rest(session: Session, team: Team, *, at: datetime) -> None:
    """Writes down what is owed, and tells the leads from 08:00 on of the nights that are over."""
    owe(session, team, worked_between(session, team, start=at - LOOKS_BACK_FOR, end=at, at=at), at=at)
    local = at.astimezone(ZoneInfo(team.time_zone))
    if local.time() < TOLD_FROM:
        return
    untold = select(RestOwed).where(
        RestOwed.team_id == team.id,
        RestOwed.told_at.is_(None),
        RestOwed.settled_at.is_(None),
        RestOwed.night < local.date(),
    )
    for row in session.scalars(untold.order_by(RestOwed.night, RestOwed.id)).all():
        mine = update(RestOwed).where(RestOwed.id == row.id, RestOwed.told_at.is_(None))
        if changed(session, mine.values(told_at=at)):
            _tell(session, team, row, at)


def _tell(session: Session, team: Team, row: RestOwed, at: datetime) -> None:
    zone = ZoneInfo(team.time_zone)
    name = session.get_one(Practitioner, row.practitioner_id).name
    hours = (row.rested_at - row.last_ended_at) / timedelta(hours=1)

    def values(_: Language) -> dict[str, object]:
        ended, rested = row.last_ended_at.astimezone(zone), row.rested_at.astimezone(zone)
        return {"name": name, "ended": f"{ended:%H:%M}", "rested": f"{rested:%H:%M}", "hours": f"{hours:g}"}

    tell_leads(session, team, "rest_owed", values, at=at)
