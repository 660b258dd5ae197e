"""`python -m training [--write]`: learns the suggester's weights, measured leaving one hand out; `--write` ships them.

What ships is learnt from all texts; thresholds and the rules that decide alone are set on the held-out scores.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from oncall.risk.concepts.lexicon import DATA, LANGUAGES, lexicon
from oncall.risk.model import steps
from oncall.risk.model.thresholds import Thresholds
from oncall.risk.model.weights import Weights
from oncall.risk.suggest import suggest
from oncall.risk.words.tokens import tokens_of
from training.judging import Learnt, body, learn
from training.measuring import table
from training.texts import Labelled, labelled


def words_known(texts: Sequence[Labelled], language: str) -> list[str]:
    """The words of a language that were written more than once, for telling it from others and slips from words."""
    counts: dict[str, int] = {}
    for text in texts:
        if text.language in {language, "mixed"}:
            for token in tokens_of(text.text):
                if token.word.isalpha():
                    counts[token.word] = counts.get(token.word, 0) + 1
    return sorted(word for word, count in counts.items() if count > 1)


def main() -> None:
    texts = labelled()
    if "--write" in sys.argv:
        write_words(texts)
    learnt = learn(body(texts))
    found = [suggest(text.text, learnt.by_author[text.author]) for text in texts]
    for name, measures in table(texts, found).items():
        print(name, {key: round(value, 3) for key, value in asdict(measures).items() if value is not None})
    if "--write" in sys.argv:
        write(learnt)


def write_words(texts: Sequence[Labelled]) -> None:
    """Ships the words of both languages, and has them known from here on."""
    for language in LANGUAGES:
        Path(DATA / f"words_{language}.txt").write_text(
            "\n".join(words_known(texts, language)) + "\n", encoding="utf-8"
        )
    lexicon.cache_clear()


def write(learnt: Learnt) -> None:
    """Ships weights, steps and thresholds."""
    Path(DATA / "weights.tsv").write_text(_weights(learnt.weights), encoding="utf-8")
    Path(DATA / "steps.tsv").write_text(steps.written(learnt.steps), encoding="utf-8")
    Path(DATA / "thresholds.json").write_text(_limits(learnt.limits), encoding="utf-8")


def _weights(weights: Weights) -> str:
    lines = [json.dumps({"biases": dict(zip(weights.outputs, weights.biases, strict=True))})]
    for name, weighed in sorted(weights.features.items()):
        lines.append("\t".join([name, *(f"{weights.outputs[output]}={weight}" for output, weight in weighed)]))
    return "\n".join(lines) + "\n"


def _limits(limits: Thresholds) -> str:
    return json.dumps({**asdict(limits), "hard": sorted(limits.hard)}, indent=2) + "\n"


if __name__ == "__main__":
    main()
