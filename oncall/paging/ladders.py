"""A team's escalation rules, as its file has them, as the policy's ladders."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from oncall.paging.policy import Channel, Ladder, Policy, Step
from oncall.people.models import Team
from oncall.people.severity import Severity

UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}


def policy_of(team: Team) -> Policy:
    """The team's ladder for each severity."""
    return {Severity(name): _ladder(rule) for name, rule in team.escalation.items()}


def duration(written: str) -> timedelta:
    """A checked duration of a team file: `30s`, `3m`, `2h`."""
    return timedelta(**{UNITS[written[-1]]: int(written[:-1])})


def _ladder(rule: Mapping[str, Any]) -> Ladder:
    return Ladder(duration(rule["contact_within"]), tuple(_step(step) for step in rule["steps"]))


def _step(step: Mapping[str, Any]) -> Step:
    page = (step["page"],) if isinstance(step["page"], str) else tuple(step["page"])
    return Step(page=page, by=tuple(Channel(way) for way in step["by"]), wait=duration(step["wait"]))
