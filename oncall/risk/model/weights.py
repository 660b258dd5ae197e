"""The weights as a file to be read and compared, and the score of a text by them, in plain Python.

One line a feature: its name, then its weight for each output it speaks of. A text's score for an output is the sum of
its known features' weights by their values, scaled to length one, and the bias: log-odds. One text always scores the
same. The outputs: `above:<severity>`, of a text's being above it; `flag:<flag>`; `urgent:<flag>` and
`emergency:<flag>`, of its having the flag and being at least so severe.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from math import sqrt
from pathlib import Path

from oncall.risk.model.features import VALUE, Features, Place

FILE = Path(__file__).parent.parent / "data" / "weights.tsv"
LONGEST_PHRASE = 9
"""Words of a phrase that is shown as the reason."""

Weighed = tuple[int, float]
"""An output by number, and a weight for it; equal ones are one object, which is a third of the memory and the time."""
Counted = tuple[float, tuple[Weighed, ...], tuple[Weighed, ...]]
"""What a feature counts, squared, and its weights by that: for what is about severity, and for flags."""


@dataclass(frozen=True)
class Weights:
    """`outputs` by number, their `biases`, and what each feature weighs for which."""

    outputs: tuple[str, ...]
    biases: tuple[float, ...]
    features: Mapping[str, tuple[Weighed, ...]]

    def scores(self, found: Features) -> dict[str, float]:
        """The log-odds of each output."""
        return self.log_odds(found, self.known(found))

    def known(self, found: Features) -> dict[str, Counted]:
        """What is known of these features: looked up once for a text and all its stretches."""
        return {name: counted for name in found if (counted := self._counted.get(name)) is not None}

    def log_odds(
        self, found: Iterable[str], known: Mapping[str, Counted], *, of_flags: bool = True
    ) -> dict[str, float]:
        """The log-odds of each output; without `of_flags` those of the flags alone are left at their biases."""
        sums, squares = [0.0] * len(self.outputs), 0.0
        for name in found:
            if (counted := known.get(name)) is not None:
                square, severe, flags = counted
                squares += square
                for output, weight in severe:
                    sums[output] += weight
                for output, weight in flags if of_flags else ():
                    sums[output] += weight
        by = sqrt(squares) or 1.0
        return {name: total / by + bias for name, total, bias in zip(self.outputs, sums, self.biases, strict=True)}

    @cached_property
    def _counted(self) -> Mapping[str, Counted]:
        flags = {number for number, name in enumerate(self.outputs) if name.startswith("flag:")}
        shared: dict[Weighed, Weighed] = {}
        found = {}
        for name, weighed in self.features.items():
            value = VALUE[name[0]]
            pairs = [shared.setdefault(pair, pair) for pair in ((output, weight * value) for output, weight in weighed)]
            severe = tuple([pair for pair in pairs if pair[0] not in flags])
            found[name] = value * value, severe, tuple([pair for pair in pairs if pair[0] in flags])
        return found

    def weightiest(self, found: Features, output: str, *, words: int) -> Place:
        """The run of words that speaks most for an output."""
        number = self.outputs.index(output)
        by_word = [0.0] * words
        for name, (start, end) in found.items():
            for about, weight in () if name[0] in "ls" else self.features.get(name, ()):
                if about == number:
                    for at in range(start, end):
                        by_word[at] += weight * VALUE[name[0]] / (end - start)
                    break
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
    shared: dict[str, Weighed] = {}
    features = {}
    for line in lines:
        name, *weighed = line.split("\t")
        for one in weighed:
            if one not in shared:
                output, weight = one.rsplit("=", 1)
                shared[one] = numbers[output], float(weight)
        features[name] = tuple([shared[one] for one in weighed])
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
