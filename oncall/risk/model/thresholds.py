"""How likely something must be before it is suggested; set with the weights, from texts they had not seen."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "thresholds.json"


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """`emergency`, `urgent`, `concern`: of being above the severity before; `flag`: of a flag.

    `hard`: the rules that decide whatever the weights say.
    """

    emergency: float
    urgent: float
    concern: float
    flag: float
    hard: frozenset[str]


@cache
def thresholds() -> Thresholds:
    """The thresholds as they are shipped."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    return Thresholds(**{**written, "hard": frozenset(written["hard"])})
