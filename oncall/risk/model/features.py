"""What of a text is weighed, each with the words it comes from; training and scoring use this one function.

Concepts and what is said of them (`c:blade`, `c:blade/denied`), pairs of concepts that stand near each other
(`p:blade+in_hand`), the rules that were met (`r:blade_in_hand`) and how high they reach, words, pairs of words, and
parts of words of three to five letters (`n:eed`). What says more counts for more: see VALUE.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from oncall.risk.concepts.finding import Hit, Reading
from oncall.risk.rules.ruling import Ruled

NEAR = 14
"""Words between two concepts that still make a pair."""
PARTS = (3, 4)
VALUE = {"c": 3.0, "p": 1.5, "r": 3.0, "s": 3.0, "w": 1.5, "b": 1.0, "n": 0.7, "l": 1.0}
"""What a feature counts, by its kind, before a text's features are scaled to length one."""

Place = tuple[int, int]
"""Words by number: the first, and the one after the last."""


def features_of(reading: Reading, ruled: Sequence[Ruled]) -> dict[str, Place]:
    """Each feature of a text and where it is seen first."""
    found: dict[str, Place] = {}
    for name, place in _all(reading, ruled):
        found.setdefault(name, place)
    return found


def _all(reading: Reading, ruled: Sequence[Ruled]) -> Iterator[tuple[str, Place]]:
    yield from _rules(reading, ruled)
    yield from _concepts(reading)
    yield from _words(reading)
    yield from _parts(reading)
    yield _length(reading), (0, len(reading.tokens))


def _rules(reading: Reading, ruled: Sequence[Ruled]) -> Iterator[tuple[str, Place]]:
    for one in ruled:
        yield f"r:{one.rule}", (one.start, one.end)
    highest = max((one.severity.rank for one in ruled), default=0)
    yield f"s:{highest}", (0, len(reading.tokens))


def _length(reading: Reading) -> str:
    words = len(reading.tokens)
    return "l:" + next((str(most) for most in (2, 5, 10, 20, 40, 80) if words <= most), "more")


def _concepts(reading: Reading) -> Iterator[tuple[str, Place]]:
    for hit in reading.hits:
        yield f"c:{_name(hit)}", (hit.start, hit.end)
        for said in sorted(hit.said):
            yield f"c:{hit.concept}/{said}", (hit.start, hit.end)
    for one, other in combinations(sorted(reading.hits, key=lambda hit: (hit.concept, hit.start)), 2):
        if one.concept != other.concept and abs(one.start - other.start) <= NEAR:
            place = (min(one.start, other.start), max(one.end, other.end))
            yield f"p:{_name(one)}+{_name(other)}", place


def _name(hit: Hit) -> str:
    return f"{hit.concept}/denied" if hit.denied else hit.concept


def _words(reading: Reading) -> Iterator[tuple[str, Place]]:
    words = [token.word for token in reading.tokens]
    for at, word in enumerate(words):
        yield f"w:{word}", (at, at + 1)
    for at, (one, other) in enumerate(pairwise(words)):
        yield f"b:{one} {other}", (at, at + 2)


def _parts(reading: Reading) -> Iterator[tuple[str, Place]]:
    for at, token in enumerate(reading.tokens):
        padded = f" {token.word} "
        for length in PARTS:
            for start in range(len(padded) - length + 1):
                yield f"n:{padded[start : start + length]}", (at, at + 1)
