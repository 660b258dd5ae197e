"""Who really was on duty: recorded as it happens, and never rewritten.

One rule: a spell begins and ends at the instant the rota says, not when somebody looked; so what was missed while the
service was away is caught up, and looking twice changes nothing.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from oncall.db.claims import serialize
from oncall.people.models import Team
from oncall.rotas import answers, queries
from oncall.rotas.models import DutySpell
from oncall.rotas.queries import Spell
from rota.local_time import instant
from rota.resolve import Shift
from rota.spans import Span, join

_INSTANT = timedelta(microseconds=1)

Held = tuple[str | None, str | None]  # who, and because of what


def record_duty(session: Session, team: Team, *, at: datetime) -> None:
    """Brings the record of who was on duty up to an instant, from the first time it is called for the team on."""
    at = instant(at)
    serialize(session, f"duty:{team.id}")
    lasting = {spell.tier: spell for spell in queries.open_spells(session, team_id=team.id)}
    looked_at = max((spell.start for spell in lasting.values()), default=at)  # the last look was then, or later
    ids = {slug: id_ for id_, slug in queries.slugs(session, team_id=team.id).items()}
    for tier in dict.fromkeys([*answers.tiers(session, team, start=min(looked_at, at), end=at), *lasting]):
        spell = lasting.get(tier)
        since = spell.start if spell else queries.recorded_until(session, team_id=team.id, tier=tier) or looked_at
        if since <= at:
            shifts = answers.planned(session, team, tier=tier, start=since, end=at + _INSTANT)
            rows = [_row(team, tier, span, ids, at=at) for span in continued(spell, shifts, at=at)]
            _store(session, spell, rows)


def continued(spell: Spell | None, shifts: list[Shift], *, at: datetime) -> list[Span[Held]]:
    """The record from a lasting spell on, as the plan continues it; what ends after `at` still lasts.

    Where the plan has come to say otherwise of what is on record, the record stands until the plan changes, or `at`.
    """
    spans: list[Span[Held]] = [Span(shift.start, shift.end, (shift.person, shift.because)) for shift in shifts]
    if spell is not None:
        held = (spell.person, spell.because)
        if not spans or spans[0].start > spell.start:
            spans = [Span(spell.start, spans[0].start if spans else at, held), *spans]
        elif spans[0].held != held:
            first = spans[0]
            until = min(first.end, at)
            spans = [Span(spell.start, until, held), Span(until, first.end, first.held), *spans[1:]]
    return join(span for span in spans if span.start < span.end)


def _row(team: Team, tier: str, span: Span[Held], ids: dict[str, UUID], *, at: datetime) -> dict[str, Any]:
    person, because = span.held
    return {
        "team_id": team.id,
        "tier": tier,
        "practitioner_id": ids[person] if person else None,
        "because": because,
        "from_at": span.start,
        "to_at": span.end if span.end <= at else None,
    }


def _store(session: Session, spell: Spell | None, rows: list[dict[str, Any]]) -> None:
    """The first row is what has become of the spell that lasted; the others are new."""
    if spell is not None and not rows:
        session.execute(delete(DutySpell).where(DutySpell.id == spell.id))
    elif spell is not None:
        session.execute(update(DutySpell).where(DutySpell.id == spell.id).values(rows.pop(0)))
    session.add_all([DutySpell(**row) for row in rows])
    session.flush()
