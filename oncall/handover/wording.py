"""A handover as a person or a program reads it: plain text for a phone or a printer, and JSON."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from oncall.handover.contents import Asked, Group, Handover, Item, Line

SEVERITIES = ("emergency", "urgent", "concern", "routine")
KINDS = {"received": "wrote", "relayed": "was sent", "note": "noted", "contacted": "contact"}


def as_json(handover: Handover) -> dict[str, Any]:
    """The handover as one JSON document; instants with the team's offset, still open first."""
    zone = ZoneInfo(handover.team.time_zone)
    period = handover.period
    return {
        "team": handover.team.slug,
        "meeting_at": _iso(period.meeting_at, zone),
        "from": _iso(period.since, zone),
        "to": _iso(period.until, zone),
        "cut_off_at": _iso(handover.cut_off_at, zone),
        "still_open": sum(item.is_open for item in handover.items),
        "tasks_open": sum(task.state == "open" for item in handover.items for task in item.tasks),
        "counts": {severity: _count(handover, severity) for severity in SEVERITIES},
        "groups": [_group_json(group, zone) for group in handover.groups],
        "nothing_reported": [{"slug": child.slug, "known_as": child.known_as} for child in handover.quiet],
        "for_leads_only": list(handover.withheld),
        "rest_owed": list(handover.rest_owed),
    }


def as_text(handover: Handover) -> str:
    """The handover in plain text."""
    zone = ZoneInfo(handover.team.time_zone)
    period, items = handover.period, handover.items
    still_open = sum(item.is_open for item in items)
    counts = ", ".join(f"{_count(handover, severity)} {severity}" for severity in SEVERITIES)
    lines = [
        f"{handover.team.name}: handover for the staff meeting of {_local(period.meeting_at, zone)}",
        f"What came after {_local(period.since, zone)}, up to {_local(handover.cut_off_at, zone)}.",
        f"{len(items)} in all ({counts}); {still_open} still open.",
    ]
    for heading, is_open in (("STILL OPEN", True), ("CLOSED", False)):
        groups = [group for group in handover.groups if group.is_open is is_open]
        if groups:
            lines += ["", heading, "=" * len(heading)]
            lines += [line for group in groups for line in _group_text(group, zone, handover.cut_off_at)]
    if handover.quiet:
        lines += ["", "NOTHING REPORTED: " + ", ".join(child.known_as for child in handover.quiet)]
    if handover.rest_owed:
        lines += ["", "REST OWED", *(f"  {one}." for one in handover.rest_owed)]
    if handover.withheld:
        lines += ["", "FOR LEADS ONLY: " + ", ".join(handover.withheld)]
    return "\n".join(lines) + "\n"


def _count(handover: Handover, severity: str) -> int:
    return sum(item.severity == severity for item in handover.items)


def _group_json(group: Group, zone: ZoneInfo) -> dict[str, Any]:
    child, contact = group.young_person, group.contact
    return {
        "young_person": {"slug": child.slug, "known_as": child.known_as} if child else None,
        "contact": {"slug": contact.slug, "name": contact.name, "kind": contact.kind} if contact else None,
        "incidents": [_item_json(item, zone) for item in group.items],
    }


def _item_json(item: Item, zone: ZoneInfo) -> dict[str, Any]:
    instants = ("opened_at", "acknowledged_at", "contacted_at", "closed_at")
    plain = ("ref", "status", "severity", "channel", "acknowledged_by", "outcome", "guidance", "follow_up")
    return {
        **{name: getattr(item, name) for name in plain},
        **{name: _iso(getattr(item, name), zone) for name in instants},
        "carried_over": item.is_carried_over,
        "flags": [{"flag": flag, "state": state} for flag, state in item.flags],
        "tasks": [_task_json(task, zone) for task in item.tasks],
        "lines": [
            {"at": _iso(one.at, zone), "kind": one.kind, "by": one.by, "detail": one.detail} for one in item.lines
        ],
    }


def _task_json(task: Asked, zone: ZoneInfo) -> dict[str, Any]:
    plain = ("flag", "title", "state", "reference", "why")
    instants = ("due_at", "settled_at")
    return {
        **{name: getattr(task, name) for name in plain},
        **{name: _iso(getattr(task, name), zone) for name in instants},
    }


def _task_text(task: Asked, zone: ZoneInfo, cut_off_at: datetime) -> str:
    if task.state == "open":
        late = ", LATE" if task.due_at < cut_off_at else ""
        return f"To do by {_local(task.due_at, zone)}{late}: {task.title}"
    more = task.reference or task.why
    return f"{task.state.capitalize()}: {task.title}" + (f" ({more})" if more else "")


def _group_text(group: Group, zone: ZoneInfo, cut_off_at: datetime) -> list[str]:
    child = group.young_person.known_as if group.young_person else "No young person named"
    caller = group.contact.name if group.contact else "unknown number"
    return ["", f"{child} - {caller}", *(line for item in group.items for line in _item_text(item, zone, cut_off_at))]


def _item_text(item: Item, zone: ZoneInfo, cut_off_at: datetime) -> list[str]:
    carried = ", carried over" if item.is_carried_over else ""
    lines = [f"  {item.ref}  {item.severity}, {item.status}{carried}, {_local(item.opened_at, zone)}"]
    lines.append(f"    {_answered(item)}")
    lines += [f"    {_local(one.at, zone, with_day=False)} {_told(one)}" for one in item.lines]
    lines += [f"    Risk flag {flag}: {state}" for flag, state in item.flags]
    lines += [f"    {_task_text(task, zone, cut_off_at)}" for task in item.tasks]
    for word, said in (("Outcome", item.outcome), ("Guidance", item.guidance), ("Follow-up", item.follow_up)):
        if said:
            lines.append(f"    {word}: {said}")
    return lines


def _answered(item: Item) -> str:
    if item.acknowledged_at is None or item.acknowledged_by is None:
        return "Nobody has taken it."
    taken = f"{item.acknowledged_by} took it after {_minutes(item.opened_at, item.acknowledged_at)}"
    if item.contacted_at is None:
        return f"{taken}; no contact with the caller is on record."
    return f"{taken}; contact after {_minutes(item.opened_at, item.contacted_at)}."


def _minutes(start: datetime, end: datetime) -> str:
    minutes = round((end - start).total_seconds() / 60)
    return "less than a minute" if minutes < 1 else f"{minutes} min"


def _told(line: Line) -> str:
    words = line.detail.replace("\n", " / ")
    return f"{KINDS[line.kind]}: {words}"


def _local(at: datetime, zone: ZoneInfo, *, with_day: bool = True) -> str:
    return at.astimezone(zone).strftime("%a %d/%m/%Y %H:%M" if with_day else "%a %H:%M")


def _iso(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat() if at else None
