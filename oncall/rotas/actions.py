"""What is written of rotas: a team file's rota is loaded, and given back.

One rule: a load adds and takes off, and rewrites nothing: what was in force at an earlier instant stays answerable, and
loading the same again changes nothing. Leave that came from elsewhere is none of a file's business; what a change among
colleagues laid stays, over what the file says, unless the file itself gives it a place. `duty` records who was on duty.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.db.claims import serialize
from oncall.people.models import Team
from oncall.people.queries import practitioners
from oncall.people.teamfile.stored import (
    changes_from_json,
    confidence_from_json,
    moment_from_text,
    planner_from_json,
    rules_from_json,
    tiers_from_json,
    tiers_to_json,
)
from oncall.people.teamfile.values import LeaveEntry, OverrideEntry, RotaSection
from oncall.rotas import queries
from oncall.rotas.leaving import leave_taken_off, leave_written
from oncall.rotas.models import Leave, RotaOverride, RotaVersion
from oncall.rotas.written import instant_of

Stored = RotaOverride | Leave
R = TypeVar("R", RotaOverride, Leave)
E = TypeVar("E", OverrideEntry, LeaveEntry)


def load_rota(session: Session, team: Team, section: RotaSection, *, at: datetime) -> None:
    """Puts a team file's rota in force from an instant on. The people it names are loaded before."""
    serialize(session, f"rota:{team.id}")
    newest = queries.newest(session, team_id=team.id)
    at = at if newest is None else max(at, newest.in_force_at)
    tiers = tiers_to_json(section.tiers, section.rules, section.changes, section.planner, section.confidence)
    if newest is None or json.dumps(json.loads(newest.document)) != json.dumps(tiers):
        session.add(RotaVersion(team_id=team.id, tiers=tiers, in_force_at=at))
    _load_overrides(session, team, section.overrides, at=at)
    new = _load_leave(session, team, section.leave, at=at)
    session.flush()
    leave_taken_off(session, team, queries.leave_removed(session, team_id=team.id, at=at), at=at)
    if newest is not None:  # a first file is planned with its leave
        leave_written(session, team, new, at=at)


def export_rota(session: Session, team: Team) -> RotaSection:
    """The rota as a team file has it: the newest tiers, and the overrides and leave that stand."""
    newest = queries.newest(session, team_id=team.id)
    slugs = queries.slugs(session, team_id=team.id)
    document = {} if newest is None else json.loads(newest.document)
    return RotaSection(
        tiers=tiers_from_json(document) if document else {},
        overrides=tuple(_override_of(row, slugs) for row in queries.standing_overrides(session, team_id=team.id)),
        leave=tuple(_leave_of(row, slugs) for row in queries.standing_leave(session, team_id=team.id)),
        rules=rules_from_json(document),
        changes=changes_from_json(document),
        planner=planner_from_json(document),
        confidence=confidence_from_json(document),
    )


def _load_overrides(session: Session, team: Team, entries: Sequence[OverrideEntry], *, at: datetime) -> None:
    standing = queries.standing_overrides(session, team_id=team.id)
    slugs = queries.slugs(session, team_id=team.id)
    ids, zone = {slug: id_ for id_, slug in slugs.items()}, ZoneInfo(team.time_zone)
    present = {one.id for one in practitioners(session, team=team)}  # who has left holds nothing to come
    kept = [row for row in standing if row.practitioner_id in present]
    laid = [(_override_of(row, slugs), row.change_id) for row in kept if row.change_id is not None]
    new = _taken_off(standing, _with_laid(entries, laid), lambda row: _override_of(row, slugs), at=at)
    laid = [pair for pair in laid if pair[0] in new]
    for position, entry in enumerate(new, start=max((row.position for row in standing), default=-1) + 1):
        session.add(
            RotaOverride(
                team_id=team.id,
                tier=entry.tier,
                practitioner_id=ids[entry.person],
                from_at=instant_of(entry.start, zone=zone),
                to_at=instant_of(entry.end, zone=zone),
                written={"from": entry.start.written, "to": entry.end.written},
                why=entry.why,
                position=position,
                created_at=at,
                change_id=_change_of(entry, laid),
            )
        )


def _with_laid(entries: Sequence[OverrideEntry], laid: Sequence[tuple[OverrideEntry, UUID]]) -> list[OverrideEntry]:
    """The file's entries, then those that changes laid and the file does not name: so they lie over it."""
    named = list(entries)
    unnamed = []
    for entry, _ in laid:
        if entry in named:
            named.remove(entry)
        else:
            unnamed.append(entry)
    return [*entries, *unnamed]


def _change_of(entry: OverrideEntry, laid: list[tuple[OverrideEntry, UUID]]) -> UUID | None:
    """The change that laid this entry, each given once."""
    found = next((pair for pair in laid if pair[0] == entry), None)
    if found is None:
        return None
    laid.remove(found)
    return found[1]


def _load_leave(session: Session, team: Team, entries: Sequence[LeaveEntry], *, at: datetime) -> list[Leave]:
    standing = queries.standing_leave(session, team_id=team.id)
    slugs = queries.slugs(session, team_id=team.id)
    ids, zone = {slug: id_ for id_, slug in slugs.items()}, ZoneInfo(team.time_zone)
    new = _taken_off(standing, entries, lambda row: _leave_of(row, slugs), at=at)
    known = [_leave_of(row, slugs) for row in standing]
    rows = [
        Leave(
            team_id=team.id,
            practitioner_id=ids[entry.person],
            from_at=instant_of(entry.start, zone=zone),
            to_at=instant_of(entry.end, zone=zone),
            written={"from": entry.start.written, "to": entry.end.written},
            position=position,
            created_at=at,
        )
        for position, entry in enumerate(new, start=max((row.position for row in standing), default=-1) + 1)
    ]
    session.add_all(rows)
    return [row for row, entry in zip(rows, new, strict=True) if entry not in known]


def _taken_off(standing: Sequence[R], entries: Sequence[E], said: Callable[[R], E], *, at: datetime) -> Sequence[E]:
    """Takes off the rows the entries no longer name, in their order; the entries that need a row of their own.

    From the first entry that has none on, every entry needs a new one: which wins over which depends on the order.
    """
    left = iter(standing)
    for index, entry in enumerate(entries):
        for row in left:
            if said(row) == entry:
                break
            row.removed_at = at
        else:
            return entries[index:]
    for row in left:
        row.removed_at = at
    return []


def _override_of(row: RotaOverride, slugs: dict[UUID, str]) -> OverrideEntry:
    start, end = moment_from_text(row.written["from"]), moment_from_text(row.written["to"])
    return OverrideEntry(row.tier, slugs[row.practitioner_id], start, end, row.why)


def _leave_of(row: Leave, slugs: dict[UUID, str]) -> LeaveEntry:
    start, end = moment_from_text(row.written["from"]), moment_from_text(row.written["to"])
    return LeaveEntry(slugs[row.practitioner_id], start, end)
