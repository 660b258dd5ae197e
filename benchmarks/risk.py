"""How good the suggester is and how fast: leaving one author out, by language, as data grows, beside a flat word list.

Run with `python -m benchmarks.risk [--growth]`; needs the extra `train`. Quality is measured on texts whose author the
weights had not learnt from; the baseline is what a list of single dangerous words finds in the same texts.
"""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from statistics import median
from time import perf_counter

from oncall.people.severity import Severity
from oncall.risk.concepts.lexicon import lexicon
from oncall.risk.rules.ruling import rules
from oncall.risk.suggest import Knowledge, Scan, suggest
from oncall.risk.words.tokens import tokens_of
from training.judging import body, learn
from training.measuring import Measures, measure, table
from training.texts import Labelled, labelled

WORDS = frozenset(
    [
        "overdose",
        "suicide",
        "hanged",
        "hanging",
        "noose",
        "knife",
        "bleeding",
        "unconscious",
        "fire",
        "stabbed",
        "dead",
        "gorddos",
        "crogi",
        "cyllell",
        "gwaedu",
        "anymwybodol",
        "tan",
        "marw",
    ]
)
"""The baseline: a text with one of these words is an emergency."""
LONG = 1_600
JUDGED = 6
"""Authors whose texts are judged to see what more texts of others teach."""


def main() -> None:
    """Prints the measures, the growth if asked for, and the time for a long text."""
    texts = labelled()
    _print("a flat list of words", measure(texts, [_flat(text.text) for text in texts]))
    learnt = learn(body(texts))
    found = [suggest(text.text, learnt.by_author[text.author]) for text in texts]
    for name, measures in table(texts, found).items():
        _print(name, measures)
    if "--growth" in sys.argv:
        _growth(texts)
    _speed(texts)


def _flat(text: str) -> Scan:
    is_found = any(token.word in WORDS for token in tokens_of(text))
    return Scan(severity=Severity.EMERGENCY if is_found else Severity.ROUTINE, flags=())


def _growth(texts: Sequence[Labelled]) -> None:
    """The last authors' texts judged by what a few, more and most of the others have taught."""
    authors = sorted({text.author for text in texts})
    judged, others = authors[-JUDGED:], authors[:-JUDGED]
    theirs = [text for text in texts if text.author in judged]
    for count in (len(others) // 4, len(others) // 2, len(others)):
        taught = [text for text in texts if text.author in others[:count]]
        learnt = learn(body(taught))
        by = Knowledge(lexicon(), rules(), learnt.weights, learnt.steps, learnt.limits)
        _print(f"{JUDGED} hands by {len(taught)} texts", measure(theirs, [suggest(text.text, by) for text in theirs]))


def _speed(texts: Sequence[Labelled]) -> None:
    long = " ".join(text.text for text in texts[:60])[:LONG]
    suggest(long)
    for name, text in ((f"{LONG} characters", long), ("a text as they come", texts[0].text)):
        took = []
        for _ in range(50):
            began = perf_counter()
            suggest(text)
            took.append((perf_counter() - began) * 1_000)
        print(f"{name}: median {median(took):.1f} ms, slowest of 50 {max(took):.1f} ms")


def _print(name: str, measures: Measures) -> None:
    told = "  ".join(
        f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}"
        for key, value in asdict(measures).items()
    )
    print(f"{name}: {told}")


if __name__ == "__main__":
    main()
