"""Leave imported as often as one likes; a team's file beside it."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from typer.testing import CliRunner, Result

from oncall.api.problems import install
from oncall.api.routes import router
from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.cli.rota import app as commands
from oncall.cli.team import exported
from oncall.clock import SystemClock
from oncall.rotas.changes.models import RotaChange
from oncall.rotas.changes.policy import State
from oncall.rotas.leaving.importing import Difference, import_leave, practitioner_named
from oncall.rotas.leaving.reading import Read, read_leave
from oncall.rotas.models import Leave
from oncall.rotas.queries import leave_between, on_leave
from tests.databases import SECRET
from tests.oncall.api.world import InProcess
from tests.oncall.rotas.calendars.conftest import NOW, Place
from tests.oncall.rotas.files import EXAMPLE
from tests.oncall.rotas.leaving.calendars import DENTIST, FRIDAYS, HOLIDAY, calendar

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LONGER = [line.replace("20261228", "20270104") for line in HOLIDAY]


def take_in(place: Place, *events: list[str], person: str = "eli", source: str = "calendar") -> Difference:
    read = read_leave(calendar(*events), at=place.clock.now())
    with place.database.transaction() as session:
        team = place.team(session)
        who = practitioner_named(session, team, person)
        return import_leave(session, team, read, person=who, source=source, at=place.clock.now())


def counted(found: Difference) -> tuple[int, int, int]:
    return len(found.new), len(found.gone), found.unchanged


def away(place: Place, person: str = "eli") -> list[tuple[str, str]]:
    with place.database.reading() as session:
        span = NOW - timedelta(days=400), NOW + timedelta(days=400)
        found = leave_between(session, team_id=place.team(session).id, start=span[0], end=span[1])
    return sorted((one.start.isoformat()[:16], one.end.isoformat()[:16]) for one in found if one.person == person)


def test_leave_is_written_by_the_teams_clock_and_is_leave_like_any_other(place: Place) -> None:
    assert counted(take_in(place, HOLIDAY, DENTIST, FRIDAYS)) == (5, 0, 0)
    assert away(place) == [
        ("2026-10-23T08:00", "2026-10-23T16:00"),
        ("2026-10-30T09:00", "2026-10-30T17:00"),
        ("2026-11-03T14:00", "2026-11-03T16:00"),
        ("2026-11-06T09:00", "2026-11-06T17:00"),
        ("2026-12-21T00:00", "2026-12-28T00:00"),
    ]
    with place.database.reading() as session:
        team = place.team(session)
        assert on_leave(session, team_id=team.id, at=datetime(2026, 12, 24, tzinfo=UTC)) == {"eli"}


def test_again_changes_nothing_and_what_changed_is_changed(place: Place) -> None:
    take_in(place, HOLIDAY, DENTIST, FRIDAYS)
    with place.database.reading() as session:
        before = place.team(session).version
    place.clock.move(timedelta(hours=1))
    assert counted(take_in(place, HOLIDAY, DENTIST, FRIDAYS)) == (0, 0, 5)
    with place.database.reading() as session:
        assert place.team(session).version == before
    assert counted(take_in(place, LONGER, FRIDAYS)) == (1, 2, 3)
    assert away(place)[-1] == ("2026-12-21T00:00", "2027-01-04T00:00")
    assert ("2026-11-03T14:00", "2026-11-03T16:00") not in away(place)


def test_what_is_over_stays_and_what_is_under_way_ends(place: Place) -> None:
    take_in(place, FRIDAYS, HOLIDAY)
    place.clock.set(datetime(2026, 12, 22, tzinfo=UTC))
    assert counted(take_in(place)) == (0, 1, 0)
    assert [span[0][:10] for span in away(place)] == ["2026-10-23", "2026-10-30", "2026-11-06"]
    with place.database.reading() as session:
        team = place.team(session)
        assert on_leave(session, team_id=team.id, at=datetime(2026, 12, 21, 12, tzinfo=UTC)) == {"eli"}
        assert on_leave(session, team_id=team.id, at=datetime(2026, 12, 22, 12, tzinfo=UTC)) == set()


@on_sqlite
def test_calendars_and_people_do_not_touch_each_other(place: Place) -> None:
    take_in(place, HOLIDAY)
    take_in(place, DENTIST, source="clinic")
    take_in(place, HOLIDAY, person="mair")
    assert counted(take_in(place)) == (0, 1, 0)
    assert away(place) == [("2026-11-03T14:00", "2026-11-03T16:00")]
    assert len(away(place, "mair")) == 1


def test_a_teams_file_neither_takes_it_off_nor_gives_it_back(place: Place) -> None:
    take_in(place, HOLIDAY, person="sam")
    both = away(place, "sam")
    assert both == [("2026-07-31T23:00", "2026-08-14T23:00"), ("2026-12-21T00:00", "2026-12-28T00:00")]
    text = exported(place.database, "torfaen")
    assert "2026-08-15" in text
    assert "2026-12-21" not in text
    place.clock.move(timedelta(hours=1))
    place.load(EXAMPLE)
    assert away(place, "sam") == both
    place.load(EXAMPLE.split("  leave:")[0])
    assert away(place, "sam") == both[1:]
    place.load(EXAMPLE)
    assert away(place, "sam") == both
    assert exported(place.database, "torfaen") == text


def test_colleagues_are_asked_for_cover_and_no_longer_once_it_is_taken_off(place: Place) -> None:
    def asked() -> set[tuple[str, str]]:
        with place.database.reading() as session:
            return {(change.state, f"{change.from_at:%d %b}") for change in session.scalars(select(RotaChange))}

    take_in(place, ["UID:x", "DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204"])
    opened = asked()
    assert opened
    assert {state for state, _ in opened} == {State.OPEN}
    take_in(place, ["UID:x", "DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204"])
    assert asked() == opened
    take_in(place)
    assert asked() == {(State.WITHDRAWN, day) for _, day in opened}


@on_sqlite
def test_nothing_of_what_an_event_says_is_stored(place: Place) -> None:
    take_in(place, DENTIST)
    with place.database.reading() as session:
        (row,) = session.scalars(select(Leave).where(Leave.source.is_not(None)))
    stored = repr([getattr(row, column.key) for column in Leave.__table__.columns])
    assert "entist" not in stored
    assert row.source == "calendar:calendar"


def test_an_empty_read_of_nothing_is_nothing(place: Place) -> None:
    with place.database.transaction() as session:
        team = place.team(session)
        who = practitioner_named(session, team, "eli")
        found = import_leave(session, team, Read((), 0), person=who, source="calendar", at=NOW)
    assert counted(found) == (0, 0, 0)


@pytest.fixture
def run(place: Place, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ONCALL_DATABASE_URL", database_url)
    monkeypatch.setenv("ONCALL_SECRET_KEY", SECRET)
    place.clock.set(SystemClock().now())

    def ran(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["leave", "import", "torfaen", *arguments])

    return ran


def coming(days: int) -> str:
    return f"{SystemClock().now() + timedelta(days=days):%Y%m%d}"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "leave.ics"
    lines = ["UID:holiday", f"DTSTART;VALUE=DATE:{coming(20)}", f"DTEND;VALUE=DATE:{coming(27)}", "SUMMARY:Leave"]
    path.write_bytes(calendar(lines, [*lines[:3], "UID:other"][1:]))
    return str(path)


@on_sqlite
def test_the_command_says_what_changed_and_checks_without_changing(place: Place, run: Any, file: str) -> None:
    checked = json.loads(run("eli", file, "--check", "--json").stdout)
    assert (len(checked["new"]), checked["checked_only"]) == (2, True)
    assert json.loads(run("eli", file, "--json").stdout) == {**checked, "checked_only": False}
    again = run("eli", file)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout == "eli's leave is imported: 0 new, 0 taken off, 2 unchanged.\n"
    one = run("eli", file, "--matching", "leave", "--check").stdout.splitlines()
    assert one[0] == "Nothing is changed; an import would be: 0 new, 1 taken off, 1 unchanged."
    assert one[1].startswith("  no longer away from 20")
    assert json.loads(run("eli", file, "--source", "mine", "--json").stdout)["unchanged"] == 0


@on_sqlite
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody", "FILE"), "nobody of that name"),
        (("eli", "missing-xyz.ics"), "That file cannot be read: No such file"),
        (("eli", "http://127.0.0.1/leave.ics"), "https address"),
        (("eli", "https://127.0.0.1/secret-leave.ics"), "not on the public internet"),
        (("eli", "https://localhost:8443/secret-leave.ics"), "not on the public internet"),
    ],
)
def test_what_the_command_refuses(place: Place, run: Any, file: str, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*(file if argument == "FILE" else argument for argument in arguments))
    assert ran.exit_code == 2
    assert ran.stdout == ""
    assert said in ran.stderr
    assert "secret" not in ran.stderr
    assert "xyz" not in ran.stderr


@on_sqlite
def test_a_bad_calendar_changes_nothing(place: Place, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "bad.ics"
    path.write_bytes(calendar(HOLIDAY, ["UID:x"], ["UID:y", "DTSTART:7"]))
    ran = run("eli", str(path))
    assert ran.exit_code == 2
    assert ran.stderr.splitlines() == ["event 2: DTSTART is missing", "event 3: DTSTART cannot be read"]
    assert away(place) == []


@pytest.fixture
def post(place: Place) -> Iterator[Callable[..., httpx.Response]]:
    made = FastAPI(docs_url=None, redoc_url=None)
    made.state.database, made.state.clock = place.database, place.clock
    made.include_router(router)
    install(made)
    with place.database.transaction() as session:
        secret = create_token(session, place.team(session), scope=Scope.WRITE, name="test", at=NOW)
    shown = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(transport=InProcess(made), base_url="https://on-call.example", headers=shown) as client:

        def posted(team: str = "torfaen", **body: Any) -> httpx.Response:
            return client.post(f"/api/v1/teams/{team}/rota/leave/import", json=body)

        yield posted


@on_sqlite
def test_the_api_imports_what_it_is_handed(place: Place, post: Callable[..., httpx.Response]) -> None:
    body = {"person": "eli", "calendar": calendar(HOLIDAY, FRIDAYS).decode()}
    checked = post(**body, check=True).json()
    assert away(place) == []
    assert post(**body).json() == checked
    assert checked["new"][-1] == {"from": "2026-12-21", "to": "2026-12-28"}
    assert len(away(place)) == 4
    assert post(**body).json() == {"new": [], "taken_off": [], "unchanged": 4, "skipped": 0}
    assert post(**body, matching="nothing").json()["taken_off"] == checked["new"]
    assert away(place) == []


@on_sqlite
@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"team": "gwent"}, 404, "no team"),
        ({"person": "nobody"}, 422, "nobody of that name"),
        ({"calendar": "nonsense"}, 422, "no iCalendar file"),
        ({"calendar": ""}, 422, "does not fit"),
        ({"url": "https://cal.example/"}, 422, "does not fit"),
    ],
)
def test_what_the_api_refuses(
    place: Place, post: Callable[..., httpx.Response], body: dict[str, str], status: int, said: str
) -> None:
    answer = post(**{"person": "eli", "calendar": calendar(HOLIDAY).decode(), **body})
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert away(place) == []
