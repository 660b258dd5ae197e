"""Refs: four capital consonants that name an incident on phones, not used again for at least ninety days."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed, insert_once
from oncall.errors import OnCallError
from oncall.incidents.models import CLOSED, Incident, Ref

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 4
RESTS_FOR = timedelta(days=90)
TRIES = 50


class NoRefLeft(OnCallError):
    """Every ref that was tried is in use or resting."""


def is_ref(word: str) -> bool:
    """Whether `word` has the shape of a ref, in capitals or not."""
    return len(word) == LENGTH and all(letter in LETTERS for letter in word.upper())


def new_ref(session: Session, *, incident_id: UUID, at: datetime) -> str:
    """A ref that nobody holds and that has rested. Raises NoRefLeft."""
    for _ in range(TRIES):
        ref = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if insert_once(session, Ref, ref=ref, incident_id=incident_id, given_at=at):
            return ref
        if _take_over(session, ref, incident_id=incident_id, at=at):
            return ref
    raise NoRefLeft


def _take_over(session: Session, ref: str, *, incident_id: UUID, at: datetime) -> bool:
    still_named = exists(
        select(Incident.id)
        .where(Incident.ref == ref)
        .where((Incident.status != CLOSED) | (Incident.closed_at > at - RESTS_FOR))
    )
    rested = update(Ref).where(Ref.ref == ref, Ref.given_at <= at - RESTS_FOR, ~still_named)
    return changed(session, rested.values(incident_id=incident_id, given_at=at)) == 1
