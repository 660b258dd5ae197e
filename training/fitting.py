"""Fits the linear weights: one output for each flag, one for each step of severity.

Logistic regression over features that are there or not, each text's features scaled to length one. Features seen in
one text alone are left out, and weights that hardly matter are dropped, so that the file can be read.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from oncall.people.severity import Severity
from oncall.risk.catalogue import catalogue
from oncall.risk.model.weights import Weights
from training.texts import Labelled

SEEN_IN = 2
ABOVE = tuple(severity for severity in Severity if severity is not Severity.EMERGENCY)
SLIGHT = 0.08
"""Weights smaller than this are dropped."""
FEWEST = 3
"""Texts with a flag that are needed to learn it."""


@dataclass(frozen=True)
class Fit:
    """How strongly the weights are held back: the larger, the less."""

    severity: float = 8.0
    flags: float = 8.0


def fit(texts: Sequence[Labelled], features: Sequence[frozenset[str]], how: Fit = Fit()) -> Weights:
    """The weights learnt from the texts."""
    names = _names(features)
    matrix = _matrix(features, names)
    outputs: dict[str, tuple[NDArray[np.float64], float]] = {}
    for severity in ABOVE:
        above = np.array([text.severity > severity for text in texts])
        outputs[f"above:{severity}"] = _learn(matrix, above, how.severity)
    for flag in catalogue():
        has = np.array([flag in text.flags for text in texts])
        if has.sum() >= FEWEST:
            outputs[f"flag:{flag}"] = _learn(matrix, has, how.flags)
    return _weights(list(names), outputs)


def _names(features: Sequence[frozenset[str]]) -> dict[str, int]:
    counts = Counter(name for found in features for name in found)
    kept = sorted(name for name, count in counts.items() if count >= SEEN_IN)
    return {name: number for number, name in enumerate(kept)}


def _matrix(features: Sequence[frozenset[str]], names: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, found in enumerate(features):
        known = [names[name] for name in found if name in names]
        rows += [row] * len(known)
        columns += known
        values += [1 / np.sqrt(len(known) or 1)] * len(known)
    return csr_matrix((values, (rows, columns)), shape=(len(features), len(names)))


def _learn(matrix: csr_matrix, wanted: NDArray[np.bool_], held: float) -> tuple[NDArray[np.float64], float]:
    model = LogisticRegression(C=held, class_weight="balanced", solver="liblinear", random_state=0)
    model.fit(matrix, wanted)
    return model.coef_[0], float(model.intercept_[0])


def _weights(names: list[str], outputs: dict[str, tuple[NDArray[np.float64], float]]) -> Weights:
    order = list(outputs)
    features: dict[str, tuple[tuple[int, float], ...]] = {}
    for column, name in enumerate(names):
        weighed = ((number, round(float(outputs[output][0][column]), 2)) for number, output in enumerate(order))
        kept = tuple((number, weight) for number, weight in weighed if abs(weight) >= SLIGHT)
        features[name] = kept
    return Weights(tuple(order), tuple(round(outputs[output][1], 3) for output in order), features)
