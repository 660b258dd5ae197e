"""The cards for an incident, and beside them what was agreed for the young person.

Flags that somebody dismissed choose no card. Who may see the incident is the caller's to check.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.guidance.catalogue import Card, Mode
from oncall.guidance.choosing import cards_for, mode_for
from oncall.incidents.flags.policy import DISMISSED
from oncall.incidents.models import Incident
from oncall.incidents.queries import flags
from oncall.people.models import Contact, Practitioner, Team, YoungPerson


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """What fits an incident now: `flags` that stand, the cards they choose, the mode the caller likes."""

    flags: tuple[str, ...]
    cards: Sequence[Card]
    mode: Mode


def guidance_for(session: Session, team: Team, incident: Incident, *, reader: Practitioner | None) -> Guidance:
    """The cards for the incident; the mode is the style of whom the caller prefers, else the reader's own."""
    contact = session.get(Contact, incident.contact_id) if incident.contact_id else None
    standing = tuple(entry.flag for entry in flags(session, incident.id) if entry.state != DISMISSED)
    chosen = cards_for(standing, severity=incident.severity, caller=contact.kind if contact else None)
    mode = mode_for([*_styles(session, team, contact), reader.guidance if reader else None])
    return Guidance(flags=standing, cards=chosen, mode=mode)


def plan_of(session: Session, incident: Incident) -> dict[str, Any] | None:
    """What was agreed for the young person: formulation, helps, avoid; None where nothing is, or nobody is known."""
    if incident.young_person_id is None:
        return None
    return session.get_one(YoungPerson, incident.young_person_id).plan


def _styles(session: Session, team: Team, contact: Contact | None) -> list[str | None]:
    if contact is None or not contact.prefers:
        return []
    named = select(Practitioner).where(Practitioner.team_id == team.id, Practitioner.slug.in_(contact.prefers))
    found = {person.slug: person.guidance for person in session.scalars(named)}
    return [found.get(slug) for slug in contact.prefers]
