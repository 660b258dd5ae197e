"""The tables of people. Names, numbers, dates of birth and plans are sealed; numbers are looked up by blind index."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.sealing import Sealed
from oncall.db.tables import OfTeam, Row
from oncall.people.versions import Watched, new_version

LEAD_ROLES = ("clinical_lead", "service_manager")


class Team(Watched, Row):
    """A team with its number, its languages and its rules for paging (as in the team file)."""

    __tablename__ = "teams"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    time_zone: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(JSON)
    number_sealed: Mapped[bytes]
    number_index: Mapped[str] = mapped_column(unique=True)
    staff_meeting: Mapped[dict[str, Any]] = mapped_column(JSON)
    jurisdiction: Mapped[str] = mapped_column(default="wales")
    escalation: Mapped[dict[str, Any]] = mapped_column(JSON)
    voice: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    loaded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(BigInteger, default=new_version)

    number = Sealed[str]()


class Practitioner(Watched, OfTeam, Row):
    """A member of staff. `opted_out_at`: texts are blocked since then; `number_dead_at`: the mobile does not exist."""

    __tablename__ = "practitioners"
    __table_args__ = (UniqueConstraint("team_id", "slug"), UniqueConstraint("team_id", "mobile_index"))

    slug: Mapped[str]
    role: Mapped[str]
    name_sealed: Mapped[bytes]
    mobile_sealed: Mapped[bytes | None]
    mobile_index: Mapped[str | None] = mapped_column(index=True)
    email_sealed: Mapped[bytes | None]
    languages: Mapped[list[str]] = mapped_column(JSON)
    guidance: Mapped[str | None]
    wants_notice_only: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    opted_out_at: Mapped[datetime | None]
    number_dead_at: Mapped[datetime | None]

    name = Sealed[str]()
    mobile = Sealed[str | None]()
    email = Sealed[str | None]()

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"is_active": True, "wants_notice_only": False, **values})


class YoungPerson(Watched, OfTeam, Row):
    """A young person the team stands behind, with the plan agreed for them."""

    __tablename__ = "young_people"
    __table_args__ = (UniqueConstraint("team_id", "slug"),)

    slug: Mapped[str]
    known_as_sealed: Mapped[bytes]
    born_sealed: Mapped[bytes]
    plan_sealed: Mapped[bytes | None]
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    key_worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    position: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)

    known_as = Sealed[str]()
    born = Sealed[str]()
    plan = Sealed[dict[str, Any] | None]()


class Contact(Watched, OfTeam, Row):
    """Somebody who may ring or text: a carer, a parent, a young person, a professional."""

    __tablename__ = "contacts"
    __table_args__ = (UniqueConstraint("team_id", "slug"),)

    slug: Mapped[str]
    kind: Mapped[str]
    name_sealed: Mapped[bytes]
    language: Mapped[str]
    cares_for: Mapped[list[str]] = mapped_column(JSON)
    prefers: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)

    name = Sealed[str]()


class ContactPhone(Watched, OfTeam, Row):
    """A number of a contact's."""

    __tablename__ = "contact_phones"
    __table_args__ = (UniqueConstraint("team_id", "phone_index"), Index("ix_contact_phones_contact", "contact_id"))

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"))
    phone_sealed: Mapped[bytes]
    phone_index: Mapped[str]
    position: Mapped[int]

    phone = Sealed[str]()
