"""Answering a step: kept, never changed, written down in the record; and the task it settles is done with it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.errors import NotFound
from oncall.incidents.actions import record
from oncall.incidents.guides.catalogue import YES_NO, Guide
from oncall.incidents.guides.models import GuideAnswer
from oncall.incidents.guides.policy import does, fitted
from oncall.incidents.models import Incident
from oncall.incidents.tasks.actions import mark_done
from oncall.incidents.tasks.queries import open_named
from oncall.people.models import Practitioner, Team


class NoSuchStep(NotFound):
    """This guide has no such step."""


def answer(  # noqa: PLR0913 - who, which step and what
    session: Session,
    team: Team,
    incident: Incident,
    guide: Guide,
    *,
    step: str,
    said: str,
    by: Practitioner,
    at: datetime,
) -> GuideAnswer:
    """Keeps what `by` answers to a step. Raises NoSuchStep, DoesNotFit."""
    asked = next((one for one in guide.steps if one.step == step), None)
    if asked is None:
        raise NoSuchStep
    kept = fitted(asked, said, zone=ZoneInfo(team.time_zone))
    row = GuideAnswer(
        team_id=team.id, incident_id=incident.id, guide=guide.guide, step=step, at=at, by_id=by.id, answer=kept
    )
    session.add(row)
    question = asked.asks["en"]
    record(session, incident, at=at, kind="guide", by=by.slug, detail=f"{guide.title['en']}: {question} {kept}")
    settled = does(asked, kept)
    for task in open_named(session, incident, task=settled) if settled else ():
        mark_done(session, incident, task, by=by, at=at, reference=None if asked.kind == YES_NO else kept)
    session.flush()
    return row
