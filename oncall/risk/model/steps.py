"""How likely a text is above each severity: the second of two linear steps, over what the weights told of it.

What it goes by: the log-odds of being above each severity, of having any flag so severe, and of every flag; the most
that any stretch of a long text tells; the highest rule that was met; the length. Learnt from texts whose author the
weights had not learnt from, so that it knows how far they are to be trusted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, expm1, log, log1p
from pathlib import Path

from oncall.people.severity import Severity
from oncall.risk.catalogue import catalogue

FILE = Path(__file__).parent.parent / "data" / "steps.tsv"
SURE = 6.0
"""Log-odds beyond which a flag tells no more."""
LENGTHS = (3, 7, 19, 59)
STEPS = (Severity.ROUTINE, Severity.CONCERN, Severity.URGENT)
ANY = {Severity.ROUTINE: "flag", Severity.CONCERN: "urgent", Severity.URGENT: "emergency"}
"""The kind of output of which any one puts a text above the severity."""
_LEAST = 1e-9

Scores = Mapping[str, float]


@dataclass(frozen=True)
class Steps:
    """For each of STEPS a bias, and a weight of everything told."""

    biases: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def above(self, told: Scores) -> dict[Severity, float]:
        """How likely a text is above each severity, 0 to 1."""
        sums = list(self.biases)
        for name, value in told.items():
            for step, weight in enumerate(self.weights.get(name, ())):
                sums[step] += weight * value
        return {severity: _likely(total) for severity, total in zip(STEPS, sums, strict=True)}


def told_by(whole: Scores, stretches: Sequence[Scores], *, highest: int, words: int) -> dict[str, float]:
    """What the scores of a text and of its stretches tell; `highest`: the rank of the highest rule that was met."""
    told = _severities(whole)
    all_of_it = [told, *(_severities(stretch) for stretch in stretches)]
    most = {f"most:{name}": max(one[name] for one in all_of_it) for name in told}
    flags = {f"flag:{flag}": max(-SURE, min(SURE, whole.get(f"flag:{flag}", -SURE))) for flag in catalogue()}
    length = "words:" + next((str(most) for most in LENGTHS if words <= most), "more")
    any_flag = {f"any:{Severity.ROUTINE}": _any(whole, Severity.ROUTINE)}
    return told | most | flags | any_flag | {f"rule:{highest}": 1.0, length: 1.0}


def _severities(scores: Scores) -> dict[str, float]:
    above = {f"above:{severity}": scores[f"above:{severity}"] for severity in STEPS}
    return above | {f"any:{severity}": _any(scores, severity) for severity in (Severity.CONCERN, Severity.URGENT)}


def _any(scores: Scores, severity: Severity) -> float:
    """The log-odds that at least one of the flags is so severe, as if each came by itself."""
    none = sum(-log1p(exp(min(scores[name], 30.0))) for name in _outputs(severity) if name in scores)
    return log(max(_LEAST, -expm1(none))) - max(none, log(_LEAST))


@cache
def _outputs(severity: Severity) -> tuple[str, ...]:
    """The outputs of which any one puts a text above the severity."""
    return tuple(f"{ANY[severity]}:{code}" for code, flag in catalogue().items() if flag.severity > Severity.ROUTINE)


@cache
def steps() -> Steps:
    """The steps as they are shipped."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Steps:
    """The steps of a file: a line for everything told, its weight for each step; `bias` first."""
    lines = [line.split("\t") for line in text.splitlines()]
    found = {name: tuple(float(weight) for weight in weights) for name, *weights in lines}
    return Steps(found.pop("bias"), found)


def written(learnt: Steps) -> str:
    """The steps as a file."""
    rows = {"bias": learnt.biases, **learnt.weights}
    return "".join("\t".join([name, *(f"{weight:.4f}" for weight in row)]) + "\n" for name, row in rows.items())


def _likely(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))
