"""Which cards fit, and in which mode: pure.

One rule: there is always a card. The common one comes last, and alone where no other fits.
"""

from collections.abc import Collection, Iterable

from oncall.guidance.catalogue import COMMON, MODES, PRACTICAL, Card, Mode, cards


def cards_for(flags: Collection[str], *, severity: str, caller: str | None = None) -> list[Card]:
    """The cards for these flags and this kind of caller, what saves a life first; the common one last."""
    fitting = [card for card in cards().values() if _fits(card, flags, severity, caller)]
    return [*fitting, cards()[COMMON]]


def mode_for(styles: Iterable[str | None]) -> Mode:
    """The first style that is known, the caller's before the reader's; practical where none is."""
    return next((mode for style in styles for mode in MODES if mode == style), PRACTICAL)


def _fits(card: Card, flags: Collection[str], severity: str, caller: str | None) -> bool:
    if card.card == COMMON:
        return False
    return caller in card.callers or (card.at_least <= severity and not set(flags).isdisjoint(card.flags))
