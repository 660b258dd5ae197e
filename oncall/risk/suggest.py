"""What a text may mean: flags, each with the words that raised it, and a severity. Pure, local, the same every time.

Rules find what is an emergency whatever the weights say; the weights may only raise; routine must be recognised as
such. What nothing recognises is a concern, what cannot be read is urgent. A person decides what is true.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from oncall.people.severity import Severity
from oncall.risk.catalogue import catalogue
from oncall.risk.concepts.finding import Reading, read
from oncall.risk.concepts.lexicon import Lexicon, lexicon
from oncall.risk.language import cannot_be_read
from oncall.risk.model.features import Features, Place, features_of, seen_in, stretches_of
from oncall.risk.model.steps import Steps, steps, told_by
from oncall.risk.model.thresholds import Thresholds, thresholds
from oncall.risk.model.weights import Weights, weights
from oncall.risk.rules.ruling import Rule, Ruled, rule_on, rules

UNCLEAR = "unclear"
MOST_FLAGS = 5
NEVER = -99.0
"""The log-odds of a flag that was never learnt."""


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A flag and the part of the text that raised it, as it was written."""

    flag: str
    phrase: str


@dataclass(frozen=True, kw_only=True)
class Scan:
    """How fast a person should answer, and what may be the matter, weightiest first."""

    severity: Severity
    flags: tuple[Suggested, ...]


@dataclass(frozen=True)
class Knowledge:
    """What the suggester goes by."""

    lexicon: Lexicon
    rules: tuple[Rule, ...]
    weights: Weights
    steps: Steps
    thresholds: Thresholds


def suggest(text: str, knowledge: Knowledge | None = None) -> Scan:
    """Flags and a severity for a text of any length; what is beyond the first 20,000 characters is not read."""
    by = knowledge or shipped()
    reading = read(text, by.lexicon)
    if not any(token.word.isalpha() for token in reading.tokens):
        return _unclear(reading, rule_on(reading, by.rules), least=Severity.CONCERN)
    ruled = rule_on(reading, by.rules)
    if cannot_be_read(reading, by.lexicon):
        return _unclear(reading, ruled, least=Severity.URGENT)
    seen = seen_in(reading)
    found = features_of(seen, ruled)
    known = by.weights.known(found)
    scores = by.weights.log_odds(found, known)
    told = told_by(
        scores,
        [by.weights.log_odds(one, known, of_flags=False) for one in stretches_of(seen, ruled, known)],
        highest=max((one.severity.rank for one in ruled), default=0),
        words=len(reading.tokens),
    )
    severity = _severity(ruled, by.steps.above(told), by.thresholds)
    return Scan(severity=severity, flags=_flags(reading, ruled, found, scores, severity=severity, by=by))


def shipped() -> Knowledge:
    """What the service ships; read once."""
    return Knowledge(lexicon(), rules(), weights(), steps(), thresholds())


def _unclear(reading: Reading, ruled: list[Ruled], *, least: Severity) -> Scan:
    severity = max([least, *(one.severity for one in ruled)], key=lambda one: one.rank)
    flags = {one.flag: reading.phrase(one.start, one.end) for one in ruled}
    flags.setdefault(UNCLEAR, reading.text.strip())
    return Scan(severity=severity, flags=tuple(Suggested(flag=flag, phrase=said) for flag, said in flags.items()))


def _severity(ruled: list[Ruled], above: Mapping[Severity, float], limits: Thresholds) -> Severity:
    """The severity of the rules that decide, raised by the weights; routine only where it is recognised."""
    hard = [one.severity for one in ruled if one.rule in limits.hard]
    likely = [reached for reached, below, limit in limits.steps() if above[below] >= limit]
    return max([Severity.ROUTINE, *hard, *likely], key=lambda one: one.rank)


def _flags(
    reading: Reading,
    ruled: list[Ruled],
    found: Features,
    scores: Mapping[str, float],
    *,
    severity: Severity,
    by: Knowledge,
) -> tuple[Suggested, ...]:
    """The flags that weigh enough and those of the rules that decide, weightiest first; never none."""
    reasons = {one.flag: (one.start, one.end) for one in ruled}
    decided = {one.flag for one in ruled if one.rule in by.thresholds.hard}
    likely = {flag: scores.get(f"flag:{flag}", NEVER) for flag in catalogue()}
    able = [flag for flag in likely if severity is not Severity.ROUTINE or _is_routine(flag)]
    kept = {flag for flag in able if flag in decided or likely[flag] >= by.thresholds.of(flag)}
    kept = kept or {max(able, key=lambda flag: (likely[flag], flag))}
    ranked = sorted(kept, key=lambda flag: (flag not in decided, -likely[flag], flag))[:MOST_FLAGS]
    return tuple(Suggested(flag=flag, phrase=_phrase(reading, found, flag, reasons.get(flag), by)) for flag in ranked)


def _is_routine(flag: str) -> bool:
    return catalogue()[flag].severity is Severity.ROUTINE


def _phrase(reading: Reading, found: Features, flag: str, reason: Place | None, by: Knowledge) -> str:
    output = f"flag:{flag}"
    if reason is None and output in by.weights.outputs:
        reason = by.weights.weightiest(found, output, words=len(reading.tokens))
    return reading.phrase(*(reason or (0, len(reading.tokens))))
