"""Every look at tasks; each names its team or its incident."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from oncall.errors import NotFound
from oncall.incidents.models import Incident
from oncall.incidents.tasks.models import OPEN, WITHDRAWN, Task


class NoSuchTask(NotFound):
    """This incident has no such task."""


def task_of(session: Session, incident: Incident, task_id: UUID) -> Task:
    """A task of the incident. Raises NoSuchTask."""
    found = session.get(Task, task_id)
    if found is None or found.incident_id != incident.id:
        raise NoSuchTask
    return found


def open_named(session: Session, incident: Incident, *, task: str) -> Sequence[Task]:
    """The incident's open tasks of that name: several, where several flags asked for it."""
    wanted = select(Task).where(Task.incident_id == incident.id, Task.task == task, Task.state == OPEN)
    return session.scalars(wanted.order_by(Task.due_at, Task.id)).all()


def tasks_of(session: Session, *, team_id: UUID, incidents: Collection[UUID]) -> Sequence[Task]:
    """The tasks of these incidents, by when they are due."""
    wanted = select(Task).where(Task.team_id == team_id, Task.incident_id.in_(incidents))
    return session.scalars(wanted.order_by(Task.due_at, Task.id)).all()


def open_tasks(session: Session, *, team_id: UUID) -> Sequence[tuple[Task, Incident]]:
    """What is open in the team, each with its incident, due first first."""
    wanted = select(Task, Incident).join(Incident, Incident.id == Task.incident_id)
    wanted = wanted.where(Task.team_id == team_id, Task.state == OPEN)
    return [(row[0], row[1]) for row in session.execute(wanted.order_by(Task.due_at, Task.id))]


def standing_at(session: Session, *, incident_id: UUID, at: datetime) -> Sequence[Task]:
    """The incident's tasks as they were known at an instant, but for those withdrawn by then."""
    gone = and_(Task.state == WITHDRAWN, Task.settled_at <= at)
    wanted = select(Task).where(Task.incident_id == incident_id, Task.opened_at <= at, ~gone)
    return session.scalars(wanted.order_by(Task.due_at, Task.id)).all()


def was_open(at: datetime) -> ColumnElement[bool]:
    """The condition that a task was open at an instant."""
    return and_(Task.opened_at <= at, or_(Task.settled_at.is_(None), Task.settled_at > at))
