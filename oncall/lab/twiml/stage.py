"""Where a leg stands in its document: the verbs, the place reached, and the keys being waited for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from oncall.lab.twiml.script.document import BadDocument
from oncall.lab.twiml.script.verbs import Listen

Then = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A document that is not the call's own way: what follows once it is over, and if it cannot be had (its code)."""

    over: Then
    failed: Callable[[int, datetime], None]


@dataclass(slots=True)
class Listening:
    """Keys pressed so far; `act` is what follows keys, `fall_through` what follows none."""

    wanted: Listen
    act: Callable[[str, datetime], None]
    fall_through: Then
    keys: str = ""
    is_prompting: bool = True


@dataclass(slots=True)
class Stage:
    """A document being performed; `url` is where it came from, empty for one given inline."""

    url: str
    verbs: list[Element]
    is_fallback: bool = False
    part: Part | None = None
    place: int = 0
    listening: Listening | None = None

    def next_verb(self) -> Element | None:
        if self.place == len(self.verbs):
            return None
        self.place += 1
        return self.verbs[self.place - 1]

    def resolve(self, address: str) -> str:
        """An address in this document, made whole; an inline document has nothing to make it whole with (15004)."""
        whole = urljoin(self.url, address) if address else self.url
        if not whole.startswith(("http://", "https://")):
            raise BadDocument(11100 if self.url else 15004)
        return whole
