"""The tables of paging: where an escalation stands, what must leave the house, and alarms."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.sealing import Sealed
from oncall.db.tables import OfTeam, Row

DUE = ("waiting", "claimed")


class Escalation(OfTeam, Row):
    """Where an incident's escalation stands; `due_at` is when the engine must look again, null when nothing is due."""

    __tablename__ = "escalations"
    __table_args__ = (
        Index(
            "ix_escalations_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"), unique=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    error: Mapped[str | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Outgoing(OfTeam, Row):
    """Something that must leave the house: a text, a call, a file to fetch.

    `state`: waiting (may be claimed once `due_at` is reached), claimed (a sender has it until `lease_until_at`),
    accepted (Twilio has it), delivered, failed, cancelled (no longer wanted),
    aside (could not be handled; an alarm says so).
    A row with `after_id` waits until that one has left, so that what was cut in parts arrives in order.
    `unknown_at`: it may have been sent although no answer came; it is looked up before it is sent again.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "priority",
            "due_at",
            sqlite_where=text("state IN ('waiting', 'claimed')"),
            postgresql_where=text("state IN ('waiting', 'claimed')"),
        ),
        Index("ix_outbox_incident", "incident_id"),
        Index("ix_outbox_practitioner", "practitioner_id", "incident_id"),
        Index(
            "ix_outbox_unsettled",
            "check_at",
            sqlite_where=text("check_at IS NOT NULL"),
            postgresql_where=text("check_at IS NOT NULL"),
        ),
    )

    kind: Mapped[str]
    priority: Mapped[int]
    state: Mapped[str]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    incident_id: Mapped[UUID | None] = mapped_column(ForeignKey("incidents.id"))
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    media_id: Mapped[UUID | None] = mapped_column(ForeignKey("media.id"))
    after_id: Mapped[UUID | None] = mapped_column(ForeignKey("outbox.id"))
    channel: Mapped[str]
    step: Mapped[int | None]
    round: Mapped[int | None]
    to_sealed: Mapped[bytes]
    body_sealed: Mapped[bytes]
    valid_for_s: Mapped[int]
    attempts: Mapped[int]
    lease_token: Mapped[UUID | None]
    lease_until_at: Mapped[datetime | None]
    unknown_at: Mapped[datetime | None]
    sid: Mapped[str | None] = mapped_column(index=True)
    provider_status: Mapped[str | None]
    provider_rank: Mapped[int]
    error_code: Mapped[int | None]
    sent_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None]
    error: Mapped[str | None]

    to = Sealed[str]()
    body = Sealed[str]()

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"state": "waiting", "attempts": 0, "provider_rank": 0, **values})


class Engaged(OfTeam, Row):
    """A practitioner who rang in is on a call of ours until it ends: not rung for another meanwhile."""

    __tablename__ = "engaged"
    __table_args__ = (Index("ix_engaged_practitioner", "practitioner_id"),)

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    call_sid: Mapped[str] = mapped_column(unique=True)
    since_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Alarm(Row):
    """Something an engineer or a lead must know of; one row per kind and subject while it stands."""

    __tablename__ = "alarms"
    __table_args__ = (
        Index(
            "ux_alarms_standing",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("cleared_at IS NULL"),
            postgresql_where=text("cleared_at IS NULL"),
        ),
    )

    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id"), index=True)
    kind: Mapped[str]
    subject: Mapped[str]
    raised_at: Mapped[datetime]
    last_at: Mapped[datetime]
    count: Mapped[int]
    detail: Mapped[str]
    cleared_at: Mapped[datetime | None]
