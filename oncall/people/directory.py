"""What a process knows by heart of a team: who has which number, so that a webhook asks the database little.

One rule: it is looked at only under the team's present version, which is read in the same transaction.
"""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from oncall.db.sealing import keyring_of
from oncall.db.tables import Row
from oncall.people.models import Contact, ContactPhone, Practitioner, Team, YoungPerson
from oncall.people.versions import SEEN, Watched

R = TypeVar("R", bound=Row)
_TEAMS = Team.__table__.c
_BY_NUMBER = select(_TEAMS.id, _TEAMS.version).where(_TEAMS.number_index.in_(bindparam("indexes", expanding=True)))
_VERSION = select(_TEAMS.version).where(_TEAMS.id == bindparam("team_id"))


@dataclass(frozen=True)
class Directory:
    """A team and its people as of a version. The rows belong to no session: `present` brings one into yours."""

    version: int
    team: Team
    practitioners: tuple[Practitioner, ...]
    by_mobile: dict[str, Practitioner]
    by_phone: dict[str, Contact]
    young_people: dict[str, UUID]

    def practitioner_by_mobile(self, session: Session, number: str) -> Practitioner | None:
        """The practitioner of the team who has this mobile."""
        found = (self.by_mobile.get(index) for index in keyring_of(session).indexes(number))
        return next((present(session, row) for row in found if row is not None), None)

    def contact_by_phone(self, session: Session, number: str) -> Contact | None:
        """The contact of the team who has this number."""
        found = (self.by_phone.get(index) for index in keyring_of(session).indexes(number))
        return next((present(session, row) for row in found if row is not None), None)

    def young_person_of(self, contact: Contact | None) -> UUID | None:
        """The young person it is about, where the contact cares for just one."""
        if contact is None or len(contact.cares_for) != 1:
            return None
        return self.young_people.get(contact.cares_for[0])


def directory_by_number(session: Session, *, number: str) -> Directory | None:
    """The directory of the team whose line this number is."""
    indexes = keyring_of(session).indexes(number)
    row = session.connection().execute(_BY_NUMBER, {"indexes": indexes}).first()
    return _directory(session, row.id, row.version) if row else None


def directory_of(session: Session, *, team_id: UUID) -> Directory:
    """The directory of a team."""
    if any(isinstance(row, Watched) for row in (*session.new, *session.dirty)):
        session.flush()
    seen = session.info.get(SEEN)
    if seen is None or seen[0] != team_id:
        seen = (team_id, session.connection().execute(_VERSION, {"team_id": team_id}).scalar_one())
    return _directory(session, team_id, seen[1])


def practitioner_of(session: Session, *, team_id: UUID, practitioner_id: UUID) -> Practitioner:
    """A practitioner of a team, also one who has left."""
    known = session.identity_map.get((Practitioner, (practitioner_id,), None))
    if isinstance(known, Practitioner):
        return known
    rows = directory_of(session, team_id=team_id).practitioners
    return present(session, next(row for row in rows if row.id == practitioner_id))


def present(session: Session, row: R) -> R:
    """The session's own copy of a row that is known by heart, made without asking the database."""
    copy = session.merge(row, load=False)
    session.info.setdefault("present", []).append(copy)  # a session forgets what nobody holds on to
    return copy


def _directory(session: Session, team_id: UUID, version: int) -> Directory:
    session.info[SEEN] = (team_id, version)
    memory: dict[object, object] = session.info["memory"]
    known = memory.get((Directory, team_id))
    if isinstance(known, Directory) and known.version == version:
        return known
    session.flush()
    with Session(session.connection(), info={**session.info, "present": []}) as other:
        read = _read(other, team_id, version)
    memory[Directory, team_id] = read
    return read


def _read(session: Session, team_id: UUID, version: int) -> Directory:
    staff = select(Practitioner).where(Practitioner.team_id == team_id).order_by(Practitioner.position, Practitioner.id)
    practitioners = tuple(session.scalars(staff))
    contacts = {row.id: row for row in session.scalars(select(Contact).where(Contact.team_id == team_id))}
    phones = session.scalars(select(ContactPhone).where(ContactPhone.team_id == team_id))
    young = session.execute(
        select(YoungPerson.slug, YoungPerson.id).where(YoungPerson.team_id == team_id, YoungPerson.is_active)
    )
    return Directory(
        version=version,
        team=session.get_one(Team, team_id),
        practitioners=practitioners,
        by_mobile={row.mobile_index: row for row in practitioners if row.is_active and row.mobile_index},
        by_phone={row.phone_index: contacts[row.contact_id] for row in phones if contacts[row.contact_id].is_active},
        young_people={row.slug: row.id for row in young},
    )
