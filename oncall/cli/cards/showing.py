"""`oncall cards`: the guidance cards as a practitioner would be shown them; needs no database.

One rule: a card is never shown without its version, and whether it is signed.
"""

import json
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from oncall.clock import SystemClock
from oncall.guidance.catalogue import Card, cards
from oncall.guidance.wording import Shown, show
from oncall.incidents.flags.deciding import UnknownFlag
from oncall.risk.catalogue import catalogue


class Lang(StrEnum):
    EN = "en"
    CY = "cy"


class Style(StrEnum):
    PRACTICAL = "practical"
    REFLECTIVE = "reflective"


def show_cards(
    flag: Annotated[str | None, typer.Option("--flag", help="Only the cards that this risk flag chooses.")] = None,
    lang: Annotated[Lang, typer.Option("--lang", help="The language.")] = Lang.EN,
    mode: Annotated[Style, typer.Option("--mode", help="Words to do, or words to wonder with.")] = Style.PRACTICAL,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """The guidance cards, with their versions, review dates and signatures."""
    today = SystemClock().now().date()
    shown = [show(card, mode=mode.value, language=lang.value, today=today) for card in _wanted(flag)]
    if as_json:
        told = {"language": lang.value, "mode": mode.value, "cards": [_json(one, today) for one in shown]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2).encode())
    else:
        typer.echo("\n\n".join(_card(one) for one in shown).encode())


def _wanted(flag: str | None) -> list[Card]:
    if flag is not None and flag not in catalogue():
        raise UnknownFlag(flag)
    return [card for card in cards().values() if flag is None or flag in card.flags]


def _card(shown: Shown) -> str:
    card = shown.card
    head = f"{shown.title}  ({card.card}, version {card.version}, review due {card.review_due:%d/%m/%Y})"
    width = max(len(title) for _, title, _ in shown.lines)
    lines = [f"  {title:<{width}}  {said}" for _, title, said in shown.lines]
    return "\n".join([head, *lines, *(f"  {said}" for said in (*shown.facts, *shown.notes))])


def _json(shown: Shown, today: date) -> dict[str, Any]:
    card, signed = shown.card, shown.card.signed
    return {
        "card": card.card,
        "title": shown.title,
        "flags": list(card.flags),
        "version": card.version,
        "author": card.author,
        "written": card.written.isoformat(),
        "review_due": card.review_due.isoformat(),
        "review_is_overdue": card.review_due < today,
        "signed": {"by": signed.by, "at": signed.at.isoformat()} if signed else None,
        "lines": [{"head": head, "title": title, "text": said} for head, title, said in shown.lines],
        "facts": list(shown.facts),
        "notes": list(shown.notes),
    }
