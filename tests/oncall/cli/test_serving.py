"""`oncall serve` and `oncall migrate`, as real processes: what they refuse, and what they do when asked to stop."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from alembic.script import ScriptDirectory

from oncall.cli.serving import migrate
from oncall.db import migrations
from oncall.db.database import Database
from tests.databases import KEYRING, SECRET, Postgres, copy_of
from tests.processes import run, served, until

ROOT = Path(__file__).parent.parent.parent.parent
GOOD = {
    "ONCALL_PUBLIC_URL": "https://oncall.example.org",
    "ONCALL_TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
    "ONCALL_TWILIO_AUTH_TOKEN": "an-old-and-honest-token",
    "ONCALL_TWILIO_API_URL": "http://127.0.0.1:1",
    "ONCALL_SECRET_KEY": SECRET,
}
NEXT = '''"""A later schema."""

import sqlalchemy as sa
from alembic import op

revision = "20991231_next"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("teams", sa.Column("motto", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("teams", "motto")
'''

pytestmark = pytest.mark.process


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {**GOOD, "ONCALL_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def postgresql_settings(settings: dict[str, str], postgres: Postgres) -> Iterator[dict[str, str]]:
    with postgres.fresh("template0") as url:
        yield {**settings, "ONCALL_DATABASE_URL": url.replace("postgresql+psycopg", "postgresql")}


def test_every_setting_that_is_missing_is_named(tmp_path: Path) -> None:
    refused = run("serve", settings={}, folder=tmp_path)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert [line.split(":")[0] for line in refused.stderr.splitlines()] == [
        "ONCALL_PUBLIC_URL",
        "ONCALL_TWILIO_ACCOUNT_SID",
        "ONCALL_TWILIO_AUTH_TOKEN",
        "ONCALL_SECRET_KEY",
    ]
    assert list(tmp_path.iterdir()) == []


def test_every_setting_that_is_malformed_is_named_and_no_value_repeated(tmp_path: Path) -> None:
    bad = {
        "ONCALL_PUBLIC_URL": "http://oncall.example.org",
        "ONCALL_TWILIO_ACCOUNT_SID": "SK-not-an-account",
        "ONCALL_TWILIO_AUTH_TOKEN": "one-token,another-token,a-third-token",
        "ONCALL_SECRET_KEY": "much-too-short",
        "ONCALL_DATABASE_URL": "mysql://me:a-password@db/oncall",
    }
    refused = run("serve", settings=bad, folder=tmp_path)
    assert refused.returncode == 2
    assert {line.split(":")[0] for line in refused.stderr.splitlines()} == set(bad)
    assert not any(value in refused.stderr for value in bad.values())
    assert "Traceback" not in refused.stderr


def test_help_shows_no_secret(settings: dict[str, str], tmp_path: Path) -> None:
    told = run("serve", "--help", settings=settings, folder=tmp_path)
    assert told.returncode == 0
    assert "--workers" in told.stdout
    assert SECRET not in told.stdout + told.stderr
    assert GOOD["ONCALL_TWILIO_AUTH_TOKEN"] not in told.stdout + told.stderr


def test_a_database_that_does_not_answer_is_one_plain_line(settings: dict[str, str], tmp_path: Path) -> None:
    nowhere = {**settings, "ONCALL_DATABASE_URL": "postgresql://oncall:a-password@127.0.0.1:1/oncall"}
    refused = run("serve", settings=nowhere, folder=tmp_path)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "database" in refused.stderr
    assert "a-password" not in refused.stderr


def test_more_than_one_worker_needs_postgresql(settings: dict[str, str], tmp_path: Path) -> None:
    refused = run("serve", "--workers", "2", settings=settings, folder=tmp_path)
    assert refused.returncode == 2
    assert "PostgreSQL" in refused.stderr


def test_migrate_builds_and_then_has_nothing_to_do(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    migrate()
    assert capsys.readouterr().out == f"The database is now at {migrations.newest()}.\n"
    migrate()
    assert capsys.readouterr().out == "The database is at the newest schema already.\n"


def test_an_outdated_database_is_refused_until_it_is_migrated(
    settings: dict[str, str], sqlite_template: Path, tmp_path: Path
) -> None:
    newer, url = _newer_version(tmp_path / "newer"), copy_of(sqlite_template, tmp_path)
    settings["ONCALL_DATABASE_URL"] = url
    refused = run("serve", settings=settings, folder=tmp_path, python_path=newer)
    assert refused.returncode == 2
    assert "oncall migrate" in refused.stderr
    assert "Traceback" not in refused.stderr

    moved = run("migrate", settings=settings, folder=tmp_path, python_path=newer)
    assert moved.stdout == "The database is now at 20991231_next.\n"

    behind = Database(url, KEYRING)
    with pytest.raises(migrations.UnknownDatabase):
        migrations.ready(behind)
    behind.close()


def _newer_version(root: Path) -> Path:
    """The service as a later version would be: one migration more."""
    for name in ("oncall", "rota", "alembic"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    newest = ScriptDirectory(str(root / "alembic")).get_current_head()
    (root / "alembic/versions/20991231_next.py").write_text(NEXT.format(before=newest))
    return root


def test_it_serves_on_the_embedded_database_and_stops_when_asked(settings: dict[str, str], tmp_path: Path) -> None:
    del settings["ONCALL_PUBLIC_URL"]
    with served(settings=settings, folder=tmp_path) as running:
        assert running.status("/healthz") == 200
        assert running.status("/") == 200
        assert running.status("/lab/") == 404
        assert running.status("/docs") == 404
        assert running.http.post("/twilio/sms", data={"Body": "hes locked himself in"}).status_code == 403
        assert "server" not in running.http.get("/healthz").headers
        assert running.stops()
    assert (tmp_path / "data/oncall.db").stat().st_mode & 0o077 == 0 or (tmp_path / "data").stat().st_mode & 0o077 == 0
    said = next(tmp_path.glob("serve-*.log")).read_text().splitlines()
    assert all(json.loads(line)["event"] for line in said)


def test_two_workers_are_two_processes_on_one_postgresql(postgresql_settings: dict[str, str], tmp_path: Path) -> None:
    del postgresql_settings["ONCALL_PUBLIC_URL"]
    with served("--workers", "2", settings=postgresql_settings, folder=tmp_path) as running:
        parent = psutil.Process(running.process.pid)
        assert until(lambda: len(_workers(parent)) == 2, within_s=20)
        workers = _workers(parent)
        killed = workers[0]
        killed.kill()
        assert until(lambda: len(_workers(parent)) == 2 and killed not in _workers(parent), within_s=20)
        assert until(lambda: running.status("/readyz") == 200, within_s=20)
        workers = _workers(parent)
        assert running.stops()
        assert psutil.wait_procs(workers, timeout=10)[1] == []


def _workers(parent: psutil.Process) -> list[psutil.Process]:
    return [child for child in parent.children() if "spawn_main" in " ".join(_command(child))]


def _command(process: psutil.Process) -> list[str]:
    try:
        command: list[str] = process.cmdline()
    except psutil.NoSuchProcess:
        return []
    return command


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_somebody_has_is_a_clear_line(command: str, settings: dict[str, str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = run(command, "--port", port, settings=settings, folder=tmp_path)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert (
        refused.stderr
        == f"127.0.0.1 port {port} cannot be listened at (Address already in use); choose another with --port\n"
    )


@pytest.mark.parametrize("command", ["serve", "migrate", "demo"])
def test_a_data_dir_that_cannot_be_made_is_a_clear_line(command: str, settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    refused = run(command, settings={**settings, "ONCALL_DATA_DIR": str(tmp_path / "a file")}, folder=tmp_path)
    assert refused.returncode == 2
    assert refused.stderr == "ONCALL_DATA_DIR: cannot be made (File exists); name a folder that can be written to\n"
