"""Every look at answers; each names its incident."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.incidents.guides.models import GuideAnswer
from oncall.incidents.models import Incident


def answers_to(session: Session, incident: Incident, *, guide: str) -> dict[str, GuideAnswer]:
    """The answer that stands for each step of a guide: the last one given."""
    wanted = select(GuideAnswer).where(GuideAnswer.incident_id == incident.id, GuideAnswer.guide == guide)
    return {row.step: row for row in session.scalars(wanted.order_by(GuideAnswer.at, GuideAnswer.id))}
