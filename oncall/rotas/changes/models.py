"""The tables of changes of the rota: what was asked, whom, the log of it all, and who has yet to be told.

The log is only ever added to. A change in force is a `RotaOverride` that names it, so the one resolver sees it.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.sealing import Sealed
from oncall.db.tables import AppendOnly, OfTeam, Row

CODE_STANDS = "state IN ('open', 'accepted', 'applied')"


class RotaChange(OfTeam, Row):
    """Somebody's duty, `holder_id`, that another is to have from `from_at` to `to_at`.

    `kind`: cover, swap or override; of a swap, `return_…` is what the holder takes in return.
    `state`: open (asked), accepted (waits for a lead), applied (in force), declined, withdrawn, refused (by a lead),
    expired, undone. It is to be settled by `due_at`. `code` is what a phone calls it.
    """

    __tablename__ = "rota_changes"
    __table_args__ = (
        Index(
            "ux_rota_changes_code",
            "team_id",
            "code",
            unique=True,
            sqlite_where=text(CODE_STANDS),
            postgresql_where=text(CODE_STANDS),
        ),
        Index("ix_rota_changes_due", "state", "due_at"),
        Index("ix_rota_changes_leave", "leave_id"),
    )

    code: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    tier: Mapped[str]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    return_tier: Mapped[str | None]
    return_from_at: Mapped[datetime | None]
    return_to_at: Mapped[datetime | None]
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    taker_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    leave_id: Mapped[UUID | None] = mapped_column(ForeignKey("rota_leave.id"))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class RotaAsk(OfTeam, Row):
    """A colleague who was asked, and may have said no."""

    __tablename__ = "rota_asks"
    __table_args__ = (UniqueConstraint("change_id", "practitioner_id"),)

    change_id: Mapped[UUID] = mapped_column(ForeignKey("rota_changes.id"))
    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    declined_at: Mapped[datetime | None]


class RotaLogEntry(AppendOnly, OfTeam, Row):
    """A line of the log: what was done, by whom (nobody: the service), on whose behalf, and why."""

    __tablename__ = "rota_log"
    __table_args__ = (Index("ix_rota_log_at", "team_id", "at"),)

    at: Mapped[datetime]
    deed: Mapped[str]
    change_id: Mapped[UUID | None] = mapped_column(ForeignKey("rota_changes.id"))
    leave_id: Mapped[UUID | None] = mapped_column(ForeignKey("rota_leave.id"))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    for_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    was_allowed: Mapped[bool]
    why_sealed: Mapped[bytes | None]

    why = Sealed[str | None]()


class RotaNotice(OfTeam, Row):
    """Somebody has to be told of a change, once; `sentence` names what is said."""

    __tablename__ = "rota_notices"
    __table_args__ = (
        Index(
            "ix_rota_notices_untold",
            "team_id",
            sqlite_where=text("told_at IS NULL"),
            postgresql_where=text("told_at IS NULL"),
        ),
    )

    change_id: Mapped[UUID] = mapped_column(ForeignKey("rota_changes.id"))
    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    sentence: Mapped[str]
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
