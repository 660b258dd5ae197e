"""One ordered journal of everything that crossed the line, so that a test can ask what happened, and when.

Entries are only ever added; their order is the order in which they were finished.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

Direction = Literal["in", "out", "inside"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `in` is a request to the lab, `out` a webhook from it, `inside` what happened within.

    `kind` is `rest`, `handset`, `warning`, or a webhook's kind: `sms`, `message-status`, `twiml`, `call-status`,
    `conference-status`, `recording-status`.
    """

    at: datetime
    kind: str
    direction: Direction
    about: str
    request: Mapping[str, Any] = field(default_factory=dict)
    response: Mapping[str, Any] = field(default_factory=dict)
    elapsed: float = 0.0
    sequence: int = 0


class Journal:
    """Entries in order, safe to write and read from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []

    def write(self, entry: Entry) -> Entry:
        """Adds an entry and gives it its number."""
        with self._lock:
            numbered = replace(entry, sequence=len(self._entries) + 1)
            self._entries.append(numbered)
            return numbered

    def entries(self, kind: str | None = None, *, about: str | None = None, since: int = 0) -> list[Entry]:
        """The entries after number `since`, of one kind and about one SID or number if asked."""
        with self._lock:
            later = self._entries[since:]
        return [e for e in later if (kind is None or e.kind == kind) and (about is None or e.about == about)]

    def warnings(self) -> list[int]:
        """The error codes of all warnings so far, in order."""
        return [entry.response["code"] for entry in self.entries("warning")]
