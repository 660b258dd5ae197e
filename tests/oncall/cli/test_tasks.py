"""`oncall tasks TEAM` as somebody in the office types it."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from oncall.cli import app
from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.incidents.actions import FlagChange
from oncall.incidents.flags.deciding import decide
from oncall.incidents.models import Incident
from oncall.people.models import Practitioner
from tests.databases import KEYRING, SECRET
from tests.oncall.api.world import World, team_named

Run = Callable[..., Result]


@pytest.fixture
def world(database_url: str, clock: ManualClock) -> World:
    opened = Database(database_url, KEYRING, info={"public_url": "https://on-call.example"})
    made = World(opened, clock)
    opened.close()
    return made


@pytest.fixture
def run(database_url: str) -> Run:
    environment = {"ONCALL_DATABASE_URL": database_url, "ONCALL_SECRET_KEY": SECRET}
    return lambda *words: CliRunner(env=environment).invoke(app, [str(word) for word in words])


def confirmed(world: World, flag: str, *, restricted: bool = False) -> str:
    ref = world.incident()
    with world.database.transaction() as session:
        incident = session.scalars(select(Incident).where(Incident.ref == ref)).one()
        sam = session.scalars(select(Practitioner).where(Practitioner.team_id == incident.team_id)).first()
        assert sam is not None
        change = FlagChange(flag=flag, state="confirmed")
        decide(session, team_named(session, "torfaen"), incident, change, by=sam, at=world.clock.now())
        if restricted:
            incident.restricted = {"named": [], "widened": False}
    world.database.close()
    return ref


def test_what_is_open_is_listed_due_first_first_and_what_is_late_says_so(run: Run, world: World) -> None:
    assert run("tasks", "torfaen").stdout == "No task is open.\n"
    ref = confirmed(world, "abuse_disclosure")
    hidden = confirmed(world, "allegation_staff", restricted=True)
    listed = run("tasks", "torfaen")
    assert (listed.exit_code, listed.stderr) == (0, "")
    lines = listed.stdout.splitlines()
    assert [line[:4] for line in lines] == [ref] * 3
    assert hidden not in listed.stdout
    assert lines[0].startswith(f"{ref}  Sat 14/03/2026 02:01")
    assert "South Wales" not in lines[-1]
    assert "South East Wales emergency duty team 0800 328 4432: check before use" in lines[0]
    told = json.loads(run("tasks", "torfaen", "--json").stdout)
    assert [task["title"]["en"] for task in told["tasks"]][1:] == [
        "Confirm the report in writing",
        "See that the report was acknowledged, or ask again",
    ]
    assert told["tasks"][0]["is_overdue"] is ("LATE" in lines[0])


def test_a_team_that_is_not_there(run: Run, world: World) -> None:
    asked = run("tasks", "nowhere")
    assert asked.exit_code != 0
    assert asked.stdout == ""
