"""What a person does with a task: done, with the reference the other side gave, or dropped with a reason.

Each is a guarded UPDATE: of two who settle it at once, one is told that the other was first.
"""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.errors import Conflict
from oncall.incidents.actions import record
from oncall.incidents.models import Incident
from oncall.incidents.tasks.clocks import Says
from oncall.incidents.tasks.models import DONE, DROPPED, OPEN, Task
from oncall.people.models import Practitioner


class TaskSettled(Conflict):
    """It is not open any more."""


def mark_done(
    session: Session, incident: Incident, task: Task, *, by: Practitioner, at: datetime, reference: str | None = None
) -> None:
    """Marks it done; of a repeated one this round only, and the next is reckoned from now. Raises TaskSettled."""
    if task.repeats_after_s is None:
        if not settle(session, incident, task, DONE, by=by, at=at, reference=reference):
            raise TaskSettled(f"It is {task.state} already.")
        return
    next_at = at + timedelta(seconds=task.repeats_after_s)
    looks = next_at if task.next_at is not None else None
    values = {"due_at": next_at, "next_at": looks, "next_says": looks and Says.ROUND.value, "missed": 0}
    if not _change(session, task, **values, last_done_at=at):
        raise TaskSettled(f"It is {task.state} already.")
    _keep(session, task, reference=reference)
    _say(session, incident, task, "done for now", by=by, at=at, more=reference)


def drop(session: Session, incident: Incident, task: Task, *, by: Practitioner, at: datetime, why: str) -> None:
    """Drops it, with the reason. Raises TaskSettled."""
    if not settle(session, incident, task, DROPPED, by=by, at=at, why=why):
        raise TaskSettled(f"It is {task.state} already.")


def settle(  # noqa: PLR0913 - who, when and why
    session: Session,
    incident: Incident,
    task: Task,
    state: str,
    *,
    by: Practitioner,
    at: datetime,
    why: str | None = None,
    reference: str | None = None,
) -> bool:
    """Ends an open task; False if somebody was first."""
    done_at = at if state == DONE else task.last_done_at
    values = {"state": state, "settled_at": at, "settled_by_id": by.id, "next_at": None, "next_says": None}
    if not _change(session, task, **values, last_done_at=done_at):
        return False
    _keep(session, task, reference=reference, why=why)
    _say(session, incident, task, state, by=by, at=at, more=reference or why)
    return True


def _change(session: Session, task: Task, **values: object) -> bool:
    still_open = update(Task).where(Task.id == task.id, Task.state == OPEN)
    won = changed(session, still_open.values(**values)) == 1
    session.refresh(task)
    return won


def _keep(session: Session, task: Task, *, reference: str | None = None, why: str | None = None) -> None:
    """What was said with it, sealed; a later round keeps the reference of an earlier one if it has none of its own."""
    task.reference = reference or task.reference
    task.why = why or task.why
    session.flush()


def _say(  # noqa: PLR0913
    session: Session, incident: Incident, task: Task, word: str, *, by: Practitioner, at: datetime, more: str | None
) -> None:
    said = f"Task {word}: {task.asked['title']['en']}"
    record(session, incident, at=at, kind="task", by=by.slug, detail=f"{said}. {more}" if more else f"{said}.")
