"""Writes a team file: values to text that reads back as the same values, in the order and the manner people write it.

One rule: text that a reader might take for a number, a time or a date stands in quotes; nothing is ever an alias.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any

import yaml

from oncall.people.teamfile.confidence import ConfidenceEntry
from oncall.people.teamfile.values import (
    JURISDICTIONS,
    SCHEMA,
    ChangesEntry,
    ContactEntry,
    CoverEntry,
    DailyCoverEntry,
    LayerEntry,
    LeaveEntry,
    OverrideEntry,
    Plan,
    PlannerEntry,
    RotaSection,
    RulesEntry,
    SeverityRule,
    StaffEntry,
    StaffMeeting,
    Step,
    TeamEntry,
    TeamFile,
    Voice,
    WeeklyCoverEntry,
    WishEntry,
    Written,
    YoungPersonEntry,
)

LONGEST_LINE = 150
_PLAIN = re.compile(r"[^\W\d_]([\w .'/@-]*\w)?|[1-9][0-9]*[smh]")
_STRING = "tag:yaml.org,2002:str"


def write(file: TeamFile) -> str:
    """The file's text."""
    return yaml.dump(written(file), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)


def written(file: TeamFile) -> Written:
    """The file in its own words."""
    return _said(
        schema=SCHEMA,
        team=team(file.team),
        staff=[_staff(entry) for entry in file.staff],
        young_people=[_young_person(entry) for entry in file.young_people],
        contacts=[_contact(entry) for entry in file.contacts],
        rota=rota(file.rota),
        escalation=escalation(file.escalation),
        voice=voice(file.voice),
    )


def team(entry: TeamEntry) -> Written:
    """The section `team`."""
    return {
        "slug": entry.slug,
        "name": entry.name,
        "time_zone": entry.time_zone,
        "languages": [*entry.languages],
        "number": entry.number,
        "staff_meeting": staff_meeting(entry.staff_meeting),
    } | _said(jurisdiction=entry.jurisdiction if entry.jurisdiction != JURISDICTIONS[0] else None)


def staff_meeting(meeting: StaffMeeting) -> Written:
    """The team's `staff_meeting`."""
    return {"day": meeting.day, "time": _time(meeting.begins), "publish": _time(meeting.publish)}


def _staff(entry: StaffEntry) -> Written:
    return _said(
        slug=entry.slug,
        name=entry.name,
        role=entry.role,
        mobile=entry.mobile,
        email=entry.email,
        languages=[*entry.languages],
        guidance=entry.guidance,
    )


def _young_person(entry: YoungPersonEntry) -> Written:
    return {
        "slug": entry.slug,
        "known_as": entry.known_as,
        "born": entry.born,
        "lead": entry.lead,
        "key_worker": entry.key_worker,
    } | _said(plan=plan(entry.plan) if entry.plan else None)


def plan(entry: Plan) -> Written:
    """A young person's `plan`."""
    return {"formulation": entry.formulation, "helps": [*entry.helps], "avoid": [*entry.avoid]}


def _contact(entry: ContactEntry) -> Written:
    return {
        "slug": entry.slug,
        "name": entry.name,
        "kind": entry.kind,
        "phones": [*entry.phones],
        "language": entry.language,
    } | _said(cares_for=[*entry.cares_for], prefers=[*entry.prefers])


def rota(section: RotaSection) -> Written:
    """The section `rota`."""
    return {"tiers": tiers(section.tiers)} | _said(
        overrides=[_override(entry) for entry in section.overrides],
        leave=[_leave(entry) for entry in section.leave],
        rules=rules(section.rules) or None,
        changes=changes(section.changes) or None,
        planner=planner(section.planner) or None,
        confidence=confidence(section.confidence) or None,
    )


def tiers(layers: Mapping[str, tuple[LayerEntry, ...]]) -> Written:
    """The rota's `tiers`."""
    return {name: [_layer(layer) for layer in tier] for name, tier in layers.items()}


def _layer(layer: LayerEntry) -> Written:
    turn = layer.turn
    return {
        "layer": layer.name,
        "people": [*layer.people],
        "turn": {"every": turn.every, "unit": turn.unit, "at": _time(turn.at), "starts": turn.starts},
    } | _said(cover=[_cover(window) for window in layer.cover or ()])


