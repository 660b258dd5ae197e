"""The duties of a jurisdiction: what each flag asks for, by when, whom to tell; dated data of a file, read once.

Which file holds is the team's own say. Nothing here knows of any incident.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from oncall.incidents.tasks.clocks import Within

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One task that flags ask for; `asked` is what a person reads of it, with its date and its source."""

    task: str
    within: Within
    repeats_after_h: int | None
    asked: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Duties:
    """What a jurisdiction asks for. `only_after`: a flag asks only after that other one; `ends`: tasks a flag ends."""

    jurisdiction: str
    of_flag: Mapping[str, tuple[Duty, ...]]
    only_after: Mapping[str, str]
    ends: Mapping[str, tuple[str, ...]]


@cache
def duties_of(jurisdiction: str) -> Duties:
    """The duties that hold in `wales` or `england`."""
    document = yaml.safe_load((FOLDER / f"duties_{jurisdiction}.yaml").read_text(encoding="utf-8"))
    known = {task: _duty(task, entry, document) for task, entry in document["tasks"].items()}
    return Duties(
        jurisdiction=document["jurisdiction"],
        of_flag={flag: tuple(known[task] for task in tasks) for flag, tasks in document["flags"].items()},
        only_after=document["only_after"],
        ends={flag: tuple(tasks) for flag, tasks in document["ends"].items()},
    )


def _duty(task: str, entry: Mapping[str, Any], document: Mapping[str, Any]) -> Duty:
    return Duty(
        task=task,
        within=_within(entry["within"]),
        repeats_after_h=entry["repeats"]["hours"] if "repeats" in entry else None,
        asked={
            "title": {"en": entry["en"], "cy": entry["cy"]},
            "notes": entry.get("notes"),
            "contacts": [_contact(document["contacts"][one]) for one in entry.get("contacts", ())],
            "source": entry.get("source"),
            "as_at": str(entry.get("as_at", document["as_at"])),
            "to_be_read": bool(entry.get("to_be_read", False)),
            "jurisdiction": document["jurisdiction"],
        },
    )


def _contact(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": {"en": entry["en"], "cy": entry["cy"]},
        "number": entry["number"],
        "hours": entry["hours"],
        "as_at": str(entry["as_at"]),
    }


def _within(written: str | Mapping[str, Any]) -> Within:
    if isinstance(written, str):
        return Within()
    next_day = written.get("next_working_day") or written.get("or_next_working_day")
    by = written.get("by") or next_day
    return Within(
        hours=written.get("hours"),
        working_days=1 if next_day else written.get("working_days"),
        by=time.fromisoformat(by) if by else None,
    )
