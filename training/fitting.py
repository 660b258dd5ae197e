"""Fits the linear weights: an output for each step of severity, for each flag, and for each flag that is severe.

Logistic regression over features that are there or not, each text's features scaled to length one. For all but one fit
each feature is first scaled by how differently it occurs on either side; a step of severity is the mean of such a fit
and a plain one. Features seen in few texts are left out, and weights that hardly matter are dropped.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from oncall.people.severity import Severity
from oncall.risk.catalogue import catalogue
from oncall.risk.model.steps import STEPS
from oncall.risk.model.weights import Weights
from training.tables import Table, scaled
from training.texts import Labelled

Learnt = tuple[NDArray[np.float64], float]

SEEN_IN = {"n": 5, "g": 4, "p": 3, "b": 3, "w": 2}
"""Texts in which a feature must be seen to be learnt, by its kind; two for all others."""
SLIGHT = {"above": 0.3, "flag": 0.8, "urgent": 0.8, "emergency": 0.6}
"""Weights smaller than this are dropped."""
FEWEST = {"flag": 3, "urgent": 25, "emergency": 25}
"""Texts with a flag, or with a flag so severe, that are needed to learn it."""
HELD = 10.0
HELD_SCALED = 20.0
"""How little the weights are held back: plain, and scaled."""


def fit(table: Table, texts: Sequence[Labelled]) -> Weights:
    """The weights learnt from the texts of the table, row by row."""
    least = np.array([SEEN_IN.get(name[0], 2) for name in table.names])
    known = np.flatnonzero(np.asarray(table.there.sum(axis=0)).ravel() >= least)
    rows = scaled(csr_matrix(table.there[:, known]), table.values()[known])
    outputs: dict[str, Learnt] = {}
    for name, wanted in _wanted(texts):
        outputs[name] = _learn_scaled(rows, wanted)
        if name.startswith("above:"):
            outputs[name] = _mean(outputs[name], _learn(rows, wanted, HELD))
    return _weights([table.names[column] for column in known], outputs)


def _wanted(texts: Sequence[Labelled]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each output and the texts that it is true of."""
    for severity in STEPS:
        yield f"above:{severity}", np.array([text.severity > severity for text in texts])
    for flag in catalogue():
        has = np.array([flag in text.flags for text in texts])
        for kind, least in (
            ("flag", Severity.ROUTINE),
            ("urgent", Severity.URGENT),
            ("emergency", Severity.EMERGENCY),
        ):
            wanted = has & np.array([text.severity >= least for text in texts])
            if wanted.sum() >= FEWEST[kind]:
                yield f"{kind}:{flag}", wanted


def _learn(rows: csr_matrix, wanted: NDArray[np.bool_], held: float) -> Learnt:
    model = LogisticRegression(
        C=held, class_weight="balanced", solver="liblinear", dual=True, tol=1e-3, max_iter=5_000, random_state=0
    )
    model.fit(rows, wanted)
    return model.coef_[0], float(model.intercept_[0])


def _learn_scaled(rows: csr_matrix, wanted: NDArray[np.bool_]) -> Learnt:
    there = csr_matrix((np.ones_like(rows.data), rows.indices, rows.indptr), shape=rows.shape)
    one = np.asarray(there[wanted].sum(axis=0)).ravel() + 1.0
    other = np.asarray(there[~wanted].sum(axis=0)).ravel() + 1.0
    differs = np.sqrt(np.abs(np.log((one / one.sum()) / (other / other.sum()))))
    weights, bias = _learn(csr_matrix(rows @ diags(differs)), wanted, HELD_SCALED)
    return weights * differs, bias


def _mean(one: Learnt, other: Learnt) -> Learnt:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _weights(names: Sequence[str], outputs: dict[str, Learnt]) -> Weights:
    order = list(outputs)
    slight = np.array([SLIGHT[name.split(":")[0]] for name in order])
    learnt = np.round(np.array([outputs[name][0] for name in order]), 1)
    kept = np.abs(learnt) >= slight[:, None]
    features = {}
    for column, name in enumerate(names):
        if (chosen := np.flatnonzero(kept[:, column])).size:
            features[name] = tuple((int(number), float(learnt[number, column])) for number in chosen)
    return Weights(tuple(order), tuple(round(outputs[name][1], 3) for name in order), features)
