"""Everyday words by what they are of: a door, a colour, a month. Both languages share the senses.

A sense is no danger by itself; the weights learn what senses mean together, so that what was learnt from one language
serves the other. A number written in digits has a sense by its size.
"""

from collections.abc import Mapping
from functools import cache

from oncall.risk.concepts.lexicon import DATA, LANGUAGES, read
from oncall.risk.words.mutations import mutated
from oncall.risk.words.tokens import fold

SIZES = (
    (6, "number_small"),
    (12, "number_mid"),
    (19, "number_teen"),
    (999, "number_big"),
)
HUGE = "number_huge"


def senses_of(word: str) -> tuple[str, ...]:
    """The senses of a folded word, in the order of their names; none for most words."""
    if word.isdecimal():
        return (next((sense for most, sense in SIZES if int(word) <= most), HUGE),)
    return _senses().get(word, ())


@cache
def _senses() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        senses: Mapping[str, list[str]] = read(DATA / f"everyday_{language}.yaml")["senses"]
        for sense, words in senses.items():
            for written in words:
                word = fold(str(written))
                for form in {word} | (mutated(word) if language == "cy" else set()):
                    found.setdefault(form, set()).add(sense)
    return {word: tuple(sorted(senses)) for word, senses in found.items()}
