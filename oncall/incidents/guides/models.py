"""The table of answers. A later answer to the same step stands; the earlier ones stay."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.sealing import Sealed
from oncall.db.tables import AppendOnly, OfTeam, Row


class GuideAnswer(AppendOnly, OfTeam, Row):
    """What a practitioner answered to one step of a guide."""

    __tablename__ = "guide_answers"
    __table_args__ = (Index("ix_guide_answers_incident", "incident_id", "guide", "at"),)

    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incidents.id"))
    guide: Mapped[str]
    step: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    answer_sealed: Mapped[bytes]

    answer = Sealed[str]()
