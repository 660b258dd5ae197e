"""Fits the linear weights: one output for each flag, one for each step of severity.

Logistic regression over features that are there or not, each text's features scaled to length one. A step of severity
is the mean of two fits: one plain, one in which each feature is first scaled by how differently it occurs on either
side. Features seen in one text alone are left out, and weights that hardly matter are dropped: the file can be read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from oncall.people.severity import Severity
from oncall.risk.catalogue import catalogue
from oncall.risk.model.features import VALUE
from oncall.risk.model.weights import Weights
from training.texts import Labelled

Learnt = tuple[NDArray[np.float64], float]

SEEN_IN = {"n": 4}
"""Texts in which a feature must be seen to be learnt, by its kind; two for all others."""
ABOVE = tuple(severity for severity in Severity if severity is not Severity.EMERGENCY)
SLIGHT = {"above": 0.1, "flag": 0.3}
"""Weights smaller than this are dropped."""
FEWEST = 3
"""Texts with a flag that are needed to learn it."""
HELD = 10.0
HELD_SCALED = 20.0
"""How little the weights are held back: plain, and scaled."""


def fit(texts: Sequence[Labelled], features: Sequence[frozenset[str]]) -> Weights:
    """The weights learnt from the texts."""
    names = _names(features)
    matrix = _matrix(features, names)
    outputs: dict[str, Learnt] = {}
    for severity in ABOVE:
        above = np.array([text.severity > severity for text in texts])
        outputs[f"above:{severity}"] = _mean([_learn(matrix, above, HELD), _learn_scaled(matrix, above)])
    for flag in catalogue():
        has = np.array([flag in text.flags for text in texts])
        if has.sum() >= FEWEST:
            outputs[f"flag:{flag}"] = _learn(matrix, has, HELD)
    return _weights(list(names), outputs)


def _names(features: Sequence[frozenset[str]]) -> dict[str, int]:
    counts = Counter(name for found in features for name in found)
    kept = sorted(name for name, count in counts.items() if count >= SEEN_IN.get(name[0], 2))
    return {name: number for number, name in enumerate(kept)}


def _matrix(features: Sequence[frozenset[str]], names: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, found in enumerate(features):
        known = sorted(name for name in found if name in names)
        length = np.sqrt(sum(VALUE[name[0]] ** 2 for name in known)) or 1.0
        rows += [row] * len(known)
        columns += [names[name] for name in known]
        values += [VALUE[name[0]] / length for name in known]
    return csr_matrix((values, (rows, columns)), shape=(len(features), len(names)))


def _learn(matrix: csr_matrix, wanted: NDArray[np.bool_], held: float) -> Learnt:
    model = LogisticRegression(C=held, class_weight="balanced", solver="liblinear", random_state=0)
    model.fit(matrix, wanted)
    return model.coef_[0], float(model.intercept_[0])


def _learn_scaled(matrix: csr_matrix, wanted: NDArray[np.bool_]) -> Learnt:
    there = (matrix > 0).astype(float)
    one = np.asarray(there[wanted].sum(axis=0)).ravel() + 1.0
    other = np.asarray(there[~wanted].sum(axis=0)).ravel() + 1.0
    differs = np.sqrt(np.abs(np.log((one / one.sum()) / (other / other.sum()))))
    weights, bias = _learn(csr_matrix(matrix @ diags(differs)), wanted, HELD_SCALED)
    return weights * differs, bias


def _mean(learnt: Sequence[Learnt]) -> Learnt:
    return np.mean([weights for weights, _ in learnt], axis=0), float(np.mean([bias for _, bias in learnt]))


def _weights(names: Sequence[str], outputs: dict[str, Learnt]) -> Weights:
    order = list(outputs)
    slight = [SLIGHT[name.split(":")[0]] for name in order]
    features = {name: _kept([outputs[one][0][column] for one in order], slight) for column, name in enumerate(names)}
    features = {name: weighed for name, weighed in features.items() if weighed}
    return Weights(tuple(order), tuple(round(outputs[output][1], 3) for output in order), features)


def _kept(learnt: Iterable[float], slight: Sequence[float]) -> tuple[tuple[int, float], ...]:
    weighed = [(number, round(float(weight), 2)) for number, weight in enumerate(learnt)]
    return tuple((number, weight) for number, weight in weighed if abs(weight) >= slight[number])
