"""The tables of the record. What was written, said or decided is sealed; the timeline is append-only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.sealing import Sealed
from oncall.db.tables import AppendOnly, OfTeam, Row

OPEN, ACKNOWLEDGED, CLOSED = "open", "acknowledged", "closed"


class InboundEvent(AppendOnly, OfTeam, Row):
    """Something that arrived from outside, once: `key` is its provider's id (a MessageSid, a CallSid with its step)."""

    __tablename__ = "inbound_events"

    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    payload_sealed: Mapped[bytes]

    payload = Sealed[list[tuple[str, str]]]()


class Incident(OfTeam, Row):
    """One caller's contact and all that follows from it, until it is closed. `restricted`: whom it is kept from."""

    __tablename__ = "incidents"
    __table_args__ = (
        Index("ix_incidents_caller", "team_id", "phone_index", "status"),
        Index("ix_incidents_contact", "team_id", "contact_id", "status"),
        Index("ix_incidents_opened", "team_id", "opened_at", "id"),
        Index("ix_incidents_holder", "holder_id", "status"),
        Index("ix_incidents_ref", "ref"),
    )

    ref: Mapped[str]
    status: Mapped[str] = mapped_column(default=OPEN)
    channel: Mapped[str]
    severity: Mapped[str]
    language: Mapped[str | None]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contacts.id"))
    young_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("young_people.id"))
    phone_sealed: Mapped[bytes | None]
    phone_index: Mapped[str | None]
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("incidents.id"))
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    opened_at: Mapped[datetime]
    last_contact_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    contacted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    caller_answered_at: Mapped[datetime | None]
    restricted: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    outcome_sealed: Mapped[bytes | None]
    guidance_sealed: Mapped[bytes | None]
    follow_up_sealed: Mapped[bytes | None]

    phone = Sealed[str | None]()
    outcome = Sealed[str | None]()
    guidance = Sealed[str | None]()
    follow_up = Sealed[str | None]()

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"status": OPEN, **values})


class Ref(Row):
    """A ref in use, or resting until it may be used again."""

    __tablename__ = "refs"

    ref: Mapped[str] = mapped_column(unique=True)
    incident_id: Mapped[UUID]
    given_at: Mapped[datetime]


class TimelineEntry(AppendOnly, OfTeam, Row):
    """One line of an incident's record, readable by a lead; `by` is a practitioner's slug, `caller` or `service`."""

    __tablename__ = "timeline"
    __table_args__ = (Index("ix_timeline_incident", "incident_id", "at", "id"),)

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    by: Mapped[str]
    detail_sealed: Mapped[bytes]

    detail = Sealed[str]()


class FlagEntry(AppendOnly, OfTeam, Row):
    """A risk flag suggested, confirmed or dismissed, whom it is about, and what in the agreed plan foresees it."""

    __tablename__ = "flag_entries"
    __table_args__ = (Index("ix_flag_entries_incident", "incident_id", "at", "id"),)

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"))
    at: Mapped[datetime]
    flag: Mapped[str]
    state: Mapped[str]
    by: Mapped[str]
    subject: Mapped[str | None]
    phrase_sealed: Mapped[bytes | None]
    why_sealed: Mapped[bytes | None]
    planned_sealed: Mapped[bytes | None]

    phrase = Sealed[str | None]()
    why = Sealed[str | None]()
    planned = Sealed[str | None]()


class Media(OfTeam, Row):
    """A picture or file that came with a text: fetched once, sealed in the data dir, shown only behind sign-in."""

    __tablename__ = "media"
    __table_args__ = (Index("ix_media_incident", "incident_id"),)

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"))
    at: Mapped[datetime]
    content_type: Mapped[str]
    url_sealed: Mapped[bytes]
    state: Mapped[str]
    fetched_at: Mapped[datetime | None]
    size: Mapped[int | None]
    error: Mapped[str | None]

    url = Sealed[str]()
