"""The connection settings a webhook's address may carry in its fragment (`#ct=1500&rt=4000&rc=3&rp=ct,rt,5xx`).

What is absent, unknown or out of range keeps the telephone company's default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

_RANGES = {"ct": (100, 10_000), "rt": (100, 15_000), "tt": (100, 15_000), "rc": (0, 5)}
_DEFAULTS = {"ct": 5_000, "rt": 15_000, "tt": 15_000, "rc": 1}


@dataclass(frozen=True, slots=True)
class Overrides:
    """Seconds to connect, to read and in all; how often to try again, and after which failures."""

    connect_within: float
    read_within: float
    all_within: float
    retries: int
    retry_on: frozenset[str]

    def retries_after(self, failure: str) -> bool:
        """Whether `failure` (`ct`, `rt`, `4xx` or `5xx`) is one to try again after."""
        return failure in self.retry_on or "all" in self.retry_on


def overrides(url: str) -> Overrides:
    """The settings of one address."""
    given = dict(parse_qsl(urlsplit(url).fragment))
    return Overrides(
        connect_within=_number(given, "ct") / 1000,
        read_within=_number(given, "rt") / 1000,
        all_within=_number(given, "tt") / 1000,
        retries=_number(given, "rc"),
        retry_on=frozenset(given.get("rp", "ct").split(",")),
    )


def _number(given: Mapping[str, str], key: str) -> int:
    low, high = _RANGES[key]
    raw = given.get(key, "")
    return int(raw) if raw.isdigit() and low <= int(raw) <= high else _DEFAULTS[key]
