"""The tables of the line by voice: a caller's call, and the phones that were rung or joined for it.

What a call waits for is its `state` and `due_at`; whoever changes either holds the row until the transaction ends.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.tables import OfTeam, Row


class Call(OfTeam, Row):
    """A caller on the line, or being rung back. `sid` is the caller's own call; `room` counts the rooms it was in."""

    __tablename__ = "calls"
    __table_args__ = (
        Index(
            "ix_calls_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_calls_incident", "incident_id"),
    )

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"))
    sid: Mapped[str | None] = mapped_column(unique=True)
    is_back: Mapped[bool]
    language: Mapped[str | None]
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    room: Mapped[int]
    conference_sid: Mapped[str | None]
    moved_for: Mapped[str | None]
    began_at: Mapped[datetime]
    caller_joined_at: Mapped[datetime | None]
    bridged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    error: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Leg(OfTeam, Row):
    """One phone beside the caller's own: rung by us (its id is then its outbox row's), or ringing in.

    `practitioner_id` is null for a caller who is rung back. `dropped_at`: it is not wanted any more.
    """

    __tablename__ = "legs"
    __table_args__ = (
        Index("ix_legs_call", "call_id"),
        Index(
            "ix_legs_live",
            "practitioner_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    call_id: Mapped[UUID | None] = mapped_column(ForeignKey("calls.id"))
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    purpose: Mapped[str]
    sid: Mapped[str | None] = mapped_column(unique=True)
    rung_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]
    stepped_aside_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    moved_for: Mapped[str | None]
