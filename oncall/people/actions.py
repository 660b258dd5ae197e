"""Takes a team file's people into the database: who is new is added, who changed is changed, who left becomes inactive.

One rule: nobody is ever deleted, and loading the same file twice changes nothing. The rota is loaded by `rotas`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.db.claims import serialize
from oncall.db.sealing import keyring_of
from oncall.db.tables import Row
from oncall.errors import Conflict
from oncall.people import queries
from oncall.people.models import Contact, ContactPhone, Practitioner, Team, YoungPerson
from oncall.people.teamfile import writing
from oncall.people.teamfile.values import ContactEntry, StaffEntry, TeamFile, YoungPersonEntry

R = TypeVar("R", Practitioner, YoungPerson, Contact)


class NumberTaken(Conflict):
    """Another team already has this number as its line. Give each team a number of its own."""


def load_people(session: Session, file: TeamFile, *, at: datetime) -> Team:
    """Creates or updates the team and everybody in its file. Raises NumberTaken."""
    serialize(session, "people")
    team = _team(session, file, at=at)
    _release_mobiles(session, team, {entry.slug: entry.mobile for entry in file.staff})
    staff = _keep(session, Practitioner, team, {entry.slug: _staff(session, entry) for entry in file.staff})
    young = {entry.slug: _young_person(entry, staff) for entry in file.young_people}
    _keep(session, YoungPerson, team, young)
    contacts = _keep(session, Contact, team, {entry.slug: _contact(entry) for entry in file.contacts})
    _phones(session, team, {contacts[entry.slug]: entry.phones for entry in file.contacts})
    return team


def _team(session: Session, file: TeamFile, *, at: datetime) -> Team:
    entry = file.team
    holder = queries.team_by_number(session, number=entry.number)
    if holder is not None and holder.slug != entry.slug:
        raise NumberTaken
    values = {
        "name": entry.name,
        "time_zone": entry.time_zone,
        "languages": [*entry.languages],
        "number": entry.number,
        "number_index": keyring_of(session).index(entry.number),
        "staff_meeting": writing.staff_meeting(entry.staff_meeting),
        "jurisdiction": entry.jurisdiction,
        "escalation": writing.escalation(file.escalation),
        "voice": writing.voice(file.voice),
        "loaded_at": at,
    }
    team = queries.team_by_slug(session, slug=entry.slug)
    if team is None:
        team = Team(slug=entry.slug, created_at=at, **values)
        session.add(team)
    else:
        _change(team, values)
    session.flush()
    return team


def _change(row: Row, values: Mapping[str, Any]) -> None:
    """Sets what differs: sealing a field anew would make a change of it each time."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _keep(session: Session, table: type[R], team: Team, entries: Mapping[str, Mapping[str, Any]]) -> dict[str, R]:
    """The rows of these entries by slug, in the order of the file; all others of the team become inactive."""
    rows = {row.slug: row for row in session.scalars(select(table).where(table.team_id == team.id))}
    for slug in rows.keys() - entries.keys():
        rows[slug].is_active = False
    for position, (slug, values) in enumerate(entries.items()):
        if slug in rows:
            _change(rows[slug], {"position": position, "is_active": True, **values})
        else:
            rows[slug] = table(team_id=team.id, slug=slug, position=position, **values)
            session.add(rows[slug])
    session.flush()
    return rows


def _release_mobiles(session: Session, team: Team, wanted: Mapping[str, str | None]) -> None:
    """Takes a mobile from whoever does not keep it, so that it can pass to another; what was known of it goes too."""
    taken = set(wanted.values())
    for row in session.scalars(select(Practitioner).where(Practitioner.team_id == team.id)):
        keeps = row.mobile == wanted[row.slug] if row.slug in wanted else row.mobile not in taken
        if row.mobile is not None and not keeps:
            row.mobile = row.mobile_index = row.number_dead_at = row.opted_out_at = None
    session.flush()


def _staff(session: Session, entry: StaffEntry) -> dict[str, Any]:
    return {
        "role": entry.role,
        "name": entry.name,
        "mobile": entry.mobile,
        "mobile_index": keyring_of(session).index(entry.mobile) if entry.mobile else None,
        "email": entry.email,
        "languages": [*entry.languages],
        "guidance": entry.guidance,
    }


def _young_person(entry: YoungPersonEntry, staff: Mapping[str, Practitioner]) -> dict[str, Any]:
    return {
        "known_as": entry.known_as,
        "born": entry.born.isoformat(),
        "lead_id": staff[entry.lead].id,
        "key_worker_id": staff[entry.key_worker].id,
        "plan": writing.plan(entry.plan) if entry.plan else None,
    }


def _contact(entry: ContactEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "language": entry.language,
        "cares_for": [*entry.cares_for],
        "prefers": [*entry.prefers],
    }


def _phones(session: Session, team: Team, wanted: Mapping[Contact, tuple[str, ...]]) -> None:
    """Points each number at its contact. Who has left keeps a number that nobody else has now."""
    rows = {row.phone: row for row in queries.phones(session, team=team)}
    kept = set()
    for contact, numbers in wanted.items():
        for position, number in enumerate(numbers):
            index = keyring_of(session).index(number)
            values = {"contact_id": contact.id, "position": position, "phone_index": index}
            kept.add(number)
            if number in rows:
                _change(rows[number], values)
            else:
                session.add(ContactPhone(team_id=team.id, phone=number, **values))
    present = {contact.id for contact in wanted}
    for number, row in rows.items():
        if number not in kept and row.contact_id in present:
            session.delete(row)
    session.flush()
