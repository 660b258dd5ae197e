"""Changes of the rota and their log, as programs and people read them.

One rule: the log is read as it was written, oldest first; people are slugs, instants are by the team's clock.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.rotas import queries
from oncall.rotas.changes.models import RotaAsk, RotaChange, RotaLogEntry
from oncall.rotas.changes.policy import State
from oncall.rotas.changes.showing.loads import loaded
from oncall.rotas.models import Leave
from rota.checks.findings import clock

Shown = dict[str, Any]
STANDING = (State.OPEN, State.ACCEPTED, State.APPLIED)


def changes_json(session: Session, team: Team, changes: Sequence[RotaChange]) -> Shown:
    """Some changes as they stand."""
    return {"team": team.slug, "changes": [change_json(session, team, change) for change in changes]}


def change_json(session: Session, team: Team, change: RotaChange) -> Shown:
    """A change as it stands."""
    slugs, zone = queries.slugs(session, team_id=team.id), ZoneInfo(team.time_zone)
    asked = select(RotaAsk.practitioner_id, RotaAsk.declined_at).where(RotaAsk.change_id == change.id)
    answers = session.execute(asked).all()
    return {
        "code": change.code,
        "kind": str(change.kind),
        "state": str(change.state),
        "person": _slug(slugs, change.holder_id),
        "taken_by": _slug(slugs, change.taker_id),
        **_stretch(change.tier, change.from_at, change.to_at, zone),
        "in_return": _in_return(change, zone),
        "asked": sorted(slugs[one] for one, _ in answers),
        "declined": sorted(slugs[one] for one, declined_at in answers if declined_at is not None),
        "is_for_leave": change.leave_id is not None,
    }


def log_json(session: Session, team: Team) -> Shown:
    """The whole log, what loads of the team's file and of calendars have changed included."""
    return {"team": team.slug, "log": [line for line, _ in _log(session, team)]}


def log_text(session: Session, team: Team) -> str:
    """The same, a line for each deed."""
    lines = [_words(line, at, ZoneInfo(team.time_zone)) for line, at in _log(session, team)]
    return "\n".join([f"{team.slug}: {len(lines)} {'change' if len(lines) == 1 else 'changes'} of the rota", *lines])


def changes_text(shown: Sequence[Shown]) -> str:
    """Some changes, a line each."""
    return "\n".join(f"{one['code']} {one['kind']}, {one['state']}: {_about(one)}" for one in shown)


def standing_changes(session: Session, team: Team, *, at: datetime) -> Sequence[RotaChange]:
    """What is not settled yet, or in force and not past, soonest first."""
    ahead = (RotaChange.to_at > at) | (RotaChange.return_to_at > at)
    standing = select(RotaChange).where(RotaChange.team_id == team.id, RotaChange.state.in_(STANDING), ahead)
    return session.scalars(standing.order_by(RotaChange.from_at, RotaChange.id)).all()


def leave_json(session: Session, team: Team, leave: Leave) -> Shown:
    """Leave, and the changes that were asked for because of it."""
    zone = ZoneInfo(team.time_zone)
    asked = session.scalars(select(RotaChange).where(RotaChange.leave_id == leave.id).order_by(RotaChange.from_at))
    return {
        "person": queries.slugs(session, team_id=team.id)[leave.practitioner_id],
        "from": _iso(leave.from_at, zone),
        "to": _iso(leave.to_at, zone),
        **changes_json(session, team, asked.all()),
    }


def _log(session: Session, team: Team) -> list[tuple[Shown, datetime]]:
    slugs, zone = queries.slugs(session, team_id=team.id), ZoneInfo(team.time_zone)
    rows = (
        select(RotaLogEntry, RotaChange, Leave)
        .outerjoin(RotaChange, RotaChange.id == RotaLogEntry.change_id)
        .outerjoin(Leave, Leave.id == RotaLogEntry.leave_id)
        .where(RotaLogEntry.team_id == team.id)
        .order_by(RotaLogEntry.at, RotaLogEntry.id)
    )
    logged = [(_line(entry, change or leave, slugs, zone), entry.at) for entry, change, leave in session.execute(rows)]
    return sorted([*loaded(session, team), *logged], key=lambda line: line[1])


def _line(entry: RotaLogEntry, about: RotaChange | Leave, slugs: Mapping[UUID, str], zone: ZoneInfo) -> Shown:
    change = about if isinstance(about, RotaChange) else None
    return {
        "at": _iso(entry.at, zone),
        "deed": entry.deed,
        "code": change.code if change else None,
        "kind": str(change.kind) if change else "leave",
        "by": _slug(slugs, entry.by_id) or "service",
        "for": _slug(slugs, entry.for_id),
        **_stretch(change.tier if change else None, about.from_at, about.to_at, zone),
        "in_return": _in_return(change, zone) if change else None,
        "in_spite_of_findings": entry.was_allowed,
        "why": entry.why,
    }


def _words(line: Shown, at: datetime, zone: ZoneInfo) -> str:
    who = line["by"] if line["for"] in (None, line["by"]) else f"{line['by']} for {line['for']}"
    code = f" {line['code']}" if line["code"] else ""
    what = line["deed"] if line["deed"].startswith(line["kind"]) else f"{line['kind']}{code} {line['deed']}"
    why = f" ({line['why']})" if line["why"] else ""
    return f"  {clock(at, zone)}: {what} by {who}: {_span(line)}{why}"


def _about(shown: Shown) -> str:
    parts = [_span(shown)]
    parts += [f"in return for {_span(shown['in_return'])}"] if shown["in_return"] else []
    parts += [f"of {shown['person']}"] if shown["person"] else []
    parts += [f"taken by {shown['taken_by']}"] if shown["taken_by"] else []
    parts += [f"asked: {', '.join(shown['asked'])}"] if shown["asked"] else []
    return ", ".join(parts)


def _span(shown: Shown) -> str:
    tier = f"{shown['tier']}, " if shown["tier"] else ""
    return f"{tier}{shown['from']} to {shown['to']}" if shown["to"] else f"from {shown['from']} on"


def _in_return(change: RotaChange, zone: ZoneInfo) -> Shown | None:
    if change.return_tier is None or change.return_from_at is None or change.return_to_at is None:
        return None
    return _stretch(change.return_tier, change.return_from_at, change.return_to_at, zone)


def _stretch(tier: str | None, start: datetime, end: datetime, zone: ZoneInfo) -> Shown:
    return {"tier": tier, "from": _iso(start, zone), "to": _iso(end, zone)}


def _slug(slugs: Mapping[UUID, str], person_id: UUID | None) -> str | None:
    return None if person_id is None else slugs[person_id]


def _iso(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()
