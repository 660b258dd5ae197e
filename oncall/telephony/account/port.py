"""What the service may ask of its account: whether it is let in, how a number is set up, what a Function is told.

One rule: what could not be asked, or was refused, raises `TelephonyUnavailable`, with the network's code if it gave
one; None and an empty answer always mean "there is none".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

REFUSED = frozenset({20003, 401})
"""The codes by which the network says that the credentials are not right."""

Setup = Mapping[str, str]
"""A number's settings by the network's names for them (`voice_url`); what is not set is blank."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A number of the account's."""

    sid: str
    settings: Setup = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a Function's variables are kept."""

    service_sid: str
    environment_sid: str


@dataclass(frozen=True, kw_only=True)
class Received:
    """A text that came in at a number of ours, as the network has it; `media`: the addresses of what came with it."""

    sid: str
    sender: str = field(repr=False)
    to: str = field(repr=False)
    body: str = field(repr=False)
    at: datetime
    media: tuple[str, ...] = field(repr=False, default=())


class Account(Protocol):
    """An account. Safe to use from several threads; waits are bounded; nothing is retried inside."""

    def status(self) -> str:
        """`active`, or why the account does nothing."""
        ...

    def line(self, number: str) -> Line | None:
        """The account's number that is exactly this one."""
        ...

    def change_line(self, sid: str, settings: Setup) -> None:
        """Changes these settings of a number and leaves the others as they are."""
        ...

    def variables(self, place: Place) -> dict[str, str]:
        """All that a Function is told, by name."""
        ...

    def set_variable(self, place: Place, *, name: str, value: str) -> None:
        """Tells a Function something; it counts from the Function's next run on."""
        ...

    def received(self, number: str, *, since: datetime) -> list[Received]:
        """The texts that came in at our number at or after `since`, oldest first; of the latest two hundred."""
        ...

    def close(self) -> None:
        """Closes the connections; nothing can be asked afterwards."""
        ...
