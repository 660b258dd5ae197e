"""Rules about the project as a whole: sizes of packages, pages that load nothing from elsewhere, what is documented."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

MOST_FILES = 8
MOST_LINES = 1_000
ROOM_TO_SPARE_NONE = {
    "oncall": 10,  # the ground floor and the entrances
    "oncall/paging": 16,
    "oncall/cli": 8,
}
"""Packages past the ceiling: they may shrink, not grow."""
FROM_ELSEWHERE = re.compile(
    r"""(?:\b(?:src|srcset|poster|action)\s*=\s*|<link\b[^>]*\bhref\s*=\s*|@import\s+|url\(\s*)["']?\s*(?:https?:)?//""",
    re.IGNORECASE,
)
SENTENCE = re.compile(r'lang="cy"[^>]*>(?!\s*\w+<)')
MARKED = re.compile(r"await\w*\s+a\s+Welsh\s+speaker", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(", re.IGNORECASE)


def too_big(root: Path) -> list[str]:
    """Packages of the service that should be two; `__init__` is not counted."""
    found = []
    for package in sorted({path.parent for top in ("oncall", "rota") for path in (root / top).rglob("*.py")}):
        name = package.relative_to(root).as_posix()
        files = [path for path in package.glob("*.py") if path.name != "__init__.py"]
        lines = sum(path.read_text(encoding="utf-8").count("\n") for path in files)
        most = ROOM_TO_SPARE_NONE.get(name, MOST_FILES)
        if len(files) > most or (lines > MOST_LINES and name not in ROOM_TO_SPARE_NONE):
            found.append(f"{name}: {len(files)} files, {lines} lines")
    return found


def pages(root: Path) -> list[Path]:
    """The templates, styles and scripts of pages."""
    return [path for path in sorted((root / "oncall").rglob("*")) if path.suffix in {".html", ".css", ".js", ".svg"}]


def loads_from_elsewhere(root: Path) -> list[str]:
    """Pages that would fetch something from another server."""
    return _matching(root, FROM_ELSEWHERE)


def unescaped(root: Path) -> list[str]:
    """Pages that would show what somebody wrote as if it were markup."""
    return _matching(root, UNESCAPED)


def unmarked_welsh(root: Path) -> list[str]:
    """Files with Welsh in them that do not say it awaits a Welsh speaker's check."""
    files = [*pages(root), *sorted((root / "oncall").rglob("welsh.py"))]
    written = {path: path.read_text(encoding="utf-8") for path in files}
    welsh = {path for path, told in written.items() if SENTENCE.search(told) or path.name == "welsh.py"}
    return [path.relative_to(root).as_posix() for path in sorted(welsh) if not MARKED.search(written[path])]


def _matching(root: Path, pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}: {hit.group(0)}"
        for path in pages(root)
        for hit in pattern.finditer(path.read_text(encoding="utf-8"))
    ]


def undocumented(names: Iterable[str], readme: str) -> list[str]:
    """Names that no table of the README begins a row with."""
    told = set(re.findall(r"`([^`]+)`", " ".join(line for line in readme.splitlines() if line.startswith("|"))))
    return [name for name in names if not any(one == name or one.startswith(f"{name} ") for one in told)]


def unguarded(contracts: Sequence[Mapping[str, Any]], parts: Iterable[str]) -> list[str]:
    """Parts of the service that a contract on forbidden imports neither names nor is known to leave out."""
    found = []
    for contract in contracts:
        if contract["type"] == "forbidden" and "oncall.paging" in contract["source_modules"]:
            left_out = LEFT_OUT[contract["forbidden_modules"][0]]
            named = set(contract["source_modules"])
            found += [f"{contract['name']}: {part}" for part in parts if part not in named | left_out]
    return found


LEFT_OUT = {
    "rota": {"oncall.rotas", "oncall.cli", "oncall.__main__"},
    "twilio": {
        *("oncall.telephony", "oncall.wiring", "oncall.__main__"),
        *("oncall.app", "oncall.clock", "oncall.errors", "oncall.logs", "oncall.schema", "oncall.settings"),
    },
}
"""What may import it, or is built of what may."""
