"""A tolerant look-up: the known word that a misspelt one was meant to be.

Words are indexed by what is left of them when letters are dropped, so a look-up costs the length of the word, not the
size of the vocabulary.
"""

from collections.abc import Iterable
from itertools import combinations

from rapidfuzz.distance import OSA

_FIRST = 5
"""Shorter words have too many neighbours to be guessed at."""
_LONG = 9
"""From here on two slips are forgiven."""


class Typos:
    """The words that may be meant, under every spelling with up to two letters dropped."""

    def __init__(self, words: Iterable[str]) -> None:
        self._index: dict[str, list[str]] = {}
        for word in sorted(set(words)):
            if len(word) >= _FIRST and word.isalpha():
                for left in _dropped(word, _slips(word)):
                    self._index.setdefault(left, []).append(word)

    def meant(self, word: str) -> str | None:
        """The nearest known word within one slip (two in a long word); the first letter must be right. None if none."""
        if len(word) < _FIRST or not word.isalpha():
            return None
        slips = _slips(word)
        near = {known for left in _dropped(word, slips) for known in self._index.get(left, ()) if known[0] == word[0]}
        ranked = sorted((OSA.distance(word, known, score_cutoff=slips), known) for known in near)
        return ranked[0][1] if ranked and ranked[0][0] <= slips else None


def _slips(word: str) -> int:
    return 2 if len(word) >= _LONG else 1


def _dropped(word: str, most: int) -> set[str]:
    left = {word}
    for count in range(1, most + 1):
        left |= {
            "".join(letter for at, letter in enumerate(word) if at not in gone)
            for gone in map(set, combinations(range(len(word)), count))
        }
    return left
