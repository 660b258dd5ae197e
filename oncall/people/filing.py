"""Gives a stored team back as the values of its file. The rota section is handed in by whoever keeps it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.people import queries
from oncall.people.models import Contact, Practitioner, Team, YoungPerson
from oncall.people.teamfile import stored
from oncall.people.teamfile.values import (
    ContactEntry,
    RotaSection,
    StaffEntry,
    TeamEntry,
    TeamFile,
    YoungPersonEntry,
)


def team_file(session: Session, team: Team, *, rota: RotaSection) -> TeamFile:
    """What the team's file says, with everybody who is in it now."""
    staff = queries.practitioners(session, team=team)
    slugs: dict[UUID | None, str] = {row.id: row.slug for row in staff}
    phones: dict[UUID, list[str]] = defaultdict(list)
    for phone in queries.phones(session, team=team):
        phones[phone.contact_id].append(phone.phone)
    return TeamFile(
        team=_team(team),
        staff=tuple(_staff(row) for row in staff),
        young_people=tuple(_young_person(row, slugs) for row in queries.young_people(session, team=team)),
        contacts=tuple(_contact(row, tuple(phones[row.id])) for row in queries.contacts(session, team=team)),
        rota=rota,
        escalation=stored.escalation_from_json(team.escalation),
        voice=stored.voice_from_json(team.voice),
    )


def _team(row: Team) -> TeamEntry:
    return TeamEntry(
        slug=row.slug,
        name=row.name,
        time_zone=row.time_zone,
        languages=tuple(row.languages),
        number=row.number,
        staff_meeting=stored.meeting_from_json(row.staff_meeting),
        jurisdiction=row.jurisdiction,
    )


def _staff(row: Practitioner) -> StaffEntry:
    return StaffEntry(
        slug=row.slug,
        name=row.name,
        role=row.role,
        languages=tuple(row.languages),
        mobile=row.mobile,
        email=row.email,
        guidance=row.guidance,
    )


def _young_person(row: YoungPerson, slugs: Mapping[UUID | None, str]) -> YoungPersonEntry:
    return YoungPersonEntry(
        slug=row.slug,
        known_as=row.known_as,
        born=date.fromisoformat(row.born),
        lead=slugs[row.lead_id],
        key_worker=slugs[row.key_worker_id],
        plan=stored.plan_from_json(row.plan) if row.plan else None,
    )


def _contact(row: Contact, phones: tuple[str, ...]) -> ContactEntry:
    return ContactEntry(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        phones=phones,
        language=row.language,
        cares_for=tuple(row.cares_for),
        prefers=tuple(row.prefers),
    )
