"""Texts as rows and features as columns, so that many can be weighed at once, just as the service weighs one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from oncall.risk.model.features import VALUE
from oncall.risk.model.weights import Weights

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Which of the `names` each text has: a row a text, a column a feature, one where it is there."""

    names: tuple[str, ...]
    there: csr_matrix

    def values(self) -> NDArray[np.float64]:
        """What each feature counts, by its kind."""
        return np.array([VALUE[name[0]] for name in self.names])

    def rows(self, chosen: Numbers) -> "Table":
        """Some of the texts."""
        return Table(self.names, self.there[chosen])


def table_of(features: Sequence[Collection[str]], *, least: int = 2) -> Table:
    """The table of a number of texts; features of fewer than `least` of them are left out."""
    counts: dict[str, int] = {}
    for found in features:
        for name in found:
            counts[name] = counts.get(name, 0) + 1
    return laid_out(features, tuple(sorted(name for name, count in counts.items() if count >= least)))


def laid_out(features: Sequence[Collection[str]], names: tuple[str, ...]) -> Table:
    """The table of a number of texts, by names that are given."""
    columns = {name: number for number, name in enumerate(names)}
    known = [sorted(columns[name] for name in found if name in columns) for found in features]
    ends = np.cumsum([0, *(len(row) for row in known)])
    there = np.ones(ends[-1])
    flat = np.array([column for row in known for column in row], dtype=np.int32)
    return Table(names, csr_matrix((there, flat, ends), shape=(len(features), len(names))))


def scaled(there: csr_matrix, values: NDArray[np.float64]) -> csr_matrix:
    """Rows by what their features count, each scaled to length one."""
    valued = csr_matrix(there @ diags(values))
    lengths = np.sqrt(np.asarray(valued.multiply(valued).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return csr_matrix(diags(1 / lengths) @ valued)


def scores(table: Table, weights: Weights) -> NDArray[np.float64]:
    """The log-odds of each output for each text: what `Weights.scores` gives for one."""
    columns = {name: number for number, name in enumerate(table.names)}
    known = [name for name in weights.features if name in columns]
    chosen = np.array([columns[name] for name in known], dtype=np.int64)
    by = np.zeros((len(known), len(weights.outputs)))
    for row, name in enumerate(known):
        for output, weight in weights.features[name]:
            by[row, output] = weight
    valued = scaled(csr_matrix(table.there[:, chosen]), table.values()[chosen])
    found: NDArray[np.float64] = np.asarray(valued @ by) + np.array(weights.biases)
    return found
