"""The house keeps its rules, and each rule is shown to find a breach that was planted."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy import Boolean, Column, ForeignKey, LargeBinary, MetaData, String, Table, func, select
from sqlalchemy.orm import DeclarativeBase
from typer.models import CommandInfo, TyperInfo

from oncall import app as application
from oncall.cli import app
from oncall.db.sealing import Sealed
from oncall.db.tables import Row, UTCDateTime
from oncall.incidents.models import InboundEvent
from oncall.paging.outbox import WAYS as WAYS_OF
from oncall.paging.outbox import Kind, Way
from oncall.paging.sending.ways import WAYS as SENDERS
from oncall.schema import METADATA
from oncall.settings import Settings, read
from oncall.wiring import House, open_house
from tests.databases import SECRET
from tests.house import project, routes, source, tables
from tests.house.breaches import BREACHES, KEPT, Rule

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
PARTS = [
    f"oncall.{path.stem}"
    for path in sorted((ROOT / "oncall").iterdir())
    if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
]
MODULES = source.modules(ROOT, "oncall", "rota", "tests", "benchmarks")


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    made = open_house(
        read(
            data_dir=tmp_path,
            database_url=database_url,
            public_url="https://oncall.example",
            twilio_account_sid="AC" + "0" * 32,
            twilio_auth_token="a-token-for-the-tests",
            secret_key=SECRET,
        )
    )
    yield made
    made.close()


def test_the_source_is_looked_at() -> None:
    assert {"oncall/app.py", "rota/resolve.py", "tests/test_house_rules.py"} <= {module.path for module in MODULES}


@pytest.mark.parametrize("rule", source.RULES, ids=lambda rule: rule.__name__)
def test_the_source_keeps(rule: Rule) -> None:
    assert [breach for module in MODULES for breach in rule(module)] == []


@pytest.mark.parametrize(("rule", "path", "planted"), BREACHES)
def test_a_planted_breach_is_found(rule: Rule, path: str, planted: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(planted)
    found = [breach for module in source.modules(tmp_path, "oncall", "rota", "tests") for breach in rule(module)]
    assert len(found) >= 1
    assert all(breach.startswith(path) for breach in found)


def test_every_rule_on_the_source_has_a_planted_breach() -> None:
    assert {rule for rule, _, _ in BREACHES} == set(source.RULES)


@pytest.mark.parametrize(("rule", "path", "written"), KEPT)
def test_what_keeps_a_rule_is_let_stand(rule: Rule, path: str, written: str) -> None:
    assert list(rule(source.Module(path, written))) == []


def test_packages_are_no_bigger_than_they_may_be(tmp_path: Path) -> None:
    assert project.too_big(ROOT) == []
    (tmp_path / "oncall/odd").mkdir(parents=True)
    for number in range(project.MOST_FILES + 1):
        (tmp_path / f"oncall/odd/part_{number}.py").write_text("")
    assert project.too_big(tmp_path) == ["oncall/odd: 9 files, 0 lines"]


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        (project.loads_from_elsewhere, '<script src="https://cdn.example/x.js"></script>'),
        (project.loads_from_elsewhere, '<link rel="stylesheet" href="//cdn.example/x.css">'),
        (project.loads_from_elsewhere, "@import 'https://cdn.example/x.css';"),
        (project.loads_from_elsewhere, "body { background: url(https://cdn.example/x.png) }"),
        (project.unmarked_welsh, '<p lang="cy">Os oes perygl</p>'),
        (project.unescaped, "{{ words | safe }}"),
        (project.unescaped, "{% autoescape false %}"),
    ],
)
def test_pages_load_nothing_from_elsewhere_escape_what_is_written_and_mark_their_welsh(
    rule: Callable[[Path], list[str]], planted: str, tmp_path: Path
) -> None:
    assert len(project.pages(ROOT)) >= 3
    assert rule(ROOT) == []
    (tmp_path / "oncall").mkdir()
    (tmp_path / "oncall/odd.html").write_text(planted)
    assert len(rule(tmp_path)) == 1


def test_settings_and_commands_are_documented() -> None:
    names = [f"ONCALL_{name.upper()}" for name in Settings.model_fields]
    commands = [f"oncall {command}" for command in _commands(app.registered_groups, app.registered_commands)]
    assert {"oncall serve", "oncall team load"} <= set(commands)
    assert project.undocumented([*names, *commands], README) == []
    assert project.undocumented(["ONCALL_NEW", "oncall dance"], README) == ["ONCALL_NEW", "oncall dance"]


def _commands(groups: Iterable[TyperInfo], commands: Iterable[CommandInfo]) -> Iterator[str]:
    """Every command by the words it is called with."""
    for command in commands:
        yield str(command.name or getattr(command.callback, "__name__", ""))
    for group in groups:
        inner = group.typer_instance
        assert inner is not None
        yield from (f"{group.name} {one}" for one in _commands(inner.registered_groups, inner.registered_commands))


def test_imports_go_down(tmp_path: Path) -> None:
    kept = _lint_imports(ROOT)
    assert kept.returncode == 0, kept.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in kept.stdout
    for name in ("oncall", "rota"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "oncall/people/odd.py").write_text("from oncall.paging import engine\nfrom rota import resolve\n")
    broken = _lint_imports(tmp_path)
    assert broken.returncode == 1
    assert "oncall.people.odd -> oncall.paging.engine" in broken.stdout
    assert "oncall.people.odd -> rota.resolve" in broken.stdout


def _lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([linter, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)


def test_every_part_of_the_service_is_under_every_contract() -> None:
    assert "oncall.paging" in PARTS
    assert project.unguarded(CONTRACTS, PARTS) == []
    assert len(project.unguarded(CONTRACTS, ["oncall.odd"])) == 2


def test_every_route_asks_who_is_there(house: House) -> None:
    built = application.build(house, runs=False)
    assert set(routes.routes(built)) >= routes.KNOWN
    assert routes.let_in(built) == []
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(InboundEvent)) == 0


def test_public_routes_are_few_and_there(house: House) -> None:
    visited = routes.visit(application.build(house, runs=False))
    assert {(v.method, v.path) for v in visited if v.is_public} == routes.PUBLIC


def test_an_open_door_is_found_inside_an_included_router() -> None:
    planted, inner, outer = FastAPI(), APIRouter(prefix="/inner"), APIRouter(prefix="/api/v1")

    @inner.post("/{ref}")
    def opened(ref: str) -> str:
        return ref

    outer.include_router(inner)
    planted.include_router(outer)
    assert "POST /api/v1/inner/{ref}: 200" in routes.let_in(planted)


def test_every_kind_of_row_in_the_outbox_has_a_way_to_leave() -> None:
    ways_of = {kind.value: way.value for kind, (way, _) in WAYS_OF.items()}
    senders = [way.value for way in SENDERS]
    assert tables.unsent([kind.value for kind in Kind], ways_of, senders) == []
    assert set(senders) == {way.value for way in Way}
    assert tables.unsent(["page_text", "letter", "pigeon"], {**ways_of, "pigeon": "wing"}, senders) == [
        "letter",
        "pigeon",
    ]


def test_rows_belong_to_a_team() -> None:
    assert "incidents" in METADATA.tables
    assert tables.without_a_team(METADATA) == []
    assert tables.without_a_team(_planted(Column("slug", String))) == ["odd"]


def test_what_tells_of_people_is_sealed() -> None:
    assert tables.not_sealed(METADATA) == []
    planted = _planted(Column("name", String), Column("photo", LargeBinary), Column("words_sealed", String))
    assert tables.not_sealed(planted) == ["odd.name", "odd.photo", "odd.words_sealed"]


def test_every_sealed_column_is_sealed_by_its_attribute() -> None:
    assert tables.sealed_by_nobody(Row.registry.mappers) == []

    class Odd(DeclarativeBase):
        pass

    class OddRow(Odd):
        __table__ = Table("odd", Odd.metadata, Column("id", String, primary_key=True), Column("a_sealed", LargeBinary))
        b = Sealed[str]()

    assert tables.sealed_by_nobody(Odd.registry.mappers) == ["odd.a_sealed", "odd.b_sealed"]


def test_instants_and_claims_are_named_as_such() -> None:
    assert tables.misnamed(METADATA) == []
    planted = _planted(Column("closed", UTCDateTime), Column("active", Boolean), Column("closed_at", UTCDateTime))
    assert tables.misnamed(planted) == ["odd.closed", "odd.active"]


def test_foreign_keys_point_down() -> None:
    assert tables.pointing_up(Row.registry.mappers) == []

    class Odd(DeclarativeBase):
        pass

    def table(name: str, floor: str, *columns: Column[Any]) -> type[Odd]:
        made = Table(name, Odd.metadata, Column("id", String, primary_key=True), *columns)
        return type(name, (Odd,), {"__table__": made, "__module__": f"oncall.{floor}.models"})

    kept = [table("above", "paging"), table("below", "people", Column("above_id", ForeignKey("above.id")))]
    assert len(kept) == len(list(Odd.registry.mappers))
    assert tables.pointing_up(Odd.registry.mappers) == ["below.above_id"]


def _planted(*columns: Column[Any]) -> MetaData:
    planted = MetaData()
    Table("odd", planted, *columns)
    return planted
