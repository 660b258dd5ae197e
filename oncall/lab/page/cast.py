"""Whose handsets the page shows, and what it may ask of whoever serves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

Side = Literal["caller", "staff"]
_BRITAIN = ZoneInfo("Europe/London")

# The Welsh awaits a Welsh speaker's check.
_TO_SAY: dict[tuple[Side, str], tuple[str, ...]] = {
    ("caller", "en"): ("He’s locked himself in the bathroom and won’t talk to me", "Can somebody ring me?"),
    ("caller", "cy"): ("Mae e wedi cloi ei hun yn y stafell molchi", "Please ring me, he won’t talk to me"),
    ("staff", "en"): ("1", "1 20", "2", "3"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One handset: who holds it, in what part, its number, its holder's language (`en` or `cy`)."""

    label: str
    role: str
    number: str
    language: str = "en"
    side: Side = "staff"
    to_say: tuple[str, ...] = ()

    @property
    def first_name(self) -> str:
        return self.label.partition(" ")[0] if self.side == "staff" else self.label

    @property
    def shown_number(self) -> str:
        """The number with gaps, as people read one."""
        number = self.number
        return f"{number[:3]} {number[3:7]} {number[7:]}" if number.startswith("+44") else number

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Texts to send with one press."""
        return self.to_say or _TO_SAY.get((self.side, self.language), _TO_SAY[self.side, "en"])


@dataclass(frozen=True, slots=True)
class Recorded:
    """One line of what the service recorded; `key` stays the same whenever the line is shown again."""

    key: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the page shows: the line's own number, the cast, and its two hooks.

    `on_clock_moved` is called when a visitor moves the clock on, `recorded` twice a second for the latest lines.
    """

    line: str
    cast: tuple[Person, ...]
    time_zone: tzinfo = _BRITAIN
    on_clock_moved: Callable[[timedelta], None] | None = None
    recorded: Callable[[], Sequence[Recorded]] | None = None
