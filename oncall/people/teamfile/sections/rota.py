"""The `rota` section: tiers of layers, overrides, leave, rules; as written, each name resolved.

Nothing is reckoned here.
"""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from oncall.people.teamfile.confidence import ASKS, TEST_CALLS, ConfidenceEntry
from oncall.people.teamfile.form import readers
from oncall.people.teamfile.form.field import Field
from oncall.people.teamfile.form.instants import instant
from oncall.people.teamfile.sections.cover import read_cover
from oncall.people.teamfile.sections.names import Known, refuse_repeats, said
from oncall.people.teamfile.sections.persons import A_STAFF
from oncall.people.teamfile.sections.planner import read_planner
from oncall.people.teamfile.values import (
    APPROVALS,
    RULES,
    UNITS,
    ChangesEntry,
    LayerEntry,
    LeaveEntry,
    Moment,
    OverrideEntry,
    PlannerEntry,
    RotaSection,
    RulesEntry,
    TurnEntry,
)

MOST_UNITS = 100_000
A_TIER = "a tier of the rota"


def read_rota(section: Field, known: Known, zone: ZoneInfo) -> RotaSection:
    """The rota, with at least one tier."""
    keys = section.keys("tiers", "overrides leave rules changes planner confidence")
    return RotaSection(
        tiers=read_tiers(keys["tiers"], known),
        overrides=readers.items(said(keys["overrides"]), lambda field: _override(field, known, zone), least=0),
        leave=readers.items(said(keys["leave"]), lambda field: _leave(field, known, zone), least=0),
        rules=readers.optional(keys["rules"], lambda field: read_rules(field, known)) or RulesEntry(),
        changes=readers.optional(keys["changes"], read_changes) or ChangesEntry(),
        planner=readers.optional(keys["planner"], lambda field: read_planner(field, known, zone)) or PlannerEntry(),
        confidence=readers.optional(keys["confidence"], read_confidence) or ConfidenceEntry(),
    )


def read_tiers(field: Field, known: Known) -> Mapping[str, tuple[LayerEntry, ...]]:
    """The tiers by name, each with its layers; one may have none as yet."""
    tiers = field.entries("write at least one tier with its layers")
    if field.value == {}:
        field.refuse("write at least one tier", "names no tier")
    for name, tier in tiers.items():
        readers.text(replace(tier, value=name), "a name for the tier")
    return {name: _layers(tier, known) for name, tier in tiers.items()}


def read_rules(field: Field, known: Known) -> RulesEntry:
    """The team's own values of some rules."""
    keys = field.keys("", f"{' '.join(RULES)} standby_is_work")
    tiers = readers.optional(
        keys["standby_is_work"],
        lambda listed: readers.items(listed, lambda item: readers.names(item, known.tiers, A_TIER), once=True),
    )
    values = {key: readers.whole(keys[key], most=most) for key, most in RULES.items() if keys[key].is_there}
    return RulesEntry(values, tiers or ())


def read_changes(field: Field) -> ChangesEntry:
    """How colleagues change the rota among themselves."""
    return ChangesEntry(readers.one_of(field.keys("approve")["approve"], APPROVALS))


def read_confidence(field: Field) -> ConfidenceEntry:
    """How the team makes sure of its next shifts."""
    keys, default = field.keys("", "ask test_call"), ConfidenceEntry()
    return ConfidenceEntry(
        ask=readers.optional(keys["ask"], lambda found: readers.one_of(found, ASKS)) or default.ask,
        test_call=readers.optional(keys["test_call"], lambda found: readers.one_of(found, TEST_CALLS))
        or default.test_call,
    )


def _layers(field: Field, known: Known) -> tuple[LayerEntry, ...]:
    listed = replace(field, value=[]) if field.value is None else field
    layers = readers.items(listed, lambda item: _layer(item, known), least=0)
    named = ((f"{field.path}[{index}].layer", layer.name) for index, layer in enumerate(layers))
    refuse_repeats(named, field.problems)
    return layers


def _layer(field: Field, known: Known) -> LayerEntry:
    keys = field.keys("layer people turn", "cover")
    return LayerEntry(
        name=readers.text(keys["layer"], "a name for the layer"),
        people=readers.items(keys["people"], lambda item: readers.names(item, known.staff, A_STAFF)),
        turn=_turn(keys["turn"]),
        cover=readers.optional(keys["cover"], lambda field: readers.items(field, read_cover)),
    )


def _turn(field: Field) -> TurnEntry:
    keys = field.keys("every unit at starts")
    return TurnEntry(
        every=readers.whole(keys["every"], most=MOST_UNITS),
        unit=readers.one_of(keys["unit"], UNITS),
        at=readers.time_of_day(keys["at"]),
        starts=readers.day(keys["starts"]),
    )


def _override(field: Field, known: Known, zone: ZoneInfo) -> OverrideEntry:
    keys = field.keys("tier person from to", "why")
    start, end = _span(keys, zone)
    return OverrideEntry(
        tier=readers.names(keys["tier"], known.tiers, A_TIER),
        person=readers.names(keys["person"], known.staff, A_STAFF),
        start=start,
        end=end,
        why=readers.optional(keys["why"], readers.text),
    )


def _leave(field: Field, known: Known, zone: ZoneInfo) -> LeaveEntry:
    keys = field.keys("person from to")
    start, end = _span(keys, zone)
    return LeaveEntry(person=readers.names(keys["person"], known.staff, A_STAFF), start=start, end=end)


def _span(keys: Mapping[str, Field], zone: ZoneInfo) -> tuple[Moment, Moment]:
    start, end = readers.moment(keys["from"]), readers.moment(keys["to"])
    if start.written and end.written and instant(end, zone) <= instant(start, zone):
        keys["to"].refuse("write a later one", "is not after from")
    return start, end
