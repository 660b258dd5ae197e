"""Texts whoever holds an incident of its tasks that come due, and every lead of those that are late; each once.

One rule: a task is moved on by one guarded UPDATE, so that of two processes one reminds. What is due together is told
in one text. One incident whose reminder cannot be written is put off with an alarm; the others go on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from oncall.clock import Clock
from oncall.db.claims import changed
from oncall.db.database import Database
from oncall.incidents.models import Incident
from oncall.incidents.restricting import is_kept_from
from oncall.incidents.tasks.clocks import Says, late_look
from oncall.incidents.tasks.models import OPEN, Task
from oncall.paging.alarms import raise_alarm
from oncall.paging.outbox import About, Kind, Letter, ask
from oncall.paging.tasks.wording import listed, say
from oncall.paging.wording import language_of
from oncall.people.models import Practitioner, Team
from oncall.people.queries import leads
from oncall.people.reach import is_reachable_by_text

log = structlog.get_logger()
BATCH = 200
PUT_OFF_FOR = timedelta(minutes=10)
MISSED_BEFORE_LEADS = 2
"""After so many rounds in a row that nobody marked, the leads hear of it."""
WORTH_SENDING_FOR = timedelta(hours=4)


def remind(database: Database, clock: Clock) -> int:
    """Says what is to be said of tasks by now; gives for how many incidents."""
    with database.reading() as session:
        wanted = select(Task.incident_id).where(Task.next_at <= clock.now()).distinct()
        incidents = list(session.scalars(wanted.limit(BATCH)))
    return sum(_remind_of(database, incident_id, at=clock.now()) for incident_id in incidents)


def _remind_of(database: Database, incident_id: UUID, *, at: datetime) -> int:
    try:
        with database.transaction() as session:
            return _told(session, incident_id, at=at)
    except DBAPIError as error:
        log.error("reminding_failed", incident=str(incident_id), error=type(error).__name__)
    except Exception as error:  # one bad row never stops the others
        log.error("reminding_failed", incident=str(incident_id), error=type(error).__name__)
        _put_off(database, incident_id, error, at=at)
    return 0


def _told(session: Session, incident_id: UUID, *, at: datetime) -> int:
    due = select(Task).where(Task.incident_id == incident_id, Task.next_at <= at).order_by(Task.due_at, Task.id)
    mine: dict[str, list[Task]] = {}
    for task in session.scalars(due).all():
        said = task.next_says or Says.LATE.value
        if _moved_on(session, task, at=at):
            mine.setdefault(said, []).append(task)
    if not mine:
        return 0
    incident = session.get_one(Incident, incident_id)
    team = session.get_one(Team, incident.team_id)
    for said, tasks in mine.items():
        _tell(session, team, incident, said, tasks, at=at)
    return 1


def _moved_on(session: Session, task: Task, *, at: datetime) -> bool:
    """Whether it was this process that moved it on to what is to be said of it next."""
    values: dict[str, object] = {"next_at": None, "next_says": None}
    if task.next_says == Says.SOON:
        look = late_look(opened_at=task.opened_at, due_at=task.due_at)
        values = {"next_at": look.at, "next_says": look.says.value}
    elif task.repeats_after_s is not None:
        every = timedelta(seconds=task.repeats_after_s)
        rounds = (at - task.due_at) // every + 1
        next_at = task.due_at + rounds * every
        values = {"next_at": next_at, "due_at": next_at, "missed": task.missed + 1}
    unmoved = update(Task).where(Task.id == task.id, Task.state == OPEN, Task.next_at == task.next_at)
    won = changed(session, unmoved.values(**values)) == 1
    if won and task.repeats_after_s is not None:
        task.missed += 1
    return won


def _tell(session: Session, team: Team, incident: Incident, said: str, tasks: Sequence[Task], *, at: datetime) -> None:
    holder = session.get_one(Practitioner, incident.holder_id or tasks[0].opened_by_id)
    _text(session, team, incident, holder, said, tasks, at=at)
    late = [task for task in tasks if said == Says.LATE or task.missed == MISSED_BEFORE_LEADS]
    if late or not is_reachable_by_text(holder) or is_kept_from(incident, holder):
        for lead in leads(session, team=team):
            if lead.id != holder.id:
                sentence = "late_lead" if late else said
                _text(session, team, incident, lead, sentence, late or tasks, at=at, name=holder.name)


def _text(  # noqa: PLR0913 - whom, and what
    session: Session,
    team: Team,
    incident: Incident,
    to: Practitioner,
    sentence: str,
    tasks: Sequence[Task],
    *,
    at: datetime,
    name: str = "",
) -> None:
    if is_reachable_by_text(to) and not is_kept_from(incident, to):
        language = language_of(to)
        body = say(language, sentence, ref=incident.ref, tasks=listed(language, team, tasks), name=name)
        letter = Letter(kind=Kind.TASK_NOTICE, to=to.mobile or "", body=body)
        row = ask(session, letter, About(team_id=team.id, incident=incident, practitioner=to), at=at)
        row.valid_for_s = int(WORTH_SENDING_FOR.total_seconds())


def _put_off(database: Database, incident_id: UUID, error: Exception, *, at: datetime) -> None:
    named = type(error).__name__
    with database.transaction() as session:
        due = update(Task).where(Task.incident_id == incident_id, Task.next_at <= at)
        changed(session, due.values(next_at=at + PUT_OFF_FOR))
        detail = f"Tasks could not be reminded of: {named}. It is tried again."
        raise_alarm(session, "reminding_failed", subject=str(incident_id), at=at, detail=detail)
