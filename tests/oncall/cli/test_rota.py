"""`oncall rota who`, `show` and `check`, as a person or a program runs them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from oncall.cli.rota import app
from oncall.cli.team import store
from oncall.db.database import Database
from oncall.people.teamfile import parse, write
from tests.databases import SECRET
from tests.oncall.rotas.files import DAILY, EXAMPLE, team_file


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def _json(*arguments: str) -> Any:
    ran = _run(*arguments, "--json")
    assert ran.exit_code == 0, ran.output
    assert ran.stderr == ""
    return json.loads(ran.stdout)


def _refused(*arguments: str) -> str:
    ran = _run(*arguments)
    assert ran.exit_code == 2
    assert ran.stdout == ""
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    return ran.stderr


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "team.yaml"
    path.write_text(write(team_file(EXAMPLE)), encoding="utf-8")
    return str(path)


@pytest.fixture
def stored(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The slug of a team in the database that the settings name."""
    monkeypatch.setenv("ONCALL_DATABASE_URL", database_url)
    monkeypatch.setenv("ONCALL_SECRET_KEY", SECRET)
    store(database, parse(write(team_file(EXAMPLE))), at=datetime(2026, 1, 1, tzinfo=UTC))
    return "torfaen"


def test_who_of_a_file_needs_no_database(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCALL_DATABASE_URL", "nonsense")
    assert _json("who", file, "--at", "2026-07-06T17:00") == {
        "team": "torfaen",
        "at": "2026-07-06T17:00:00+01:00",
        "tiers": {
            "duty": {"person": "sam", "until": "2026-07-07T09:00:00+01:00", "because": "layer Weeknights"},
            "backup": None,
        },
    }


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-07-06", "2026-07-06T00:00:00+01:00"),
        ("2026-07-06T16:00Z", "2026-07-06T17:00:00+01:00"),
        ("2026-07-06T12:00-05:00", "2026-07-06T18:00:00+01:00"),
        ("2026-10-25T01:30", "2026-10-25T01:30:00+01:00"),  # twice: the first
        ("2026-10-25T01:30+00:00", "2026-10-25T01:30:00+00:00"),
        ("2026-03-29T01:30", "2026-03-29T02:00:00+01:00"),  # skipped: after the gap
    ],
)
def test_an_instant_without_an_offset_is_in_the_teams_zone(file: str, written: str, at: str) -> None:
    assert _json("who", file, "--at", written)["at"] == at


def test_show_of_a_file(file: str) -> None:
    shown = _json("show", file, "--from", "2026-12-24T12:00", "--to", "2026-12-26T12:00")
    assert shown["from"] == "2026-12-24T12:00:00+00:00"
    assert [(shift["from"][8:16], shift["person"], shift["because"]) for shift in shown["tiers"]["duty"]] == [
        ("24T12:00", "mair", "layer Lunches"),
        ("24T13:00", None, None),
        ("24T17:00", "eli", "override"),
        ("25T00:00", "mair", "override"),
        ("26T00:00", "eli", "layer Weekends"),
    ]
    assert shown["tiers"]["backup"] == [
        {"from": "2026-12-24T12:00:00+00:00", "to": "2026-12-26T12:00:00+00:00", "person": None, "because": None}
    ]


def test_a_stored_team_answers_as_its_file_does(file: str, stored: str) -> None:
    for at in ("2026-07-06T17:00", "2026-12-25T12:00", "2026-10-25T01:40"):
        assert _json("who", stored, "--at", at) == _json("who", file, "--at", at)
    span = ("--from", "2026-10-01", "--to", "2027-01-01")
    assert _json("show", stored, *span) == _json("show", file, *span)


def test_text_is_short_and_says_it_all(file: str) -> None:
    ran = _run("who", file, "--at", "2026-07-06T17:00")
    assert ran.stdout.splitlines() == [
        "torfaen, Mon 06 Jul 2026 17:00 BST",
        "  duty: sam, until Tue 07 Jul 2026 09:00 BST (layer Weeknights)",
        "  backup: nobody",
    ]
    ran = _run("show", file, "--from", "2026-07-06T16:00", "--to", "2026-07-06T18:00")
    assert ran.exit_code == 0
    assert "  Mon 06 Jul 2026 16:00 BST to Mon 06 Jul 2026 17:00 BST: nobody" in ran.stdout.splitlines()


def test_check_finds_gaps_and_leave_and_ends_with_one(file: str, stored: str) -> None:
    span = ("--from", "2026-08-01", "--to", "2026-09-01")
    ran = _run("check", file, *span, "--json")
    assert ran.exit_code == 1
    assert ran.stderr == ""
    found = json.loads(ran.stdout)
    assert {finding["kind"] for finding in found["findings"]} >= {"gap", "leave"}
    assert _run("check", stored, *span, "--json").stdout == ran.stdout
    text = _run("check", file, *span)
    assert text.exit_code == 1
    assert "Nobody holds backup for 44640 minutes." in text.stdout


def test_check_of_a_rota_that_keeps_every_rule_ends_with_nought(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(write(team_file(DAILY.replace("people: [pat]", "people: [pat, mair]"))), encoding="utf-8")
    found = _json("check", str(path), "--from", "2026-02-01", "--to", "2026-06-01")
    assert found["findings"] == []
    assert set(found["load"]) == {"sam", "eli", "pat", "mair"}


def test_who_without_an_instant_is_now(file: str) -> None:
    at = datetime.fromisoformat(_json("who", file)["at"])
    assert at.utcoffset() is not None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("who", "FILE", "--at", "yesterday"), "--at is no ISO 8601 instant"),
        (("who", "FILE", "--at", "2026-02-30"), "--at is no ISO 8601 instant"),
        (("who", "FILE", "--at", "9999-12-31T23:59"), "--at cannot be used: an instant lies between the years"),
        (("who", "FILE", "--at", "0001-01-01T00:00+14:00"), "--at cannot be used: an instant lies between the years"),
        (("show", "FILE", "--from", "2026-01-02", "--to", "2026-01-02"), "--from must lie before --to"),
        (("show", "FILE", "--from", "2026-03-29T01:10", "--to", "2026-03-29T01:50"), "--from must lie before --to"),
        (("show", "FILE", "--from", "2026-01-02"), "--to"),
        (("check", "FILE", "--from", "2026-01-02", "--to", "2026-01-01"), "--from must lie before --to"),
        (("check", "FILE", "--from", "2026-01-02"), "--to"),
        (("who", "missing.yaml"), "missing.yaml: cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_plainly(file: str, arguments: tuple[str, ...], said: str) -> None:
    wrong = _refused(*(file if argument == "FILE" else argument for argument in arguments))
    assert said in wrong
    assert "Traceback" not in wrong


def test_every_error_of_a_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(write(team_file(DAILY)).replace('"09:00", starts', '"24:00", starts'), encoding="utf-8")
    wrong = _refused("who", str(path))
    assert "rota.tiers.duty[0].turn.at" in wrong
    assert "rota.tiers.manager[0].turn.at" in wrong


def test_a_team_nobody_loaded_is_refused(stored: str) -> None:
    assert "There is no team 'hereford'" in _refused("who", "hereford")
