"""A team's open tasks; done with its reference, or dropped with a reason; guides, answered a step at a time."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import StringConstraints

from oncall.api.access import Caller, Now, Reading, TokenFirst, team_of
from oncall.api.acting import Acting
from oncall.api.problems import documented
from oncall.api.queries import incident_named
from oncall.api.tasks.showing import guide_shown, team_tasks
from oncall.api.wire.risk import GuideOut, TaskList
from oncall.api.wire.schemas import Deed, IncidentOut, Words
from oncall.incidents.guides.actions import answer
from oncall.incidents.guides.catalogue import guide_named
from oncall.incidents.tasks.actions import drop, mark_done
from oncall.incidents.tasks.queries import task_of

router = APIRouter(route_class=TokenFirst, responses=documented(401, 403, 404, 422))
StepName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,49}$")]


class Done(Deed):
    """`reference` is what the other side gave, such as a log number."""

    reference: Words | None = None


class Dropped(Deed):
    why: Words


class Answered(Deed):
    step: StepName
    answer: Words


@router.get("/teams/{team}/tasks")
def tasks(team: str, holder: Caller, session: Reading, clock: Now) -> TaskList:
    """What is open in the team, with its clocks, due first first."""
    theirs = team_of(session, holder, slug=team)
    return TaskList(items=team_tasks(session, theirs, at=clock.now()))


@router.post("/incidents/{ref}/tasks/{task_id}/done", responses=documented(409))
def done(task_id: UUID, body: Done, doing: Acting) -> IncidentOut:
    """Marks a task as done; of a repeating one, this round."""
    person, task = doing.person(body.person), task_of(doing.session, doing.incident, task_id)
    mark_done(doing.session, doing.incident, task, by=person, at=doing.at, reference=body.reference)
    return doing.answer()


@router.post("/incidents/{ref}/tasks/{task_id}/drop", responses=documented(409))
def dropped(task_id: UUID, body: Dropped, doing: Acting) -> IncidentOut:
    """Drops a task, with the reason."""
    person, task = doing.person(body.person), task_of(doing.session, doing.incident, task_id)
    drop(doing.session, doing.incident, task, by=person, at=doing.at, why=body.why)
    return doing.answer()


@router.get("/incidents/{ref}/guides/{guide}")
def guide_of(ref: str, guide: str, holder: Caller, session: Reading) -> GuideOut:
    """A guided task (missing, allegation): its steps, what was answered, and what comes next."""
    team = team_of(session, holder)
    return guide_shown(session, team, incident_named(session, team, ref), guide_named(guide))


@router.post("/incidents/{ref}/guides/{guide}")
def answered(guide: str, body: Answered, doing: Acting) -> GuideOut:
    """Answers a step; a later answer stands, and the earlier one stays on the record."""
    person, named = doing.person(body.person), guide_named(guide)
    answer(doing.session, doing.team, doing.incident, named, step=body.step, said=body.answer, by=person, at=doing.at)
    return guide_shown(doing.session, doing.team, doing.incident, named)
