"""Cuts a text into words, each with its place in the text as it was written.

Case, accents, curly apostrophes and stretched letters are folded; Welsh clitics stand alone (`mae'n` is `mae` and `n`);
an emoji is a word. Nothing is thrown away but blanks and stops, and stops end a clause.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 20_000
"""Characters that are read; what lies beyond in so long a text is not scanned."""

_PIECE = re.compile(r"[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*['’]?|\d+(?:[.:]\d+)*|['’][^\W\d_]+|[^\s\w]", re.UNICODE)
_CLITIC = re.compile(r"^(.+)'(n|r|i|w|u|ch|th|da|di|na)$")
_STRETCHED = re.compile(r"([^\d])\1{2,}")
_STOPS = frozenset(".;!?\n")
_SILENT = frozenset(",'\"()[]{}-–—/:*_~<>|+=&^%$#@`´\\…“”‘’")


@dataclass(frozen=True, slots=True)
class Token:
    """A word folded for look-up, where it stands in the text, and in which clause."""

    word: str
    start: int
    end: int
    clause: int


def fold(word: str) -> str:
    """A word as it is looked up: lower case, no accents, no apostrophes, no letter more than twice in a row."""
    return _STRETCHED.sub(r"\1\1", _plain(word).replace("'", ""))


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word.replace("´", "'")).lower())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return plain.replace("ʼ", "'").replace("’", "'").replace("`", "'")


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text in their order."""
    found: list[Token] = []
    clause, seen = 0, 0
    for piece in _PIECE.finditer(text[:LONGEST]):
        written, start, end = piece.group(), piece.start(), piece.end()
        if "\n" in text[seen:start]:
            clause += 1
        seen = end
        if len(written) == 1 and not written.isalnum():
            if written in _STOPS:
                clause += 1
            if written not in _SILENT | _STOPS or written == "?":
                found.append(Token(written, start, end, clause))
            continue
        found += _words(written, start, end, clause)
    return tuple(found)


def _words(written: str, start: int, end: int, clause: int) -> list[Token]:
    clitic = _CLITIC.match(_plain(written))
    if clitic is None or len(clitic.group(1)) + len(clitic.group(2)) + 1 != len(written):
        word = fold(written)
        return [Token(word, start, end, clause)] if word else []
    cut = start + len(clitic.group(1))
    return [
        Token(fold(clitic.group(1)), start, cut, clause),
        Token("'" + clitic.group(2), cut, end, clause),
    ]
