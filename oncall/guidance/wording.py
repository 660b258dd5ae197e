"""A card as it is shown: with its heads, its numbers and their day, and who signed it, or that nobody has yet.

One rule: a card never comes without that note. Nothing of a young person is in any of these words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from oncall.guidance.catalogue import Card, Language, Mode

FILE = Path(__file__).parent / "words.yaml"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A card in one language and one mode. `lines`: head, its title, the words."""

    card: Card
    title: str
    lines: tuple[tuple[str, str, str], ...]
    facts: tuple[str, ...]
    notes: tuple[str, ...]


@cache
def words() -> Mapping[str, Any]:
    """The words round the cards."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def show(card: Card, *, mode: Mode, language: Language, today: date) -> Shown:
    """The card as a person reads it on a day."""
    heads = words()["heads"]
    return Shown(
        card=card,
        title=card.title[language],
        lines=tuple((head, heads[head][language], said) for head, said in card.lines(mode, language).items()),
        facts=tuple(_fact(name, language) for name in card.facts),
        notes=_notes(card, language, today),
    )


def as_text(shown: Shown) -> str:
    """The card as a text message: its title, its six lines, its numbers and notes."""
    return "\n".join([shown.title, *(said for _, _, said in shown.lines), *shown.facts, " ".join(shown.notes)])


def _fact(name: str, language: Language) -> str:
    fact = words()["facts"][name]
    said: str = words()["notes"]["fact"][language].format(said=fact[language], as_at=_day(fact["as_at"]))
    return said


def _notes(card: Card, language: Language, today: date) -> tuple[str, ...]:
    notes = words()["notes"]
    signed = card.signed
    first = (
        notes["signed"][language].format(by=signed.by, at=_day(signed.at)) if signed else notes["unsigned"][language]
    )
    overdue = (notes["overdue"][language].format(due=_day(card.review_due)),) if card.review_due < today else ()
    return (first, *overdue)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
