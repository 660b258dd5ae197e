"""Whose turn on a tier begins when: the resolver's shifts, with those of one person after another made one.

One rule: somebody who goes on holding a tier begins nothing, and what is shorter than an hour is no turn.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.people.teamfile.confidence import ConfidenceEntry
from oncall.people.teamfile.stored import confidence_from_json
from oncall.rotas import answers, queries
from rota.resolve import Shift

SHORTEST = timedelta(hours=1)


@dataclass(frozen=True)
class Turn:
    """A person, by slug, comes on a tier; `before` held it until then, None after a gap. `end` as far as was looked."""

    tier: str
    person: str
    start: datetime
    end: datetime
    before: str | None


def turns_between(session: Session, team: Team, *, start: datetime, end: datetime) -> list[Turn]:
    """The turns that begin after `start`, by their beginning; their ends are known up to `end`."""
    shown = answers.show(session, team, start=start, end=end)
    return sorted(turns_of(shown), key=lambda turn: (turn.start, turn.tier))


def turns_of(shown: Mapping[str, Sequence[Shift]]) -> Iterator[Turn]:
    """Each tier's turns; whoever holds it as the span begins has begun before."""
    for tier, shifts in shown.items():
        before: str | None = None
        for number, (person, begins, ends) in enumerate(_stretches(shifts)):
            if number and person is not None and ends - begins >= SHORTEST:
                yield Turn(tier, person, begins, ends, before)
            before = person


def _stretches(shifts: Sequence[Shift]) -> list[tuple[str | None, datetime, datetime]]:
    joined: list[tuple[str | None, datetime, datetime]] = []
    for shift in shifts:
        if joined and joined[-1][0] == shift.person:
            joined[-1] = (shift.person, joined[-1][1], shift.end)
        else:
            joined.append((shift.person, shift.start, shift.end))
    return joined


def confidence_of(session: Session, team: Team) -> ConfidenceEntry:
    """How the team makes sure of its next shifts."""
    newest = queries.newest(session, team_id=team.id)
    return confidence_from_json(json.loads(newest.document)) if newest else ConfidenceEntry()
