"""Flags open tasks, end them and withdraw them: each once for an incident and flag, whoever else confirms it.

What is withdrawn keeps its reason, and is opened anew if the flag is confirmed again.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from oncall.db.claims import insert_row_once
from oncall.incidents.actions import record
from oncall.incidents.flags.policy import CONFIRMED
from oncall.incidents.models import Incident
from oncall.incidents.queries import flags
from oncall.incidents.tasks.actions import settle
from oncall.incidents.tasks.clocks import due_at, first_look
from oncall.incidents.tasks.duties import Duty, duties_of
from oncall.incidents.tasks.models import OPEN, WITHDRAWN, Task
from oncall.people.models import Practitioner, Team
from oncall.rotas.checking.bank_holidays import bank_holidays

AHEAD = timedelta(days=60)


def open_for(  # noqa: PLR0913 - whose, which, and by whom
    session: Session, team: Team, incident: Incident, flag: str, *, by: Practitioner, at: datetime, is_quiet: bool
) -> list[Task]:
    """Opens what a confirmed flag asks for; of a quiet one nobody is reminded. Gives those that are new."""
    duties = duties_of(team.jurisdiction)
    needed = duties.only_after.get(flag)
    if needed is not None and not _was_confirmed(session, incident, needed):
        return []
    made = [_made(team, incident, flag, duty, by=by, at=at, is_quiet=is_quiet) for duty in duties.of_flag.get(flag, ())]
    new = [task for task in made if insert_row_once(session, task)]
    if new:
        zone = ZoneInfo(team.time_zone)
        listed = "; ".join(
            f"{_title(duty)} ({_by(task, zone)})" for duty, task in _pairs(duties.of_flag.get(flag, ()), new)
        )
        record(session, incident, at=at, kind="task", by=by.slug, detail=f"Asked for now: {listed}.")
    return new


def _was_confirmed(session: Session, incident: Incident, flag: str) -> bool:
    return any(entry.flag == flag and entry.state == CONFIRMED for entry in flags(session, incident.id))


def _made(  # noqa: PLR0913
    team: Team, incident: Incident, flag: str, duty: Duty, *, by: Practitioner, at: datetime, is_quiet: bool
) -> Task:
    zone = ZoneInfo(team.time_zone)
    day = at.astimezone(zone).date()
    holidays = bank_holidays(day, day + AHEAD)
    due = due_at(duty.within, opened_at=at, zone=zone, is_holiday=holidays.__contains__)
    look = first_look(opened_at=at, due_at=due, repeats=duty.repeats_after_h is not None)
    return Task(
        team_id=team.id,
        incident_id=incident.id,
        flag=flag,
        task=duty.task,
        opened_by_id=by.id,
        opened_at=at,
        due_at=due,
        repeats_after_s=duty.repeats_after_h * 3600 if duty.repeats_after_h else None,
        next_at=None if is_quiet else look.at,
        next_says=None if is_quiet else look.says.value,
        asked=duty.asked,
    )


def _pairs(duties: tuple[Duty, ...], tasks: list[Task]) -> list[tuple[Duty, Task]]:
    of = {duty.task: duty for duty in duties}
    return [(of[task.task], task) for task in tasks]


def _title(duty: Duty) -> str:
    title: str = duty.asked["title"]["en"]
    return title


def _by(task: Task, zone: ZoneInfo) -> str:
    return "now" if task.due_at == task.opened_at else f"by {task.due_at.astimezone(zone):%a %d/%m %H:%M}"


def end_for(session: Session, team: Team, incident: Incident, flag: str, *, by: Practitioner, at: datetime) -> None:
    """Ends what a confirmed flag makes needless, such as looking for somebody who was found."""
    ended = duties_of(team.jurisdiction).ends.get(flag, ())
    _withdraw(session, incident, Task.task.in_(ended), by=by, at=at, why=f"No longer needed: {flag}.")


def withdraw_for(
    session: Session, incident: Incident, flag: str, *, by: Practitioner, at: datetime, why: str | None
) -> None:
    """Withdraws what a dismissed flag asked for and is still open."""
    reason = f"The flag was dismissed: {why}" if why else "The flag was dismissed."
    _withdraw(session, incident, Task.flag == flag, by=by, at=at, why=reason)


def _withdraw(
    session: Session, incident: Incident, which: ColumnElement[bool], *, by: Practitioner, at: datetime, why: str
) -> None:
    found = select(Task).where(Task.incident_id == incident.id, Task.state == OPEN, which)
    for task in session.scalars(found.order_by(Task.due_at, Task.id)).all():
        settle(session, incident, task, WITHDRAWN, by=by, at=at, why=why)
