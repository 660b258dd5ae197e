"""`oncall team load | export | --check` as an operator types them, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from oncall.cli.team import app, exported, gaps, store
from oncall.db.database import Database
from oncall.people.models import Practitioner, Team
from oncall.people.teamfile import parse
from oncall.rotas.models import RotaVersion
from tests.databases import SECRET
from tests.oncall.people.documents import SAMPLE, as_text, document, with_value

Run = Callable[..., Result]
DATA = Path(__file__).parents[2] / "data"
AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)


@pytest.fixture
def run(database_url: str) -> Run:
    environment = {"ONCALL_DATABASE_URL": database_url, "ONCALL_SECRET_KEY": SECRET}
    return lambda *words: CliRunner(env=environment).invoke(app, [str(word) for word in words])


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "torfaen.yaml"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def test_a_file_is_loaded_and_exported_to_one_that_loads_to_the_same(run: Run, sample: Path, tmp_path: Path) -> None:
    loaded = run("load", sample)
    assert (loaded.exit_code, loaded.stderr) == (0, "")
    assert loaded.stdout == "MIST Torfaen (torfaen) is loaded: 9 staff, 4 young people, 7 contacts.\n"
    first = run("export", "torfaen")
    assert (first.exit_code, first.stderr) == (0, "")
    assert parse(first.stdout) == parse(SAMPLE)
    again = tmp_path / "again.yaml"
    again.write_bytes(first.stdout_bytes)
    assert run("load", again).exit_code == 0
    assert run("export", "torfaen").stdout_bytes == first.stdout_bytes


def test_every_form_of_the_file_comes_back(run: Run) -> None:
    path = DATA / "torfaen.yaml"
    assert run("load", path).exit_code == 0
    assert parse(run("export", "torfaen").stdout) == parse(path.read_text(encoding="utf-8"))


def test_errors_come_at_once_and_nothing_is_changed(run: Run, sample: Path, database: Database) -> None:
    run("load", sample)
    changed = document()
    changed["team"]["name"] = "Somewhere else"
    changed["staff"][2]["mobile"] = "0770"
    del changed["voice"]["ring_for"]
    sample.write_text(as_text(changed), encoding="utf-8")
    refused = run("load", sample)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert [line.split(":")[0] for line in refused.stderr.splitlines()] == ["staff[2].mobile", "voice.ring_for"]
    assert all("; " in line for line in refused.stderr.splitlines())
    assert exported(database, "torfaen") == exported_of_sample(run)


def exported_of_sample(run: Run) -> str:
    text: str = run("export", "torfaen").stdout
    assert parse(text) == parse(SAMPLE)
    return text


def test_a_check_needs_no_database_and_no_settings(sample: Path) -> None:
    nothing = CliRunner(env={"ONCALL_DATABASE_URL": "nonsense", "ONCALL_SECRET_KEY": "short"})
    checked = nothing.invoke(app, ["load", str(sample), "--check"])
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout == "MIST Torfaen (torfaen) can be loaded: 9 staff, 4 young people, 7 contacts.\n"
    sample.write_text("schema: 2")
    checked = nothing.invoke(app, ["load", str(sample), "--check"])
    assert checked.exit_code == 2
    assert checked.stderr.startswith("schema: is 2")


def test_a_check_loads_nothing(run: Run, sample: Path, database: Database) -> None:
    assert run("load", sample, "--check").exit_code == 0
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Team)) == 0


def test_what_is_only_to_be_known_is_said_and_the_file_is_loaded(run: Run, sample: Path) -> None:
    changed = document()
    changed["rota"]["tiers"]["backup"] = []
    del changed["rota"]["tiers"]["duty"][0]
    del changed["staff"][0]["mobile"]
    sample.write_text(as_text(changed), encoding="utf-8")
    loaded = run("load", sample)
    assert loaded.exit_code == 0
    warned = [line.removeprefix("warning: ").split(":")[0] for line in loaded.stderr.splitlines()]
    assert warned == ["rota.tiers.backup", "staff[0].mobile", "rota.tiers.duty"]
    assert "staff[0].mobile: sam is on the rota without a mobile" in loaded.stderr
    assert run("export", "torfaen").exit_code == 0


def test_gaps_are_looked_for_a_year_ahead() -> None:
    assert gaps(parse(SAMPLE), at=AT) == []
    late = parse(with_value("rota.tiers.manager[0].turn.starts", (AT + timedelta(days=300)).date()))
    assert [problem.path for problem in gaps(late, at=AT)] == ["rota.tiers.manager"]
    much_later = AT + timedelta(days=301)
    assert gaps(late, at=much_later) == []


@pytest.mark.parametrize("words", [("export", "nowhere"), ("load", "nowhere.yaml"), ("load", ".")])
def test_what_is_not_there_is_said_without_a_traceback(run: Run, words: tuple[str, ...]) -> None:
    refused = run(*words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_number_another_team_has_is_refused_and_nothing_is_stored(run: Run, sample: Path, database: Database) -> None:
    run("load", sample)
    sample.write_text(with_value("team.slug", "caerphilly"), encoding="utf-8")
    refused = run("load", sample)
    assert refused.exit_code == 2
    assert "number" in refused.stderr
    assert "+44" not in refused.stderr
    with database.reading() as session:
        assert session.scalars(select(Team.slug)).all() == ["torfaen"]


def test_people_and_rota_are_stored_together_or_not_at_all(database: Database) -> None:
    class Halted(Exception):
        pass

    file = parse(SAMPLE)
    halting = replace(file, rota=replace(file.rota, tiers=_Halting(Halted)))
    with pytest.raises(Halted):
        store(database, halting, at=AT)
    with database.reading() as session:
        for table in (Team, Practitioner, RotaVersion):
            assert session.scalar(select(func.count()).select_from(table)) == 0


class _Halting(dict[str, Any]):
    """Tiers that cannot be stored."""

    def __init__(self, why: type[Exception]) -> None:
        super().__init__()
        self.why = why

    def items(self) -> Any:
        raise self.why
