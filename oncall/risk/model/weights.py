"""The weights as a file to be read and compared, and the score of a text by them, in plain Python.

One line a feature: its name, then its weight for each output it speaks of. A text's score for an output is the sum of
its known features' weights by their values, scaled to length one, and the bias. One text always scores the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from oncall.risk.model.features import VALUE, Place

FILE = Path(__file__).parent.parent / "data" / "weights.tsv"
LONGEST_PHRASE = 9
"""Words of a phrase that is shown as the reason."""


@dataclass(frozen=True)
class Weights:
    """`outputs` by number, their `biases`, and what each feature weighs for which."""

    outputs: tuple[str, ...]
    biases: tuple[float, ...]
    features: Mapping[str, tuple[tuple[int, float], ...]]

    def scores(self, found: Mapping[str, Place]) -> dict[str, float]:
        """How likely each output is, 0 to 1."""
        sums, squares = [0.0] * len(self.outputs), 0.0
        for name in found:
            if (weighed := self.features.get(name)) is not None:
                value = VALUE[name[0]]
                squares += value * value
                for output, weight in weighed:
                    sums[output] += weight * value
        by = sqrt(squares) or 1.0
        return {
            name: _logistic(total / by + bias)
            for name, total, bias in zip(self.outputs, sums, self.biases, strict=True)
        }

    def weightiest(self, found: Mapping[str, Place], output: str, *, words: int) -> Place:
        """The run of words that speaks most for an output."""
        number = self.outputs.index(output)
        by_word = [0.0] * words
        for name, (start, end) in found.items():
            weight = 0.0 if name[0] in "ls" else dict(self.features.get(name, ())).get(number, 0.0) * VALUE[name[0]]
            for at in range(start, end) if weight else ():
                by_word[at] += weight / (end - start)
        return _heaviest(by_word)


@cache
def weights() -> Weights:
    """The weights as they are shipped."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Weights:
    """The weights of a file."""
    head, *lines = text.splitlines()
    outputs: dict[str, float] = json.loads(head)["biases"]
    numbers = {name: number for number, name in enumerate(outputs)}
    features = {}
    for line in lines:
        name, *weighed = line.split("\t")
        pairs = (one.rsplit("=", 1) for one in weighed)
        features[name] = tuple((numbers[output], float(weight)) for output, weight in pairs)
    return Weights(tuple(outputs), tuple(outputs.values()), features)


def _heaviest(by_word: list[float]) -> Place:
    best, place = float("-inf"), (0, min(1, len(by_word)))
    for start in range(len(by_word)):
        total = 0.0
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(by_word)) + 1):
            total += by_word[end - 1]
            if total > best:
                best, place = total, (start, end)
    return place


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))
