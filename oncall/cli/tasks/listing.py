"""`oncall tasks`: what is open in a team, with its clocks, due first first; what is for leads only is not told here."""

import json
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from oncall.cli.opening import opened, team_named
from oncall.clock import SystemClock
from oncall.incidents.models import Incident
from oncall.incidents.tasks.models import Task
from oncall.incidents.tasks.queries import open_tasks


def tasks(
    team: Annotated[str, typer.Argument(metavar="TEAM", help="The team's slug.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """What confirmed flags ask for and is still open, with its clocks, due first first."""
    with opened() as database, database.reading() as session:
        found = team_named(session, team)
        zone, now = ZoneInfo(found.time_zone), SystemClock().now()
        listed = [
            _shown(task, incident, zone, now)
            for task, incident in open_tasks(session, team_id=found.id)
            if incident.restricted is None
        ]
    if as_json:
        typer.echo(json.dumps({"team": team, "tasks": listed}, ensure_ascii=False, indent=2).encode())
    else:
        typer.echo("\n".join([_line(one) for one in listed] or ["No task is open."]).encode())


def _shown(task: Task, incident: Incident, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    asked = task.asked
    return {
        "id": str(task.id),
        "ref": incident.ref,
        "flag": task.flag,
        "task": task.task,
        "title": asked["title"],
        "due_at": task.due_at.astimezone(zone).isoformat(),
        "is_overdue": task.due_at < now,
        "contacts": asked["contacts"],
        "source": asked["source"],
        "as_at": asked["as_at"],
        "to_be_read": asked["to_be_read"],
    }


def _line(one: dict[str, Any]) -> str:
    due = datetime.fromisoformat(one["due_at"])
    late = "  LATE" if one["is_overdue"] else ""
    numbers = ", ".join(f"{contact['name']['en']} {contact['number']}" for contact in one["contacts"])
    whom = f"  [{numbers}: check before use]" if numbers else ""
    return f"{one['ref']}  {due:%a %d/%m/%Y %H:%M}{late}  {one['title']['en']}  ({one['flag']}){whom}"
