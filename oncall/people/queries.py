"""Every question about people. All but the first two are asked within one team; who has left it is not found.

A number is looked up by its blind index, under every key in use.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.db.sealing import keyring_of
from oncall.people.models import LEAD_ROLES, Contact, ContactPhone, Practitioner, Team, YoungPerson


def team_by_number(session: Session, *, number: str) -> Team | None:
    """The team whose line this number is."""
    return session.scalar(select(Team).where(Team.number_index.in_(keyring_of(session).indexes(number))))


def team_by_slug(session: Session, *, slug: str) -> Team | None:
    """The team of this name."""
    return session.scalar(select(Team).where(Team.slug == slug))


def teams(session: Session) -> list[Team]:
    """Every team, by name."""
    return list(session.scalars(select(Team).order_by(Team.slug)))


def practitioner_by_mobile(session: Session, *, team: Team, number: str) -> Practitioner | None:
    """The team's practitioner who has this mobile."""
    of_number = Practitioner.mobile_index.in_(keyring_of(session).indexes(number))
    found = select(Practitioner).where(Practitioner.team_id == team.id, of_number, Practitioner.is_active)
    return session.scalar(found)


def practitioner_by_slug(session: Session, *, team: Team, slug: str) -> Practitioner | None:
    """The team's practitioner of this name, also one who has left."""
    return session.scalar(select(Practitioner).where(Practitioner.team_id == team.id, Practitioner.slug == slug))


def practitioner(session: Session, *, team: Team, practitioner_id: UUID) -> Practitioner | None:
    """The team's practitioner with this id, also one who has left."""
    found = select(Practitioner).where(Practitioner.team_id == team.id, Practitioner.id == practitioner_id)
    return session.scalar(found)


def practitioners(session: Session, *, team: Team) -> list[Practitioner]:
    """The team's practitioners, as its file has them."""
    found = select(Practitioner).where(Practitioner.team_id == team.id, Practitioner.is_active)
    return list(session.scalars(found.order_by(Practitioner.position)))


def leads(session: Session, *, team: Team) -> list[Practitioner]:
    """The team's clinical leads and service managers."""
    return [lead for lead in practitioners(session, team=team) if lead.role in LEAD_ROLES]


def contact_by_phone(session: Session, *, team: Team, number: str) -> Contact | None:
    """The team's contact who has this number."""
    of_number = ContactPhone.phone_index.in_(keyring_of(session).indexes(number))
    found = select(Contact).join(ContactPhone, ContactPhone.contact_id == Contact.id)
    return session.scalar(found.where(ContactPhone.team_id == team.id, of_number, Contact.is_active))


def contact(session: Session, *, team: Team, contact_id: UUID) -> Contact | None:
    """The team's contact with this id, also one who has left."""
    return session.scalar(select(Contact).where(Contact.team_id == team.id, Contact.id == contact_id))


def contacts(session: Session, *, team: Team) -> list[Contact]:
    """The team's contacts, as its file has them."""
    found = select(Contact).where(Contact.team_id == team.id, Contact.is_active)
    return list(session.scalars(found.order_by(Contact.position)))


def phones(session: Session, *, team: Team) -> list[ContactPhone]:
    """The numbers of all the team's contacts, also of those who have left, each contact's in order."""
    found = select(ContactPhone).where(ContactPhone.team_id == team.id)
    return list(session.scalars(found.order_by(ContactPhone.contact_id, ContactPhone.position)))


def young_people(session: Session, *, team: Team) -> list[YoungPerson]:
    """The young people the team stands behind, as its file has them."""
    found = select(YoungPerson).where(YoungPerson.team_id == team.id, YoungPerson.is_active)
    return list(session.scalars(found.order_by(YoungPerson.position)))


def cared_for(session: Session, *, team: Team, slugs: Collection[str]) -> list[YoungPerson]:
    """The team's young people of these names: those a contact cares for."""
    return [person for person in young_people(session, team=team) if person.slug in slugs]
