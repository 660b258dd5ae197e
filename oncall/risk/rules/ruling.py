"""The rules, read from a file a lead can change, and what they find in a text.

A rule needs one concept of each of its groups near one another. What is denied does not count; what is past, only
feared, planned or told of others is a concern and no more, unless the flag lasts; what is only play counts for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from oncall.people.severity import Severity
from oncall.risk.catalogue import catalogue
from oncall.risk.concepts.finding import Hit, Reading

FILE = Path(__file__).parent.parent / "data" / "rules.yaml"
IDIOM = "ctx_idiom"
LESSENS = frozenset({"past", "if", "planned", "told"})
NEAR = 12
"""Words between the concepts of a rule, unless it says `within: text` or `within: clause`."""
MOST_OF_A_GROUP = 6


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`needs`: groups of concepts, one of each; `unless`: concepts that undo it anywhere in the text."""

    id: str
    flag: str
    severity: Severity
    needs: tuple[frozenset[str], ...]
    unless: frozenset[str]
    within: str
    even_if: bool
    """Whether it counts in full also where it is past, feared, planned or told of."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a rule found, and the words that made it."""

    flag: str
    severity: Severity
    start: int
    end: int
    rule: str


@cache
def rules() -> tuple[Rule, ...]:
    """The rules as they are shipped."""
    document: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(parse(entry) for entry in document["rules"])


def parse(entry: dict[str, Any]) -> Rule:
    """A rule as the file has it."""
    flag = catalogue()[entry["flag"]]
    return Rule(
        id=entry["id"],
        flag=flag.code,
        severity=Severity(entry.get("severity", flag.severity)),
        needs=tuple(frozenset(group.split("|")) for group in entry["needs"]),
        unless=frozenset(entry.get("unless", ())),
        within=entry.get("within", "near"),
        even_if=bool(entry.get("even_if", False)) or flag.lasts,
    )


def rule_on(reading: Reading, shipped: tuple[Rule, ...] | None = None) -> list[Ruled]:
    """What the rules find in a text."""
    idioms = [hit for hit in reading.hits if hit.concept == IDIOM]
    said = [hit for hit in reading.hits if not hit.denied and "play" not in hit.said and not _is_of(hit, idioms)]
    by_concept: dict[str, list[Hit]] = {}
    for hit in said:
        by_concept.setdefault(hit.concept, []).append(hit)
    able = [rule for rule in (rules() if shipped is None else shipped) if not rule.unless & by_concept.keys()]
    return [ruled for rule in able if (ruled := _apply(rule, by_concept)) is not None]


def _is_of(hit: Hit, idioms: list[Hit]) -> bool:
    """Whether the words are part of a figure of speech."""
    return hit.concept != IDIOM and any(one.start <= hit.start and hit.end <= one.end for one in idioms)


def _apply(rule: Rule, by_concept: dict[str, list[Hit]]) -> Ruled | None:
    """The weightiest way in which the rule is met."""
    groups = [
        [hit for concept in sorted(group) for hit in by_concept.get(concept, ())][:MOST_OF_A_GROUP]
        for group in rule.needs
    ]
    met = [_ruled(rule, hits) for hits in _together(groups, rule.within)]
    return max(met, key=lambda ruled: (ruled.severity.rank, ruled.start - ruled.end), default=None)


def _together(groups: list[list[Hit]], within: str) -> Iterator[tuple[Hit, ...]]:
    for hits in product(*groups):
        words = max(hit.end for hit in hits) - min(hit.start for hit in hits)
        is_near = within != "clause" and words <= NEAR + len(hits)
        if within == "text" or is_near or (within == "clause" and len({hit.clause for hit in hits}) == 1):
            yield hits


def _ruled(rule: Rule, hits: tuple[Hit, ...]) -> Ruled:
    lessened = not rule.even_if and any(hit.said & LESSENS for hit in hits)
    severity = min(rule.severity, Severity.CONCERN, key=lambda one: one.rank) if lessened else rule.severity
    return Ruled(rule.flag, severity, min(hit.start for hit in hits), max(hit.end for hit in hits), rule.id)
