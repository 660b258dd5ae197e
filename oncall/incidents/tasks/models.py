"""The table of tasks. What was asked is kept as it stood when the task was opened, since its data changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.sealing import Sealed
from oncall.db.tables import OfTeam, Row

OPEN, DONE, DROPPED, WITHDRAWN = "open", "done", "dropped", "withdrawn"
NOT_WITHDRAWN = "state != 'withdrawn'"
HAS_NEXT = "next_at IS NOT NULL"


class Task(OfTeam, Row):
    """Something a confirmed flag asks for, by `due_at`; open, done, dropped (by a person) or withdrawn (with its flag).

    At `next_at` somebody is to be reminded, in the words of `next_says`; `missed` counts rounds of a repeating one
    that nobody marked as done. `reference` is what the other side gave, such as a log number.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index(
            "ux_tasks_once",
            "incident_id",
            "flag",
            "task",
            unique=True,
            sqlite_where=text(NOT_WITHDRAWN),
            postgresql_where=text(NOT_WITHDRAWN),
        ),
        Index("ix_tasks_next", "next_at", sqlite_where=text(HAS_NEXT), postgresql_where=text(HAS_NEXT)),
        Index("ix_tasks_team", "team_id", "state", "due_at"),
    )

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"))
    flag: Mapped[str]
    task: Mapped[str]
    state: Mapped[str]
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    repeats_after_s: Mapped[int | None]
    missed: Mapped[int]
    next_at: Mapped[datetime | None]
    next_says: Mapped[str | None]
    last_done_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    asked_sealed: Mapped[bytes]
    reference_sealed: Mapped[bytes | None]
    why_sealed: Mapped[bytes | None]

    asked = Sealed[dict[str, Any]]()
    reference = Sealed[str | None]()
    why = Sealed[str | None]()

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"state": OPEN, "missed": 0, **values})
