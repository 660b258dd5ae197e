"""`oncall rota override`, `cover`, `swap`, `leave add|remove`, `changes`, as a person or a program runs them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from oncall.cli.rota import app
from oncall.cli.team import store
from oncall.db.database import Database
from oncall.paging.models import Outgoing
from oncall.people.teamfile import parse, write
from tests.databases import SECRET
from tests.oncall.rotas.files import team_file

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ROTA = """
  tiers:
    duty:
      - layer: Days
        people: [sam, eli, mair]
        turn: {every: 1, unit: day, at: "09:00", starts: 2026-01-05}
    backup: []
"""
NOW = datetime.now(UTC)  # the commands ask the real clock
FIRST = NOW.date() + timedelta(days=3 - (NOW.date() - datetime(2026, 1, 5).date()).days % 3)  # noqa: DTZ001
SAMS, ELIS = ((f"{FIRST + timedelta(days=n)}T09:00", f"{FIRST + timedelta(days=n + 1)}T09:00") for n in (3, 4))


@pytest.fixture(autouse=True)
def stored(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("ONCALL_DATABASE_URL", database_url)
    monkeypatch.setenv("ONCALL_SECRET_KEY", SECRET)
    store(database, parse(write(team_file(ROTA))), at=NOW - timedelta(days=1))
    return database


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def _json(*arguments: str) -> Any:
    ran = _run(*arguments, "--json")
    assert ran.exit_code == 0, ran.output
    assert ran.stderr == ""
    return json.loads(ran.stdout)


def _refused(*arguments: str) -> str:
    ran = _run(*arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    return ran.stderr


def _span(span: tuple[str, str]) -> list[str]:
    return ["--from", span[0], "--to", span[1]]


def _who(at: str) -> str | None:
    holding = _json("who", "torfaen", "--at", at)["tiers"]["duty"]
    return None if holding is None else str(holding["person"])


def test_cover_from_the_asking_to_the_undoing(stored: Database) -> None:
    asked = _json("cover", "ask", "torfaen", "sam", *_span(SAMS), "--of", "eli", "--why", "a wedding", "--by", "pat")
    (change,) = asked["changes"]
    assert (change["person"], change["asked"], change["state"], change["kind"]) == ("sam", ["eli"], "open", "cover")
    with stored.reading() as session:
        assert [row.kind for row in session.scalars(select(Outgoing))] == ["rota_notice"]
    assert change["code"] in _run("cover", "list", "torfaen").stdout
    assert _json("cover", "accept", "torfaen", change["code"], "eli")["changes"][0]["taken_by"] == "eli"
    assert _who(SAMS[0]) == "eli"
    assert "settled already" in _refused("cover", "decline", "torfaen", change["code"], "eli")
    assert "Only a lead" in _refused("cover", "undo", "torfaen", change["code"], "eli")
    assert _run("cover", "undo", "torfaen", change["code"], "sam").exit_code == 0
    assert _who(SAMS[0]) == "sam"
    log = _json("changes", "torfaen")["log"]
    assert [(one["deed"], one["by"], one["for"], one["why"]) for one in log] == [
        ("asked", "pat", "sam", "a wedding"),
        ("accepted", "eli", "eli", None),
        ("undone", "sam", "sam", None),
    ]
    assert "asked by pat for sam" in _run("changes", "torfaen").stdout


def test_a_swap(stored: Database) -> None:
    arguments = ["--tier", "duty", "--with", "eli", "--their-from", ELIS[0], "--their-to", ELIS[1]]
    (change,) = _json("swap", "ask", "torfaen", "sam", *_span(SAMS), *arguments)["changes"]
    assert change["in_return"]["tier"] == "duty"
    assert "There is no change" in _refused("swap", "accept", "torfaen", "0000", "eli")
    _json("swap", "accept", "torfaen", change["code"], "eli")
    assert (_who(SAMS[0]), _who(ELIS[0])) == ("eli", "sam")
    assert _json("cover", "list", "torfaen")["changes"][0]["state"] == "applied"
    (other,) = _json("swap", "ask", "torfaen", "eli", *_span(SAMS), *arguments[:2], "--with", "sam", *arguments[4:])[
        "changes"
    ]
    assert _json("swap", "withdraw", "torfaen", other["code"], "eli")["changes"][0]["state"] == "withdrawn"


def test_an_override_is_refused_with_the_reason_and_allowed_by_a_lead_who_says_why() -> None:
    given = ["override", "torfaen", "backup", "sam", *_span(SAMS)]
    assert "Only a lead" in _refused(*given, "--by", "sam")
    wrong = _refused(*given, "--by", "mair")
    assert "sam holds duty and backup at once" in wrong
    assert "says why" in _refused(*given, "--by", "mair", "--allow")
    assert _json(*given, "--by", "mair", "--allow", "--why", "both for once")["changes"][0]["taken_by"] == "sam"
    assert _json("changes", "torfaen")["log"][0]["in_spite_of_findings"] is True


def test_leave_is_added_and_taken_off() -> None:
    written = _json("leave", "add", "torfaen", "sam", *_span(SAMS), "--by", "pat")
    assert (written["person"], [one["asked"] for one in written["changes"]]) == ("sam", [["eli", "mair"]])
    ran = _run("leave", "remove", "torfaen", "sam", *_span(SAMS))
    assert "The leave is taken off." in ran.stdout
    assert "withdrawn" in ran.stdout
    assert "by hand" in _refused("leave", "remove", "torfaen", "sam", *_span(SAMS))
    assert _run("cover", "list", "torfaen").stdout.strip() == "Nothing is asked, and nothing is changed."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("cover", "ask", "torfaen", "nobody", *_span(SAMS)), "nobody"),
        (("cover", "ask", "gwent", "sam", *_span(SAMS)), "There is no team"),
        (("cover", "ask", "torfaen", "eli", *_span(SAMS)), "eli holds nothing of that time"),
        (("cover", "ask", "torfaen", "sam", "--from", "2026-01-02", "--to", "2026-01-01"), "--from must lie before"),
        (("leave", "add", "torfaen", "sam", "--from", "2020-01-01", "--to", "2020-01-02"), "to come"),
    ],
)
def test_what_cannot_be_used_is_said_plainly(arguments: tuple[str, ...], said: str) -> None:
    wrong = _refused(*arguments)
    assert said in wrong
    assert "Traceback" not in wrong
