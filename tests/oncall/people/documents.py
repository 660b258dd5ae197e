"""The sample team file as a document to change, and as text again: JSON is YAML, and quotes everything."""

import copy
import json
import re
from importlib import resources
from typing import Any

import yaml

from oncall.people.teamfile import BadTeamFile, Problem, parse

SAMPLE = resources.files("oncall.people").joinpath("sample.yaml").read_text(encoding="utf-8")
DOCUMENT: dict[str, Any] = yaml.safe_load(SAMPLE)
GONE = object()


def document(**changes: Any) -> dict[str, Any]:
    """The sample's document; `changes` replace whole sections."""
    return {**copy.deepcopy(DOCUMENT), **changes}


def as_text(changed: Any) -> str:
    """A document as the text of a file."""
    return json.dumps(changed, default=str, ensure_ascii=False)


def with_value(path: str, value: Any) -> str:
    """The sample with another value at a path such as `staff[2].mobile`; GONE takes it out, `[+]` adds to a list."""
    changed: Any = document()
    *way, last = re.findall(r"[^.\[\]]+", path)
    at = changed
    for part in way:
        at = at[int(part)] if isinstance(at, list) else at[part]
    if last == "+":
        at.append(value)
    elif value is GONE:
        del at[int(last) if isinstance(at, list) else last]
    else:
        at[int(last) if isinstance(at, list) else last] = value
    return as_text(changed)


def problems(text: str, **given: Any) -> list[Problem]:
    """What is wrong with a text; nothing, if it can be used."""
    try:
        parse(text, **given)
    except BadTeamFile as bad:
        return list(bad.problems)
    return []
