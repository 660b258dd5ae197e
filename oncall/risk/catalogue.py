"""The flags: what each is, the severity it starts from, and which stay urgent whenever it happened; data of a file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from oncall.people.severity import Severity

FILE = Path(__file__).parent / "data" / "flags.yaml"


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A risk flag of the catalogue; `title` by language, `lasts` where time passed does not lessen it."""

    code: str
    severity: Severity
    title: dict[str, str]
    lasts: bool


@cache
def catalogue() -> dict[str, Flag]:
    """Every flag by its code, in the order of the file."""
    document: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        code: Flag(
            code=code,
            severity=Severity(entry["severity"]),
            title={"en": entry["en"], "cy": entry["cy"]},
            lasts=bool(entry.get("lasts", False)),
        )
        for code, entry in document["flags"].items()
    }
