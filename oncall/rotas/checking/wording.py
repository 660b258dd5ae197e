"""What a person or a program reads of a check: the JSON of the command and of the API, and lines of text.

One rule: the text says of each kind of finding which rule it breaks, with the team's value, what for, and where from.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rota.checks.check import Report
from rota.checks.findings import Finding, clock, number
from rota.checks.load import Load
from rota.checks.rules import ROWS

HAS_LEFT = "has left the team"
NO_MOBILE = "is on the rota without a mobile and cannot be paged"
NO_SUCH_MOBILE = "is on the rota with a mobile that does not exist and cannot be paged"
NO_TEXTS = "is on the rota and has stopped our texts, so is paged by call only"

NOTHING = "nothing, since no work was given to this check"


def as_check_json(report: Report, *, zone: ZoneInfo) -> dict[str, Any]:
    """What was found, and the load of each person by slug."""
    return {
        "findings": [_finding(finding, zone) for finding in report.findings],
        "load": {person: _load(load) for person, load in report.load.items()},
    }


def check_text(team: str, report: Report, *, start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """The same in lines, with the rules behind what was found."""
    lines = [f"{team}, {clock(start, zone)} to {clock(end, zone)}: {_found(len(report.findings))}"]
    lines += [f"  {_line(finding, zone)}" for finding in report.findings]
    lines += _rules(report)
    lines += ["Load, on call:"]
    lines += [f"  {person}: {_in_words(load)}" for person, load in report.load.items()]
    return "\n".join([*lines, _what_is_work(report)])


def _found(count: int) -> str:
    return "nothing found" if not count else "1 finding" if count == 1 else f"{count} findings"


def _line(finding: Finding, zone: ZoneInfo) -> str:
    return f"{finding.kind}, {clock(finding.start, zone)} to {clock(finding.end, zone)}: {finding.detail}"


def _rules(report: Report) -> Iterator[str]:
    broken = {finding.kind for finding in report.findings}
    rows = [row for row in ROWS if row.kind in broken]
    if rows:
        yield "Rules:"
    for row in rows:
        yield f"  {row.kind}, {row.key} {report.rules.value(row)} {row.unit}: {row.explanation} ({row.source})"


def _what_is_work(report: Report) -> str:
    counted = [f"time on call as {tier}" for tier in sorted(report.rules.standby_is_work)]
    counted += ["what was worked, from a ring to the end of the contact"] if report.knows_work else []
    return (
        f"Only work breaks rest; being on call is none by itself. Counted as work: {' and '.join(counted) or NOTHING}."
    )


def _finding(finding: Finding, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "tier": finding.tier,
        "person": finding.person,
        "from": finding.start.astimezone(zone).isoformat(),
        "to": finding.end.astimezone(zone).isoformat(),
        "detail": finding.detail,
    }


def _load(load: Load) -> dict[str, float]:
    return {figure: int(value) if value == int(value) else value for figure, value in load._asdict().items()}


def _in_words(load: Load) -> str:
    return ", ".join(f"{figure.replace('_', ' ')} {number(value)}" for figure, value in load._asdict().items())
