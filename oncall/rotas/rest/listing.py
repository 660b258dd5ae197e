"""Rest that is owed as a person or a program reads it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.people.models import Practitioner, Team
from oncall.rotas.rest.models import RestOwed
from oncall.rotas.rest.owing import owed

SHOWN_FOR = timedelta(weeks=17)


def rest_json(session: Session, team: Team, *, at: datetime) -> dict[str, Any]:
    """All that is owed, and what was settled of the last seventeen weeks."""
    zone = ZoneInfo(team.time_zone)
    since = (at - SHOWN_FOR).astimezone(zone).date()
    return {"team": team.slug, "rest": [one_json(session, team, row) for row in owed(session, team, since=since)]}


def one_json(session: Session, team: Team, row: RestOwed) -> dict[str, Any]:
    """One night; instants with the team's offset."""
    zone = ZoneInfo(team.time_zone)
    by = session.get(Practitioner, row.settled_by_id) if row.settled_by_id else None
    return {
        "id": str(row.id),
        "person": session.get_one(Practitioner, row.practitioner_id).slug,
        "night": row.night.isoformat(),
        "worked_minutes": -(-row.worked_s // 60),
        "last_ended_at": row.last_ended_at.astimezone(zone).isoformat(),
        "rested_at": row.rested_at.astimezone(zone).isoformat(),
        "proposal": proposal(session, team, row),
        "settled_at": row.settled_at.astimezone(zone).isoformat() if row.settled_at else None,
        "settled_by": by.slug if by else None,
        "how": row.how,
    }


def proposal(session: Session, team: Team, row: RestOwed) -> str:
    """The later start that is proposed: `Sam Rees: last call ended 03:40, 11 hours run to 14:40`."""
    zone = ZoneInfo(team.time_zone)
    name = session.get_one(Practitioner, row.practitioner_id).name
    hours = (row.rested_at - row.last_ended_at) / timedelta(hours=1)
    ended, rested = row.last_ended_at.astimezone(zone), row.rested_at.astimezone(zone)
    return f"{name}: last call ended {ended:%H:%M}, {hours:g} hours run to {rested:%H:%M}"


def rest_text(rows: Sequence[dict[str, Any]]) -> str:
    """The same in lines."""
    if not rows:
        return "No rest is owed."
    return "\n".join(line for row in rows for line in _lines(row))


def _lines(row: dict[str, Any]) -> list[str]:
    state = f"settled by {row['settled_by']}: {row['how']}" if row["settled_at"] else "owed"
    return [
        f"night of {row['night']}, {row['worked_minutes']} min worked. {row['proposal']}.",
        f"  {state} (id {row['id']})",
    ]