def _cover(window: CoverEntry) -> Written:
    if isinstance(window, WeeklyCoverEntry):
        return {
            "from": f"{window.start_day} {_time(window.start)}",
            "to": f"{window.end_day} {_time(window.end)}",
        }
    days = {"days": [*window.days]} if window.days else {}
    if isinstance(window, DailyCoverEntry):
        return days | {"from": _time(window.start), "to": _time(window.end)}
    return days | {"from": _time(window.start), "hours": window.hours}


def rules(entry: RulesEntry) -> Written:
    """The rota's `rules`; nothing, if the team set none."""
    return {**entry.values} | _said(standby_is_work=[*entry.standby_is_work])


def changes(entry: ChangesEntry) -> Written:
    """The rota's `changes`; nothing, if they are as they are by default."""
    return {} if entry == ChangesEntry() else {"approve": entry.approve}


def confidence(entry: ConfidenceEntry) -> Written:
    """The rota's `confidence`; nothing, if it is as it is by default."""
    return {} if entry == ConfidenceEntry() else {"ask": entry.ask, "test_call": entry.test_call}


def _override(entry: OverrideEntry) -> Written:
    span = {"from": entry.start.written, "to": entry.end.written}
    return {"tier": entry.tier, "person": entry.person} | span | _said(why=entry.why)


def _leave(entry: LeaveEntry) -> Written:
    return {"person": entry.person, "from": entry.start.written, "to": entry.end.written}


def planner(entry: PlannerEntry) -> Written:
    """The rota's `planner`; nothing, if the team has none."""
    return _said(
        may_hold={tier: [*people] for tier, people in entry.may_hold.items()} or None,
        wishes=[_wish(wish) for wish in entry.wishes],
        weights={**entry.weights} or None,
        days_in_a_row=entry.days_in_a_row,
    )


def _wish(entry: WishEntry) -> Written:
    span = {"from": entry.start.written, "to": entry.end.written} if entry.start and entry.end else {}
    said = _said(days=[*(entry.days or ())], tier=entry.tier)
    return {"person": entry.person, "wish": entry.wish} | span | said


def escalation(rules: Mapping[str, SeverityRule]) -> Written:
    """The section `escalation`."""
    return {
        severity: {"contact_within": rule.contact_within.written, "steps": [_step(step) for step in rule.steps]}
        for severity, rule in rules.items()
    }


def _step(step: Step) -> Written:
    page = step.page[0] if len(step.page) == 1 else [*step.page]
    return {"page": page, "by": [*step.by], "wait": step.wait.written}


def voice(rules: Voice) -> Written:
    """The section `voice`."""
    return {
        "ring": [[*group] for group in rules.ring],
        "ring_for": rules.ring_for.written,
        "promise_after": rules.promise_after.written,
    }


def _said(**values: Any) -> Written:
    """What there is to say: what may be left out and is empty is left out."""
    return {key: value for key, value in values.items() if value not in (None, [])}


def _time(at: time) -> str:
    return at.strftime("%H:%M")


class _Dumper(yaml.SafeDumper):
    """PyYAML's dumper, without aliases, what is short on one line, and quotes round whatever is not plainly a word."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def text(self, value: str) -> yaml.ScalarNode:
        """Text, quoted unless every reader takes it for the same text."""
        resolve: Callable[..., str] = self.resolve
        is_plain = _PLAIN.fullmatch(value) and resolve(yaml.ScalarNode, value, (True, False)) == _STRING
        return self.represent_scalar(_STRING, value, style=None if is_plain else '"')

    def list(self, value: Sequence[Any]) -> yaml.SequenceNode:
        """A list, on one line if it has only text, numbers and short lists of such."""
        node = self.represent_sequence("tag:yaml.org,2002:seq", value)
        node.flow_style = _fits(node.value)
        return node

    def mapping(self, value: Written) -> yaml.MappingNode:
        """A mapping in the order of its keys, on one line if it is short."""
        node = self.represent_mapping("tag:yaml.org,2002:map", value.items())
        node.flow_style = _fits([part for _, part in node.value])
        return node


def _fits(parts: Sequence[yaml.Node]) -> bool:
    lists = [part for part in parts if isinstance(part, yaml.SequenceNode) and part.flow_style]
    plain = [part for part in parts if isinstance(part, yaml.ScalarNode)]
    words = [*plain, *(word for part in lists for word in part.value)]
    return len(plain) + len(lists) == len(parts) and sum(len(word.value) for word in words) <= LONGEST_LINE


_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(list, _Dumper.list)
_Dumper.add_representer(dict, _Dumper.mapping)
