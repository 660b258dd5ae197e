"""`oncall rota plan`, as a person or a program runs it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from oncall.cli.rota import app
from oncall.cli.team import store
from oncall.db.database import Database
from oncall.people.teamfile import parse, write
from tests.databases import SECRET
from tests.oncall.rotas.files import team_file
from tests.oncall.rotas.planning.test_planning import LEAVE, NIGHTS, PLANNER

SPAN = ("--from", "2026-11-30", "--to", "2026-12-14")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["plan", *arguments])


def _file(tmp_path: Path, rota: str) -> str:
    path = tmp_path / "team.yaml"
    path.write_text(write(team_file(rota)), encoding="utf-8")
    return str(path)


def test_a_plan_is_proposed_in_json_and_as_a_file_that_gives_it(tmp_path: Path) -> None:
    out = tmp_path / "planned.yaml"
    ran = _run(_file(tmp_path, NIGHTS + PLANNER), *SPAN, "--json", "--out", str(out))
    assert (ran.exit_code, ran.stderr) == (0, "")
    told = json.loads(ran.stdout)
    assert (told["team"], told["from"], told["to"]) == (
        "torfaen",
        "2026-11-30T00:00:00+00:00",
        "2026-12-14T00:00:00+00:00",
    )
    planned = parse(out.read_text(encoding="utf-8"))
    for tier, layers in told["layers"].items():
        assert {layer["layer"] for layer in layers} <= {layer.name for layer in planned.rota.tiers[tier]}
    shown = CliRunner().invoke(app, ["show", str(out), *SPAN, "--json"])
    held = {(shift["from"], shift["person"]) for shift in json.loads(shown.stdout)["tiers"]["duty"]}
    monday = next(shift for shift in told["shifts"]["duty"] if shift["from"] == "2026-12-07T17:00:00+00:00")
    assert (monday["from"], monday["person"]) in held


def test_no_plan_is_exit_1_with_the_reason_and_writes_no_file(tmp_path: Path) -> None:
    out = tmp_path / "planned.yaml"
    ran = _run(_file(tmp_path, NIGHTS + LEAVE), *SPAN, "--tier", "duty", "--out", str(out))
    assert ran.exit_code == 1
    assert "sam is on leave" in ran.stdout
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "2026-12-14", "--to", "2026-11-30"], "--from must lie before --to"),
        ([*SPAN, "--tier", "nights"], "no tier to plan"),
        ([*SPAN, "--wishes", "nowhere.yaml"], "cannot be read"),
        (["--from", "2026-11-30", "--to", "2028-11-30"], "a year at most"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    ran = _run(_file(tmp_path, NIGHTS), *arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert said in ran.stderr


def test_a_stored_team_is_planned(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ONCALL_DATABASE_URL", database_url)
    monkeypatch.setenv("ONCALL_SECRET_KEY", SECRET)
    store(database, parse(write(team_file(NIGHTS + PLANNER))), at=datetime(2026, 1, 1, tzinfo=UTC))
    ran = _run("torfaen", *SPAN)
    assert ran.exit_code == 0, ran.output
    assert "Shares, of the 17 weeks before and of this plan:" in ran.stdout
    assert _run("nobody", *SPAN).exit_code == 2


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    ran = _run(_file(tmp_path, NIGHTS + PLANNER), *SPAN, "--out", str(tmp_path / "nowhere" / "planned.yaml"))
    assert ran.exit_code == 2
    assert "cannot be written (No such file or directory)" in ran.stderr
