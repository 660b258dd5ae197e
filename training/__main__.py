"""`python -m training [--write]`: learns the weights, measured leaving one author out; `--write` ships what was learnt.

Thresholds are set on the held-out scores: the emergency one as low as the share of false emergencies allows, and so on.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from oncall.people.severity import Severity
from oncall.risk.concepts.finding import read
from oncall.risk.concepts.lexicon import DATA, LANGUAGES, lexicon
from oncall.risk.model.features import features_of
from oncall.risk.model.thresholds import Thresholds
from oncall.risk.model.weights import Weights
from oncall.risk.rules.ruling import Ruled, rule_on, rules
from oncall.risk.suggest import Knowledge, Scan, suggest
from oncall.risk.words.tokens import tokens_of
from training.fitting import fit
from training.measuring import Measures, measure
from training.texts import Labelled, labelled

START = Thresholds(emergency=0.34, urgent=0.3, concern=0.6, flag=0.5, hard=frozenset())
CERTAIN = 0.85
"""The share of a rule's texts that must be emergencies for it to decide alone."""
MET = 4
"""Texts in which a rule must have been met before it may."""


def words_known(texts: Sequence[Labelled], language: str) -> list[str]:
    """The words of a language that were written more than once, for telling it from others and slips from words."""
    counts: dict[str, int] = {}
    for text in texts:
        if text.language in {language, "mixed"}:
            for token in tokens_of(text.text):
                if token.word.isalpha():
                    counts[token.word] = counts.get(token.word, 0) + 1
    return sorted(word for word, count in counts.items() if count > 1)


def certain(texts: Sequence[Labelled], ruled: Sequence[Sequence[Ruled]]) -> frozenset[str]:
    """The rules for emergencies that were hardly ever met by anything else: they decide alone."""
    met: dict[str, list[bool]] = {}
    for text, found in zip(texts, ruled, strict=True):
        for one in found:
            if one.severity is Severity.EMERGENCY:
                met.setdefault(one.rule, []).append(text.severity is Severity.EMERGENCY)
    return frozenset(rule for rule, was in met.items() if len(was) >= MET and sum(was) / len(was) >= CERTAIN)


def held_out(texts: Sequence[Labelled], features: Sequence[frozenset[str]]) -> dict[str, Weights]:
    """For each author, the weights learnt from all the others."""
    found = {}
    for author in sorted({text.author for text in texts}):
        others = [number for number, text in enumerate(texts) if text.author != author]
        found[author] = fit([texts[n] for n in others], [features[n] for n in others])
    return found


def scans(texts: Sequence[Labelled], by_author: dict[str, Weights], limits: Thresholds) -> list[Scan]:
    """What would be suggested for each text by weights that its author had no part in."""
    known = {name: Knowledge(lexicon(), rules(), weights, limits) for name, weights in by_author.items()}
    return [suggest(text.text, known[text.author]) for text in texts]


def table(texts: Sequence[Labelled], found: Sequence[Scan]) -> dict[str, Measures]:
    """The measures of all, of each language, and of each author."""
    groups = {"all": [True] * len(texts)}
    for language in ("en", "cy", "mixed", "other"):
        groups[language] = [text.language == language for text in texts]
    for author in sorted({text.author for text in texts}):
        groups[author] = [text.author == author for text in texts]
    return {
        name: measure(
            [text for text, chosen in zip(texts, mask, strict=True) if chosen],
            [scan for scan, chosen in zip(found, mask, strict=True) if chosen],
        )
        for name, mask in groups.items()
        if any(mask)
    }


def main() -> None:
    texts = labelled()
    if "--write" in sys.argv:
        write_words(texts)
    readings = [read(text.text, lexicon()) for text in texts]
    ruled = [rule_on(reading) for reading in readings]
    features = [frozenset(features_of(*both)) for both in zip(readings, ruled, strict=True)]
    by_author = held_out(texts, features)
    limits = replace(START, hard=certain(texts, ruled))
    for name, measures in table(texts, scans(texts, by_author, limits)).items():
        print(name, {key: round(value, 3) for key, value in asdict(measures).items() if value is not None})
    if "--write" in sys.argv:
        write(fit(texts, features), limits)


def write_words(texts: Sequence[Labelled]) -> None:
    """Ships the words of both languages, and has them known from here on."""
    for language in LANGUAGES:
        Path(DATA / f"words_{language}.txt").write_text(
            "\n".join(words_known(texts, language)) + "\n", encoding="utf-8"
        )
    lexicon.cache_clear()


def write(weights: Weights, limits: Thresholds) -> None:
    """Ships weights and thresholds."""
    lines = [json.dumps({"biases": dict(zip(weights.outputs, weights.biases, strict=True))})]
    for name, weighed in sorted(weights.features.items()):
        lines.append("\t".join([name, *(f"{weights.outputs[output]}={weight}" for output, weight in weighed)]))
    Path(DATA / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    written = {**asdict(limits), "hard": sorted(limits.hard)}
    Path(DATA / "thresholds.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
