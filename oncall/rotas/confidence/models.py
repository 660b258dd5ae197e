"""The tables of confidence: what was asked, tested and told of a shift, so that each is done once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.tables import OfTeam, Row


class ShiftHandover(OfTeam, Row):
    """A tier passed from one person, if any, to another; `calls` counts the test calls placed for it.

    `needs_test`: the team wants one. `answered_at`: a key was pressed in one. `leads_told_at`: it was not.
    """

    __tablename__ = "shift_handovers"
    __table_args__ = (UniqueConstraint("team_id", "tier", "from_at"),)

    tier: Mapped[str]
    from_at: Mapped[datetime]
    outgoing_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    incoming_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    needs_test: Mapped[bool]
    calls: Mapped[int]
    called_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    leads_told_at: Mapped[datetime | None]


class ShiftQuestion(OfTeam, Row):
    """Whether somebody can still do a shift; `answer` is yes or no, null while they have not said."""

    __tablename__ = "shift_questions"
    __table_args__ = (UniqueConstraint("practitioner_id", "tier", "from_at"),)

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    tier: Mapped[str]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    leads_told_at: Mapped[datetime | None]


class GapWarning(OfTeam, Row):
    """Leads were warned of gaps for this hour or day."""

    __tablename__ = "gap_warnings"
    __table_args__ = (UniqueConstraint("team_id", "slot_at"),)

    slot_at: Mapped[datetime]


class NextShift(OfTeam, Row):
    """What was last known of somebody's next shift, null where there was none in sight."""

    __tablename__ = "next_shifts"
    __table_args__ = (UniqueConstraint("practitioner_id"),)

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    tier: Mapped[str | None]
    from_at: Mapped[datetime | None]
    to_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
