"""Tasks and guides as the API shows them; everything about many in a fixed number of look-ups."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.api.access import MAY_SEE_RESTRICTED
from oncall.api.wire.risk import GuideOut, StepOut, TaskOut, TeamTaskOut
from oncall.incidents.flags.policy import CONFIRMED
from oncall.incidents.guides.catalogue import Guide
from oncall.incidents.guides.models import GuideAnswer
from oncall.incidents.guides.policy import asked_now, next_step
from oncall.incidents.guides.queries import answers_to
from oncall.incidents.models import Incident
from oncall.incidents.queries import flags
from oncall.incidents.tasks.models import Task
from oncall.incidents.tasks.queries import open_tasks, tasks_of
from oncall.people.models import Practitioner, Team


def tasks_around(session: Session, team: Team, ids: Collection[UUID]) -> dict[UUID, list[TaskOut]]:
    """The tasks of these incidents, by when they are due."""
    found = tasks_of(session, team_id=team.id, incidents=ids)
    slugs = _slugs(session, team, {task.settled_by_id for task in found})
    of: dict[UUID, list[TaskOut]] = defaultdict(list)
    for task in found:
        of[task.incident_id].append(TaskOut.model_validate(_task(task, slugs)))
    return of


def team_tasks(session: Session, team: Team, *, at: datetime) -> list[TeamTaskOut]:
    """What is open in the team, due first first; of what is for leads only, what the token may see."""
    return [
        TeamTaskOut.model_validate({**_task(task, {}), "ref": incident.ref, "is_overdue": task.due_at < at})
        for task, incident in open_tasks(session, team_id=team.id)
        if incident.restricted is None or session.info.get(MAY_SEE_RESTRICTED, True)
    ]


def _slugs(session: Session, team: Team, ids: set[UUID | None]) -> dict[UUID | None, str]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    named = select(Practitioner.id, Practitioner.slug).where(Practitioner.team_id == team.id)
    return {row.id: row.slug for row in session.execute(named.where(Practitioner.id.in_(wanted)))}


def _task(task: Task, slugs: dict[UUID | None, str]) -> dict[str, Any]:
    plain = ("id", "flag", "task", "state", "opened_at", "due_at", "last_done_at", "settled_at", "reference", "why")
    asked = task.asked
    return {
        **{name: getattr(task, name) for name in plain},
        **{name: asked[name] for name in ("title", "notes", "contacts", "source", "as_at", "to_be_read")},
        "repeats_after_hours": task.repeats_after_s // 3600 if task.repeats_after_s else None,
        "settled_by": slugs.get(task.settled_by_id),
    }


def guide_shown(session: Session, team: Team, incident: Incident, guide: Guide) -> GuideOut:
    """A guide with what was answered so far, and the step that comes next."""
    answers = answers_to(session, incident, guide=guide.guide)
    confirmed = {entry.flag for entry in flags(session, incident.id) if entry.state == CONFIRMED}
    asked = {step.step for step in asked_now(guide, confirmed)}
    slugs = _slugs(session, team, {one.by_id for one in answers.values()})
    said = {step: one.answer for step, one in answers.items()}
    return GuideOut.model_validate(
        {
            "guide": guide.guide,
            "ref": incident.ref,
            "title": guide.title,
            "version": guide.version,
            "review": guide.review,
            "next": next_step(guide, said, confirmed=confirmed),
            "steps": _steps(guide, answers, asked, slugs),
        }
    )


def _steps(
    guide: Guide, answers: dict[str, GuideAnswer], asked: set[str], slugs: dict[UUID | None, str]
) -> Sequence[StepOut]:
    shown = []
    for step in guide.steps:
        given = answers.get(step.step)
        shown.append(
            StepOut.model_validate(
                {
                    **{name: getattr(step, name) for name in ("step", "phase", "kind", "asks", "does")},
                    "is_asked": step.step in asked,
                    "answer": given.answer if given else None,
                    "answered_at": given.at if given else None,
                    "answered_by": slugs.get(given.by_id) if given else None,
                }
            )
        )
    return shown
