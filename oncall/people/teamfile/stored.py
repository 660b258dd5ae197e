"""Sections of a team file as JSON for the database, and back: in the file's own words, a date as text.

One rule: what was stored had been read from a file without a problem, so a problem here is a fault, and is raised.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from oncall.people.teamfile import writing
from oncall.people.teamfile.confidence import ConfidenceEntry
from oncall.people.teamfile.form import readers
from oncall.people.teamfile.form.field import Field
from oncall.people.teamfile.problems import BadTeamFile, Problem
from oncall.people.teamfile.sections import paging, persons, planner, rota, team
from oncall.people.teamfile.sections.names import Known
from oncall.people.teamfile.values import (
    ChangesEntry,
    LayerEntry,
    Moment,
    Plan,
    PlannerEntry,
    RulesEntry,
    SeverityRule,
    StaffMeeting,
    Voice,
    Written,
)

T = TypeVar("T")
_ANYBODY = Known(staff=None, young_people=None, tiers=None)
_ANYWHERE = ZoneInfo("UTC")


def as_json(value: Any) -> Any:
    """A written section with every date as text."""
    if isinstance(value, dict):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def tiers_to_json(
    tiers: Mapping[str, tuple[LayerEntry, ...]],
    rules: RulesEntry | None = None,
    changes: ChangesEntry | None = None,
    planned: PlannerEntry | None = None,
    confidence: ConfidenceEntry | None = None,
) -> Written:
    """The rota's tiers, to be stored; their order counts. With what else the team set beside them, if it did."""
    stored: Written = as_json(writing.tiers(tiers))
    beside = {
        "rules": writing.rules(rules) if rules else {},
        "changes": writing.changes(changes) if changes else {},
        "planner": as_json(writing.planner(planned)) if planned else {},
        "confidence": writing.confidence(confidence) if confidence else {},
    }
    own = {key: value for key, value in beside.items() if value}
    return {"tiers": stored, **own} if own else stored


def tiers_from_json(stored: Written) -> Mapping[str, tuple[LayerEntry, ...]]:
    """The rota's tiers, as they were."""
    tiers = stored["tiers"] if _has_more(stored) else stored
    return _read(tiers, lambda field: rota.read_tiers(field, _ANYBODY))


def rules_from_json(stored: Written) -> RulesEntry:
    """The rules stored beside the tiers."""
    own = stored.get("rules") if _has_more(stored) else None
    return _read(own, lambda field: rota.read_rules(field, _ANYBODY)) if own else RulesEntry()


def changes_from_json(stored: Written) -> ChangesEntry:
    """How the rota is changed among colleagues, stored beside the tiers."""
    own = stored.get("changes") if _has_more(stored) else None
    return _read(own, rota.read_changes) if own else ChangesEntry()


def planner_from_json(stored: Written) -> PlannerEntry:
    """What a planned rota is made by, stored beside the tiers."""
    own = stored.get("planner") if _has_more(stored) else None
    return _read(own, lambda field: planner.read_planner(field, _ANYBODY, _ANYWHERE)) if own else PlannerEntry()


def confidence_from_json(stored: Written) -> ConfidenceEntry:
    """How the team makes sure of its next shifts, stored beside the tiers."""
    own = stored.get("confidence") if _has_more(stored) else None
    return _read(own, rota.read_confidence) if own else ConfidenceEntry()


def moment_from_text(written: str) -> Moment:
    """An instant of an override or of leave, from what was written."""
    return _read(written, readers.moment)


def escalation_from_json(stored: Written) -> Mapping[str, SeverityRule]:
    """The rule for each severity."""
    return _read(stored, lambda field: paging.read_escalation(field, _ANYBODY))


def voice_from_json(stored: Written) -> Voice:
    """Who is rung while a caller waits."""
    return _read(stored, lambda field: paging.read_voice(field, _ANYBODY))


def meeting_from_json(stored: Written) -> StaffMeeting:
    """The weekly meeting."""
    return _read(stored, team.read_meeting)


def plan_from_json(stored: Written) -> Plan:
    """A young person's plan."""
    return _read(stored, persons.read_plan)


def _has_more(stored: Written) -> bool:
    """Whether rules or the like stand beside the tiers: a tier named `tiers` is a list of layers."""
    return isinstance(stored.get("tiers"), dict)


def _read(stored: Any, read: Callable[[Field], T]) -> T:
    problems: list[Problem] = []
    found = read(Field(stored, "stored", problems))
    if problems:
        raise BadTeamFile(problems)
    return found
