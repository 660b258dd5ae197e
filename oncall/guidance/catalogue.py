"""The cards: each a file with both languages and both modes, its version, its review date and who signed it.

What keeps people safe is no matter of style: the reflective mode has words of its own for settling and connecting only,
and shares the rest. A signature is for one version; a card that has changed since is unsigned again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any, Literal

import yaml

from oncall.errors import NotFound
from oncall.people.severity import Severity

Mode = Literal["practical", "reflective"]
Language = Literal["en", "cy"]
FOLDER = Path(__file__).parent / "cards"
HEADS = ("stop", "settle_you", "settle_them", "connect", "next", "later")
PRACTICAL: Mode = "practical"
REFLECTIVE: Mode = "reflective"
MODES: tuple[Mode, ...] = (PRACTICAL, REFLECTIVE)
LANGUAGES: tuple[Language, ...] = ("en", "cy")
COMMON = "common"
NOT_CONTENT = frozenset({"version", "signed", "written", "review_due"})


class NoSuchCard(NotFound):
    """There is no such card."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signed a version of a card, and when."""

    by: str
    at: date
    version: int


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card. `order`: what comes first when several fit; `words[mode][language]` are its lines by their head."""

    card: str
    title: Mapping[str, str]
    version: int
    author: str
    written: date
    review_due: date
    signature: Signature | None
    order: int
    flags: tuple[str, ...]
    callers: tuple[str, ...]
    at_least: Severity
    facts: tuple[str, ...]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]

    @property
    def signed(self) -> Signature | None:
        """The signature, if it is for this version."""
        return self.signature if self.signature and self.signature.version == self.version else None

    def lines(self, mode: Mode, language: Language) -> dict[str, str]:
        """Its six lines by their heads, in order."""
        said = {**self.words[PRACTICAL][language], **self.words[mode][language]}
        return {head: said[head] for head in HEADS}


@cache
def cards() -> dict[str, Card]:
    """Every card by its name, in the order in which they come first."""
    read = [_card(document(path)) for path in sorted(FOLDER.glob("*.yaml"))]
    return {card.card: card for card in sorted(read, key=lambda card: (card.order, card.card))}


def card_named(name: str) -> Card:
    """The card of that name. Raises NoSuchCard."""
    found = cards().get(name)
    if found is None:
        raise NoSuchCard(f"There is no card {name}: {', '.join(cards())}.")
    return found


def document(path: Path) -> dict[str, Any]:
    """A card's file as it is written."""
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def fingerprint(written: Mapping[str, Any]) -> str:
    """What a card says, in a few letters: other words, another fingerprint. Dates and signatures are no part of it."""
    content = {name: value for name, value in written.items() if name not in NOT_CONTENT}
    return sha256(dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _card(written: Mapping[str, Any]) -> Card:
    signed = written["signed"]
    return Card(
        card=written["card"],
        title=written["title"],
        version=written["version"],
        author=written["author"],
        written=written["written"],
        review_due=written["review_due"],
        signature=Signature(by=signed["by"], at=signed["at"], version=signed["version"]) if signed else None,
        order=written["order"],
        flags=tuple(written["flags"]),
        callers=tuple(written.get("callers", ())),
        at_least=Severity(written.get("at_least", Severity.ROUTINE)),
        facts=tuple(written.get("facts", ())),
        words={mode: written[mode] for mode in MODES},
    )
