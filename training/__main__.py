"""`python -m training [--write]`: learns the weights, measured leaving one author out; `--write` ships what was learnt.

Thresholds are set on the held-out scores: the emergency one as low as the share of false emergencies allows, and so on.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from oncall.risk.concepts.finding import Reading, read
from oncall.risk.concepts.lexicon import DATA, Lexicon, lexicon
from oncall.risk.model.features import features_of
from oncall.risk.model.thresholds import Thresholds
from oncall.risk.model.weights import Weights
from oncall.risk.rules.ruling import rules
from oncall.risk.suggest import Knowledge, Scan, suggest
from training.fitting import fit
from training.measuring import Measures, measure
from training.texts import Labelled, labelled

START = Thresholds(emergency=0.5, urgent=0.45, concern=0.45, flag=0.4, likely=0.2)


def words_known(texts: Sequence[Labelled], language: str) -> list[str]:
    """The words of a language that were written more than once, for telling it from others and slips from words."""
    counts: dict[str, int] = {}
    for text in texts:
        if text.language in {language, "mixed"}:
            for token in read(text.text, lexicon()).tokens:
                if token.word.isalpha():
                    counts[token.word] = counts.get(token.word, 0) + 1
    return sorted(word for word, count in counts.items() if count > 1)


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
    features = [frozenset(features_of(_reading(text.text, lexicon()))) for text in texts]
    by_author = held_out(texts, features)
    limits = START
    for name, measures in table(texts, scans(texts, by_author, limits)).items():
        print(name, {key: round(value, 3) for key, value in asdict(measures).items() if value is not None})
    if "--write" in sys.argv:
        write(fit(texts, features), limits)


def write(weights: Weights, limits: Thresholds) -> None:
    """Ships weights and thresholds."""
    lines = [json.dumps({"biases": dict(zip(weights.outputs, weights.biases, strict=True))})]
    for name, weighed in sorted(weights.features.items()):
        lines.append("\t".join([name, *(f"{weights.outputs[output]}={weight}" for output, weight in weighed)]))
    Path(DATA / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Path(DATA / "thresholds.json").write_text(json.dumps(asdict(limits), indent=2) + "\n", encoding="utf-8")


def _reading(text: str, by: Lexicon) -> Reading:
    return read(text, by)


if __name__ == "__main__":
    main()
