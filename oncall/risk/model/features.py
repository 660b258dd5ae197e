"""What of a text is weighed, each with the words it comes from; training and scoring use this one function.

Concepts and what is said of them (`c:blade`, `c:blade/denied`), pairs of concepts that stand near each other
(`p:blade+in_hand`), the rules that were met (`r:blade_in_hand`) and how high they reach, the everyday senses of words
(`e:door`) and pairs of them (`g:door>hit`), words, pairs of words, and parts of words of three and four letters
(`n:eed`). What says more counts for more: see VALUE. A long text is weighed whole and in stretches, so that one clause
is not lost among many.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import combinations, pairwise

from oncall.risk.concepts.everyday import senses_of
from oncall.risk.concepts.finding import Hit, Reading
from oncall.risk.rules.ruling import Ruled

NEAR = 14
"""Words between two concepts that still make a pair."""
CLOSE = 3
"""Words from one everyday word to the next that make a pair."""
PARTS = (3, 4)
VALUE = {"c": 3.0, "p": 1.5, "r": 3.0, "s": 3.0, "w": 1.5, "b": 1.0, "n": 0.7, "l": 1.0, "e": 1.5, "g": 0.7}
"""What a feature counts, by its kind, before a text's features are scaled to length one."""
STRETCH = 30
"""Words of a stretch."""
EVERY = 30
"""Words from the beginning of a stretch to that of the next."""
LONG = 40
"""Words that make a text long."""

Place = tuple[int, int]
"""Words by number: the first, and the one after the last."""
Features = dict[str, Place]
"""Each feature and where it is seen first."""
Seen = list[list[tuple[str, int]]]
"""For each word the features that begin with it, each with the number of the word after its last."""


def seen_in(reading: Reading) -> Seen:
    """Everything that can be weighed, where it begins."""
    seen: Seen = [[] for _ in reading.tokens]
    for kind in (_concepts, _words, _senses, _parts):
        for name, start, end in kind(reading):
            seen[start].append((name, end))
    return seen


def features_of(seen: Seen, ruled: Sequence[Ruled]) -> Features:
    """The features of a text, of which everything was `seen_in` it."""
    return _gathered(seen, ruled, (0, len(seen)))


def stretches_of(seen: Seen, ruled: Sequence[Ruled], known: Container[str] | None = None) -> list[Features]:
    """The features of each stretch of a long text, of those that are `known` if that is said; of a short text none."""
    words = len(seen)
    if words <= LONG:
        return []
    if known is not None:
        seen = [[one for one in of_word if one[0] in known] for of_word in seen]
    starts = range(0, words - STRETCH + EVERY, EVERY)
    return [_gathered(seen, ruled, (start, min(start + STRETCH, words))) for start in starts]


def _gathered(seen: Seen, ruled: Sequence[Ruled], within: Place) -> Features:
    """What was seen within a stretch, with the rules that were met in it and its length."""
    first, last = within
    found: Features = {}
    for start in range(first, last):
        for name, end in seen[start]:
            if name not in found and end <= last:
                found[name] = (start, end)
    highest = 0
    for one in ruled:
        if one.start >= first and one.end <= last:
            found.setdefault(f"r:{one.rule}", (one.start, one.end))
            highest = max(highest, one.severity.rank)
    found[f"s:{highest}"] = found[_length(last - first)] = within
    return found


def _length(words: int) -> str:
    return "l:" + next((str(most) for most in (2, 5, 10, 20, 40, 80) if words <= most), "more")


def _concepts(reading: Reading) -> Iterator[tuple[str, int, int]]:
    for hit in reading.hits:
        yield f"c:{_name(hit)}", hit.start, hit.end
        for said in sorted(hit.said):
            yield f"c:{hit.concept}/{said}", hit.start, hit.end
    for one, other in combinations(sorted(reading.hits, key=lambda hit: (hit.concept, hit.start)), 2):
        if one.concept != other.concept and abs(one.start - other.start) <= NEAR:
            yield f"p:{_name(one)}+{_name(other)}", min(one.start, other.start), max(one.end, other.end)


def _name(hit: Hit) -> str:
    return f"{hit.concept}/denied" if hit.denied else hit.concept


def _words(reading: Reading) -> Iterator[tuple[str, int, int]]:
    words = [token.word for token in reading.tokens]
    for at, word in enumerate(words):
        yield f"w:{word}", at, at + 1
    for at, (one, other) in enumerate(pairwise(words)):
        yield f"b:{one} {other}", at, at + 2


def _senses(reading: Reading) -> Iterator[tuple[str, int, int]]:
    senses = [senses_of(token.word) for token in reading.tokens]
    for at, found in enumerate(senses):
        for one in found:
            yield f"e:{one}", at, at + 1
            for on in range(at + 1, min(at + CLOSE + 1, len(senses))):
                for other in senses[on]:
                    if one != other:
                        yield f"g:{one}>{other}", at, on + 1


def _parts(reading: Reading) -> Iterator[tuple[str, int, int]]:
    for at, token in enumerate(reading.tokens):
        padded = f" {token.word} "
        for length in PARTS:
            for start in range(len(padded) - length + 1):
                yield f"n:{padded[start : start + length]}", at, at + 1
