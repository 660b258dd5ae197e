"""The texts that the suggester learns from and is measured on: one file a hand, none of which saw another's."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from oncall.people.severity import Severity

FOLDER = Path(__file__).parent / "texts"
EXAMPLES = Path(__file__).parents[1] / "tests" / "data" / "carer_texts.jsonl"
"""The examples of the labelling; they count as a hand of their own."""
LANGUAGES = frozenset({"en", "cy", "mixed"})


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A text as a carer might send it, with what should be said of it."""

    author: str
    text: str
    language: str
    severity: Severity
    flags: tuple[str, ...]


def labelled() -> list[Labelled]:
    """Every text, author after author."""
    return [text for path in [*sorted(FOLDER.glob("*.jsonl")), EXAMPLES] for text in _of(path)]


def _of(path: Path) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        yield Labelled(
            author=path.stem,
            text=entry["text"],
            language=entry["lang"] if entry["lang"] in LANGUAGES else "other",
            severity=Severity(entry["severity"]),
            flags=tuple(entry["flags"]),
        )
