"""Learns the second step, severity from what the weights told, and sets the thresholds, both on held-out scores."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from oncall.people.severity import Severity
from oncall.risk.model.steps import STEPS, Scores, Steps
from training.texts import Labelled

FALSE_EMERGENCIES = 0.05
"""The share of calm and worried texts that may be called emergencies."""
URGENT_FOUND = 0.98
"""The share of what is urgent or above that must be found."""
ROUTINE_RINGING = 0.07
"""The share of routine texts that may look like a concern; more ring a phone, because some look urgent."""
HELD = 0.3
SLIGHT = 0.005


def learn(told: Sequence[Scores], texts: Sequence[Labelled]) -> Steps:
    """The steps learnt from what was told of texts by weights that had not learnt from their authors."""
    names = sorted({name for one in told for name in one})
    rows = np.array([[one.get(name, 0.0) for name in names] for one in told])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    weights, biases = [], []
    for severity in STEPS:
        model = LogisticRegression(C=HELD, class_weight="balanced", max_iter=5_000)
        model.fit((rows - mean) / spread, [text.severity > severity for text in texts])
        weights.append(model.coef_[0] / spread)
        biases.append(float(model.intercept_[0] - (model.coef_[0] / spread) @ mean))
    table = np.array(weights).T
    return Steps(
        tuple(biases), {name: tuple(float(one) for one in row) for name, row in zip(names, table, strict=True)}
    )


def limits(above: Sequence[Mapping[Severity, float]], texts: Sequence[Labelled]) -> dict[str, float]:
    """The thresholds of `emergency`, `urgent` and `concern` by the shares that are asked for."""
    likely = {severity: np.array([one[severity] for one in above]) for severity in STEPS}
    severity = np.array([text.severity.rank for text in texts])
    calm, urgent = severity <= Severity.CONCERN.rank, severity >= Severity.URGENT.rank
    routine = severity == Severity.ROUTINE.rank
    emergency = _share(likely[Severity.URGENT][calm], FALSE_EMERGENCIES)
    urgently = _share(likely[Severity.CONCERN][urgent], URGENT_FOUND)
    concern = _share(likely[Severity.ROUTINE][routine], ROUTINE_RINGING)
    return {"emergency": emergency, "urgent": urgently, "concern": concern}


def _share(likely: NDArray[np.float64], share: float) -> float:
    """The threshold that the given share of texts reach."""
    return round(float(np.quantile(likely, 1 - share)), 4)
