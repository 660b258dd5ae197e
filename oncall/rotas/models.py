"""The tables of rotas. A change adds; what was in force at a past instant stays answerable."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.sealing import Sealed
from oncall.db.tables import OfTeam, Row
from oncall.people.versions import Watched


class RotaVersion(Watched, OfTeam, Row):
    """The tiers and layers as the team file has them, and its rules if any, in force until the next version is."""

    __tablename__ = "rota_versions"
    __table_args__ = (Index("ix_rota_versions_in_force", "team_id", "in_force_at"),)

    tiers: Mapped[dict[str, Any]] = mapped_column(JSON)
    in_force_at: Mapped[datetime]


class RotaOverride(Watched, OfTeam, Row):
    """One person on one tier for a span, over whatever the layers say; a later `position` wins.

    `change_id` names the change among colleagues that laid it, if one did.
    """

    __tablename__ = "rota_overrides"
    __table_args__ = (Index("ix_rota_overrides_to", "team_id", "to_at"),)

    tier: Mapped[str]
    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    written: Mapped[dict[str, Any]] = mapped_column(JSON)
    why_sealed: Mapped[bytes | None]
    position: Mapped[int]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    change_id: Mapped[UUID | None] = mapped_column(ForeignKey("rota_changes.id"))

    why = Sealed[str | None]()


class Leave(Watched, OfTeam, Row):
    """A span in which somebody is away; `to_at` is exclusive.

    `source` names where it came from, if not from the team's file: then no file takes it off, and none gives it back.
    `source_key` tells one entry of a source from another.
    """

    __tablename__ = "rota_leave"
    __table_args__ = (Index("ix_rota_leave_to", "team_id", "to_at"),)

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    written: Mapped[dict[str, Any]] = mapped_column(JSON)
    position: Mapped[int]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    source: Mapped[str | None]
    source_key: Mapped[str | None]


class DutySpell(OfTeam, Row):
    """Who held a tier, written down as it happened; `practitioner_id` is null in a gap, `to_at` while it lasts."""

    __tablename__ = "duty_spells"
    __table_args__ = (
        Index("ix_duty_spells_from", "team_id", "tier", "from_at"),
        Index("ix_duty_spells_to", "team_id", "to_at"),
        Index(
            "ux_duty_spells_open",
            "team_id",
            "tier",
            unique=True,
            sqlite_where=text("to_at IS NULL"),
            postgresql_where=text("to_at IS NULL"),
        ),
    )

    tier: Mapped[str]
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    because: Mapped[str | None]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
