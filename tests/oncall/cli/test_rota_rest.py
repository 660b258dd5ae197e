"""`oncall rota rest`, as a person or a program runs it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from oncall.cli.rota import app
from oncall.cli.team import store
from oncall.db.database import Database
from oncall.people.queries import team_by_slug
from oncall.people.teamfile import parse, write
from oncall.rotas.rest.owing import owe
from oncall.rotas.rest.working import WorkedSpell
from tests.databases import SECRET
from tests.oncall.rotas.files import DAILY, team_file

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOW = datetime.now(UTC)  # the commands ask the real clock
TWO = NOW.replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=1)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["rest", "torfaen", *arguments])


def test_rest_is_shown_and_settled(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCALL_DATABASE_URL", database_url)
    monkeypatch.setenv("ONCALL_SECRET_KEY", SECRET)
    store(database, parse(write(team_file(DAILY))), at=NOW - timedelta(days=3))
    assert _run().stdout == "No rest is owed.\n"
    with database.transaction() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        owe(session, team, [WorkedSpell("sam", TWO, TWO + timedelta(minutes=30))], at=NOW)
    assert "Sam Rees: last call ended" in _run().stdout
    (row,) = json.loads(_run("--json").stdout)["rest"]
    assert _run("--settle", row["id"]).exit_code == 2
    assert _run("--settle", row["id"], "--by", "eli", "--how", "slept").exit_code == 2
    settled = _run("--settle", row["id"], "--by", "mair", "--how", "slept")
    assert (settled.exit_code, "settled by mair: slept" in settled.stdout) == (0, True)
