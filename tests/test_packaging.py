"""What a newcomer runs first: the README's commands, the locked versions, the container, CI; read, not run."""

import os
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oncall.people.teamfile import parse

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci/run").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
LOCK_TEXT = (ROOT / "uv.lock").read_text(encoding="utf-8")
LOCK: dict[str, Any] = tomllib.loads(LOCK_TEXT)
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}
COMMANDS = (
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e . && .venv/bin/oncall demo",
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[test]' && .venv/bin/pytest",
)


def hosts(text: str) -> set[str]:
    """The hosts that a text names in addresses."""
    return set(re.findall(r"[a-z]+://([^/\"'\s]*)", text))


def pinned(constraints: str) -> dict[str, str]:
    """Each constraint's version by name; a line of any other form is an error."""
    found = [re.fullmatch(r"([a-z0-9-]+)==([\w.]+)(?: ; .+)?", line) for line in constraints.splitlines()]
    assert None not in found
    return {one[1]: one[2] for one in found if one}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_has_the_two_commands_on_lines_of_their_own(command: str) -> None:
    assert f"\n    {command}\n" in README


def test_the_readme_has_them_for_uv_too() -> None:
    assert "`uv run oncall demo`" in README
    assert "`uv run pytest`" in README
    assert set(PYPROJECT["dependency-groups"]["dev"]) == {"mist-oncall[test,lint]"}


def test_ci_runs_the_test_command_of_the_readme_and_fails_on_what_would_be_skipped() -> None:
    venv, install, run = COMMANDS[1].split(" && ")
    assert venv.removeprefix("python3 ") in CI.replace("--clear ", "")
    assert install.replace("'.[test]'", "'.[test,lint]'") in CI
    assert re.search(rf"^{re.escape(run)} --cov .*--cov-fail-under=95", CI, re.MULTILINE)
    assert "ONCALL_REQUIRE_PG=1 ONCALL_REQUIRE_BROWSER=1" in CI
    assert "set -euo pipefail" in CI
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_ci_demands_every_line_of_what_decides() -> None:
    wanted = re.search(r"--fail-under=100 \\\n\s+--include='([^']+)'", CI)
    assert wanted is not None
    measured = {path for pattern in wanted[1].split(",") for path in ROOT.glob(pattern)}
    deciding = {p for p in [*ROOT.glob("rota/*.py"), *ROOT.glob("oncall/**/*.py")] if _decides(p)}
    assert deciding <= measured
    assert {"resolve.py", "flow.py", "climb.py"} <= {path.name for path in deciding}


def _decides(path: Path) -> bool:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[0] == "rota" or bool({"policy", "flow"} & set(parts))


def test_the_lock_names_the_two_public_hosts_only() -> None:
    assert hosts(LOCK_TEXT) == PUBLIC_HOSTS
    assert hosts('registry = "https://mirror.example/simple"\nfile:///opt/x') == {"mirror.example", ""}
    sources = [package["source"] for package in LOCK["package"]]
    assert all(source in ({"registry": "https://pypi.org/simple"}, {"editable": "."}) for source in sources)


def test_the_constraints_name_no_host_and_are_the_lock_s() -> None:
    assert not re.search(r"://|@|--|/", CONSTRAINTS)
    locked = {p["name"]: p["version"] for p in LOCK["package"] if p["name"] != PYPROJECT["project"]["name"]}
    assert pinned(CONSTRAINTS) == locked


def test_the_lock_has_every_dependency_of_the_project() -> None:
    (ours,) = [package for package in LOCK["package"] if package["source"] == {"editable": "."}]
    extras = PYPROJECT["project"]["optional-dependencies"]
    declared = [*PYPROJECT["project"]["dependencies"], *(one for extra in extras.values() for one in extra)]
    locked = {one["name"]: one.get("specifier") for one in ours["metadata"]["requires-dist"]}
    for one in declared:
        name = re.split(r"[\[><=,]", one)[0].lower()
        assert set((locked[name] or "").split(",")) == set(re.sub(r"^[\w.-]+(\[\w+\])?", "", one).split(",")), one


def test_the_wheel_carries_the_migrations() -> None:
    assert PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"] == {"alembic": "oncall/_alembic"}
    assert not (ROOT / "alembic/__init__.py").exists()


def test_the_container_runs_one_command_as_nobody_in_particular() -> None:
    lines = [line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    steps = [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]
    assert steps[0] == ("FROM", "python:3.12-slim")
    assert [argument for step, argument in steps if step == "USER"] == ["oncall"]
    assert steps.index(("USER", "oncall")) < steps.index(("ENTRYPOINT", '["oncall"]'))
    assert steps[-1] == ("CMD", '["serve", "--host", "0.0.0.0"]')
    assert any(step == "HEALTHCHECK" and "/healthz" in argument for step, argument in steps)
    assert any(
        step == "RUN" and "pip install" in argument and "-c constraints.txt" in argument for step, argument in steps
    )


def test_the_container_holds_no_secret_and_copies_only_what_it_needs() -> None:
    assert not re.search(r"SECRET|TOKEN|PASSWORD|ACCOUNT_SID", DOCKERFILE)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*"
    let_in = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    copied = {name for line in DOCKERFILE.splitlines() if line.startswith("COPY") for name in line.split()[1:-1]}
    assert let_in == copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_oldest_python_is_said_the_same_everywhere() -> None:
    assert PYPROJECT["project"]["requires-python"] == ">=3.11"
    assert PYPROJECT["tool"]["ruff"]["target-version"] == "py311"
    assert "Python 3.11 or newer" in README


def test_the_readme_leads_to_pages_that_are_there() -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_team_file_in_the_docs_can_be_loaded() -> None:
    (written,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/team-file.md").read_text(encoding="utf-8"), re.DOTALL)
    assert parse(written, today=date(2026, 3, 14)).team.slug == "torfaen"


def test_decisions_are_numbered_and_told_under_five_headings() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. ")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Where we stood", "What we decided", "Why", "What we refused", "What follows"], path.name
