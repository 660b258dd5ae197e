"""A request to the REST API and an answer to it, as values: what stands between HTTP and the resources."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from oncall.lab.exchange.refusals import Refused


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose sender is known; `query` and `form` keep the order and the repeats of what was sent."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] = ()

    def given(self, name: str, default: str = "") -> str:
        """The last value of a form field."""
        return next((value for key, value in reversed(self.form) if key == name), default)

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.form)

    def all_given(self, name: str) -> list[str]:
        return [value for key, value in self.form if key == name]

    def number(self, name: str, default: int) -> int:
        raw = self.given(name)
        if not raw:
            return default
        if not raw.isdigit():
            raise Refused(20001, f"Invalid {name}")
        return int(raw)

    def asked(self, name: str, default: str = "") -> str:
        """The value of a query parameter."""
        return next((value for key, value in self.query if key == name), default)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; `about` is the SID it speaks of, for the journal and the faults."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


def as_json(status: int, content: Mapping[str, Any], *, about: str = "") -> Answer:
    return Answer(status, json.dumps(content).encode(), {"content-type": "application/json"}, about)


def as_error(refused: Refused) -> Answer:
    content = {
        "code": refused.code,
        "message": refused.message,
        "more_info": f"https://www.twilio.com/docs/errors/{refused.code}",
        "status": refused.status,
    }
    return as_json(refused.status, content)


def rfc2822(at: datetime | None) -> str | None:
    return format_datetime(at) if at is not None else None
