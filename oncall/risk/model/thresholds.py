"""How likely something must be before it is suggested; set with the weights, from texts they had not seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from oncall.people.severity import Severity

FILE = Path(__file__).parent.parent / "data" / "thresholds.json"


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """`emergency`, `urgent`, `concern`: how likely, 0 to 1, a text must be above the severity before; `flag`: log-odds.

    `flags`: the flags with a threshold of their own. `hard`: the rules that decide whatever the weights say.
    """

    emergency: float
    urgent: float
    concern: float
    flag: float
    flags: Mapping[str, float]
    hard: frozenset[str]

    def of(self, flag: str) -> float:
        """The log-odds from which a flag is suggested."""
        return self.flags.get(flag, self.flag)

    def steps(self) -> tuple[tuple[Severity, Severity, float], ...]:
        """Each severity that may be reached, the one below it, and how likely a text must be above that."""
        return (
            (Severity.EMERGENCY, Severity.URGENT, self.emergency),
            (Severity.URGENT, Severity.CONCERN, self.urgent),
            (Severity.CONCERN, Severity.ROUTINE, self.concern),
        )


@cache
def thresholds() -> Thresholds:
    """The thresholds as they are shipped."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    return Thresholds(**{**written, "hard": frozenset(written["hard"])})
