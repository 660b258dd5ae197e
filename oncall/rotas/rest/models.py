"""The table of rest that is owed: one row for each night somebody worked in, until a lead settles it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.sealing import Sealed
from oncall.db.tables import OfTeam, Row


class RestOwed(OfTeam, Row):
    """Somebody worked between 23:00 and 06:00 of the night that began on `night`, by the team's clocks.

    `last_ended_at`: when the last of that work ended; `rested_at`: when the rest of a day has run since then.
    """

    __tablename__ = "rest_owed"
    __table_args__ = (
        UniqueConstraint("practitioner_id", "night"),
        Index("ix_rest_owed_night", "team_id", "night"),
    )

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    night: Mapped[date]
    worked_s: Mapped[int]
    last_ended_at: Mapped[datetime]
    rested_at: Mapped[datetime]
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    how_sealed: Mapped[bytes | None]

    how = Sealed[str | None]()
