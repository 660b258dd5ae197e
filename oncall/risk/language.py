"""Whether a text can be read at all: neither English nor Welsh is a person's to read, and is urgent.

A text is unreadable when hardly any of its words is known in either language, or when it is written in letters that
neither uses.
"""

import unicodedata

from oncall.risk.concepts.finding import Reading
from oncall.risk.concepts.lexicon import Lexicon

FEWEST = 4
"""Words that are needed to judge by."""
KNOWN = 0.34
"""The share of known words below which a text counts as in another language."""


def cannot_be_read(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a text is in another language, as far as its words tell."""
    words = [token.word for token in reading.tokens if token.word.isalpha() and len(token.word) > 1]
    if any(_is_foreign(word) for word in words):
        return True
    if any(hit.concept == "other_language" for hit in reading.hits) and _known(words, lexicon) < 0.6:
        return True
    return len(words) >= FEWEST and _known(words, lexicon) < KNOWN


def _known(words: list[str], lexicon: Lexicon) -> float:
    return sum(word in lexicon.known or bool(lexicon.symbols(word)) for word in words) / (len(words) or 1)


def _is_foreign(word: str) -> bool:
    return not unicodedata.name(word[0], "LATIN").startswith("LATIN")
