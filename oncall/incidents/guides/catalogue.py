"""The guides: their steps in order, with their questions in both languages; data of files, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from oncall.errors import NotFound

FOLDER = Path(__file__).parent / "data"
NAMES = ("missing", "allegation")
TEXT, YES_NO, INSTANT = "text", "yes_no", "instant"


class NoSuchGuide(NotFound):
    """There is no such guide: missing, allegation."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One question. `does` is the task an answer marks as done; `goes_to` the step that comes first after an answer."""

    step: str
    phase: str
    kind: str
    asks: Mapping[str, str]
    does: str | None
    goes_to: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Guide:
    """Steps for an incident with one of `flags`. Of a phase in `only_once`, steps are asked once that flag stands."""

    guide: str
    title: Mapping[str, str]
    flags: tuple[str, ...]
    version: str
    review: str
    only_once: Mapping[str, str]
    steps: tuple[Step, ...]


@cache
def guide_named(name: str) -> Guide:
    """The guide of that name. Raises NoSuchGuide."""
    if name not in NAMES:
        raise NoSuchGuide
    document = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Guide(
        guide=document["guide"],
        title=document["title"],
        flags=tuple(document["flags"]),
        version=str(document["version"]),
        review=document["review"],
        only_once=document["only_once"],
        steps=tuple(_step(entry) for entry in document["steps"]),
    )


def _step(entry: Mapping[str, Any]) -> Step:
    return Step(
        step=entry["step"],
        phase=entry["phase"],
        kind=entry["kind"],
        asks={"en": entry["en"], "cy": entry["cy"]},
        does=entry.get("does"),
        goes_to=entry.get("goes_to", {}),
    )
