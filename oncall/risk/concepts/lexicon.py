"""The lexicon: for each language a file that a lead can read, of the forms of words that mean a concept.

A form is one or more words. `swallow*` stands for every word that begins so, and `~` for up to three words between.
In the Welsh file every word also stands for its mutated forms. Files name their author, version and review.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from oncall.risk.words.mutations import mutated
from oncall.risk.words.tokens import tokens_of
from oncall.risk.words.typos import Typos

DATA = Path(__file__).parent.parent / "data"
LANGUAGES = ("en", "cy")
ANY_FEW = "~"
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ENDINGS = ("", "s", "ed", "ing", "au")
"""Endings that a stem is tried with when a slip is to be understood."""


@dataclass
class Node:
    """Where a form has been read to: what may follow, and the concepts that are whole here."""

    after: dict[str, "Node"] = field(default_factory=dict)
    concepts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Lexicon:
    """The forms of all languages in one tree, and how a word is found in it."""

    tree: Node
    words: Mapping[str, frozenset[str]]
    stems: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]
    typos: Typos
    known: frozenset[str]

    def symbols(self, word: str) -> frozenset[str]:
        """What a word may stand for in the tree."""
        found = self._meanings(word)
        if not found and word not in self.known and (meant := self.typos.meant(word)):
            return self._meanings(meant)
        return found

    def _meanings(self, word: str) -> frozenset[str]:
        starts = (word[:length] + "*" for length in range(2, len(word) + 1))
        stems = (self.words[start] for start in starts if start in self.stems)
        return self.words.get(word, frozenset()).union(*stems)


@cache
def lexicon() -> Lexicon:
    """The lexicon as it is shipped."""
    files = {language: read(DATA / f"lexicon_{language}.yaml") for language in LANGUAGES}
    known = frozenset(word for name in LANGUAGES for word in _words_known(DATA / f"words_{name}.txt"))
    return build(files, known=known)


def read(path: Path) -> dict[str, Any]:
    """A file of the lexicon as it is written."""
    document: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=QUICK)  # noqa: S506 - a safe one
    return document


def build(files: Mapping[str, Mapping[str, Any]], *, known: frozenset[str] = frozenset()) -> Lexicon:
    """One lexicon of several languages' files."""
    tree, stems = Node(), set[str]()
    words: dict[str, set[str]] = {}
    spellings: dict[str, tuple[str, ...]] = {}
    for language, document in files.items():
        for written, meant in (document.get("spellings") or {}).items():
            spellings[_folded(str(written))[0]] = tuple(_folded(str(meant)))
        for concept, forms in document["concepts"].items():
            for form in forms:
                parts = _parts(str(form))
                _plant(tree, parts, concept)
                for part in parts:
                    _know(part, words, stems, mutates=language == "cy")
    return Lexicon(
        tree,
        {word: frozenset(meant) for word, meant in words.items()},
        frozenset(stems),
        spellings,
        Typos([*words, *(stem[:-1] + ending for stem in stems for ending in ENDINGS)]),
        known,
    )


def _parts(form: str) -> list[str]:
    parts: list[str] = []
    for written in form.split():
        if written == ANY_FEW:
            parts.append(ANY_FEW)
        elif written.endswith("*"):
            parts.append("".join(_folded(written[:-1])) + "*")
        else:
            parts += _folded(written)
    return parts


def _folded(written: str) -> list[str]:
    return [token.word for token in tokens_of(written)]


def _plant(tree: Node, parts: Iterable[str], concept: str) -> None:
    node = tree
    for part in parts:
        node = node.after.setdefault(part, Node())
    if concept not in node.concepts:
        node.concepts.append(concept)


def _know(part: str, words: dict[str, set[str]], stems: set[str], *, mutates: bool) -> None:
    if part == ANY_FEW:
        return
    word, star = (part[:-1], "*") if part.endswith("*") else (part, "")
    for form in {word} | (mutated(word) if mutates else set()):
        words.setdefault(form + star, set()).add(part)
        if star:
            stems.add(form + star)


def _words_known(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split() if path.exists() else []
