"""The tables of calendars: their secret addresses, and what was last told of each shift."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.tables import OfTeam, Row


class CalendarFeed(OfTeam, Row):
    """An address at which a calendar is read: a practitioner's, or the whole team's. Its secret is kept as a hash."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (Index("ix_calendar_feeds_team", "team_id"),)

    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    secret_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class CalendarEvent(OfTeam, Row):
    """What was last told of the shift that begins on a tier at an instant.

    `practitioner_id` is whose calendar it was told in, null for the team's; `holder_id` who holds the shift.
    """

    __tablename__ = "calendar_events"
    __table_args__ = (
        Index(
            "ux_calendar_events_of_team",
            "team_id",
            "tier",
            "from_at",
            unique=True,
            sqlite_where=text("practitioner_id IS NULL"),
            postgresql_where=text("practitioner_id IS NULL"),
        ),
        Index(
            "ux_calendar_events_of_one",
            "practitioner_id",
            "tier",
            "from_at",
            unique=True,
            sqlite_where=text("practitioner_id IS NOT NULL"),
            postgresql_where=text("practitioner_id IS NOT NULL"),
        ),
        Index("ix_calendar_events_to", "team_id", "practitioner_id", "to_at"),
    )

    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    tier: Mapped[str]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    sequence: Mapped[int]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
