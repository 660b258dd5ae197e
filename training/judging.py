"""Judges texts by knowledge that their author had no part in, and learns that knowledge.

The weights for an author's texts are learnt from all others'. What these weights tell of every text is what the second
step is learnt from, for each author again from the others' texts alone.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from oncall.people.severity import Severity
from oncall.risk.concepts.finding import Reading, read
from oncall.risk.concepts.lexicon import lexicon
from oncall.risk.model.features import features_of, seen_in, stretches_of
from oncall.risk.model.steps import Steps, told_by
from oncall.risk.model.thresholds import Thresholds
from oncall.risk.model.weights import Weights
from oncall.risk.rules.ruling import Ruled, rule_on, rules
from oncall.risk.suggest import Knowledge
from training import stepping
from training.fitting import fit
from training.measuring import best_flag_limit
from training.tables import Numbers, Table, laid_out, scores, table_of
from training.texts import Labelled

CERTAIN = 0.85
"""The share of a rule's texts that must be emergencies for it to decide alone."""
MET = 8
"""Texts in which a rule must have been met before it may."""
CAUTIOUS = {"allegation_staff": -1.0}
"""Flags that are suggested sooner than others: what must not reach the wrong person."""

Told = dict[str, float]


@dataclass(frozen=True)
class Body:
    """Texts and what is seen in them: `whole` has a row a text, `stretches` a row a stretch, of text `owners[row]`."""

    texts: list[Labelled]
    readings: list[Reading]
    ruled: list[list[Ruled]]
    whole: Table
    stretches: Table
    owners: Numbers

    def authors(self) -> list[str]:
        """The authors by name."""
        return sorted({text.author for text in self.texts})

    def by(self, author: str) -> Numbers:
        """The numbers of an author's texts."""
        return np.array([number for number, text in enumerate(self.texts) if text.author == author])


@dataclass(frozen=True)
class Learnt:
    """What ships (`weights`, `steps`, `limits`), and what judges each author's texts."""

    weights: Weights
    steps: Steps
    limits: Thresholds
    by_author: dict[str, Knowledge]


def body(texts: list[Labelled]) -> Body:
    """The texts, read."""
    readings = [read(text.text, lexicon()) for text in texts]
    ruled = [rule_on(reading) for reading in readings]
    both = [(seen_in(reading), found) for reading, found in zip(readings, ruled, strict=True)]
    whole = table_of([features_of(*one) for one in both])
    stretches = [stretches_of(*one) for one in both]
    owners = np.array([number for number, found in enumerate(stretches) for _ in found], dtype=np.int64)
    flat = [stretch for found in stretches for stretch in found]
    return Body(texts, readings, ruled, whole, laid_out(flat, whole.names), owners)


def learn(read_in: Body) -> Learnt:
    """All that is learnt from a body of texts; some minutes for some thousands."""
    held_out = _held_out(read_in)
    told = told_of(read_in, held_out)
    authors = np.array([text.author for text in read_in.texts])
    steps = {author: _steps(read_in, told, np.flatnonzero(authors != author)) for author in held_out}
    above = [steps[text.author].above(one) for text, one in zip(read_in.texts, told, strict=True)]
    limits = Thresholds(
        **stepping.limits(above, read_in.texts),
        flag=best_flag_limit(read_in.texts, told),
        flags=CAUTIOUS,
        hard=_certain(read_in),
    )
    known = {
        author: Knowledge(lexicon(), rules(), held_out[author], steps[author], limits) for author in read_in.authors()
    }
    shipped = fit(read_in.whole, read_in.texts)
    return Learnt(shipped, _steps(read_in, told, np.arange(len(authors))), limits, known)


def told_of(read_in: Body, held_out: dict[str, Weights]) -> list[Told]:
    """What the weights that had no part of its author tell of each text."""
    told: list[Told] = [{} for _ in read_in.texts]
    for author, weights in held_out.items():
        chosen = read_in.by(author)
        parts = np.flatnonzero(np.isin(read_in.owners, chosen))
        whole = scores(read_in.whole.rows(chosen), weights)
        stretches = scores(read_in.stretches.rows(parts), weights)
        for row, number in enumerate(chosen):
            own = stretches[read_in.owners[parts] == number]
            told[number] = told_by(
                _named(weights, whole[row]),
                [_named(weights, one) for one in own],
                highest=max((one.severity.rank for one in read_in.ruled[number]), default=0),
                words=len(read_in.readings[number].tokens),
            )
    return told


def _named(weights: Weights, row: NDArray[np.float64]) -> Told:
    return dict(zip(weights.outputs, map(float, row), strict=True))


def _held_out(read_in: Body) -> dict[str, Weights]:
    """For each author the weights learnt from all the others, as many at once as there are cores."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        found = pool.map(partial(_without, read_in.whole, read_in.texts), read_in.authors())
        return dict(zip(read_in.authors(), found, strict=True))


def _without(table: Table, texts: list[Labelled], author: str) -> Weights:
    others = np.array([number for number, text in enumerate(texts) if text.author != author])
    return fit(table.rows(others), [texts[number] for number in others])


def _steps(read_in: Body, told: Sequence[Told], chosen: Numbers) -> Steps:
    return stepping.learn([told[n] for n in chosen], [read_in.texts[n] for n in chosen])


def _certain(read_in: Body) -> frozenset[str]:
    """The rules for emergencies that were hardly ever met by anything else: they decide alone."""
    met: dict[str, list[bool]] = {}
    for text, found in zip(read_in.texts, read_in.ruled, strict=True):
        for one in found:
            if one.severity is Severity.EMERGENCY:
                met.setdefault(one.rule, []).append(text.severity is Severity.EMERGENCY)
    return frozenset(rule for rule, was in met.items() if len(was) >= MET and sum(was) / len(was) >= CERTAIN)
