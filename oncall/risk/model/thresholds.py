"""How likely something must be before it is suggested; set with the weights, from texts they had not seen."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "thresholds.json"


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """`emergency`, `urgent`, `concern`: of being above the severity before; `flag`: of a flag; `likely`: of the one
    flag that is suggested where none is likely enough."""

    emergency: float
    urgent: float
    concern: float
    flag: float
    likely: float


@cache
def thresholds() -> Thresholds:
    """The thresholds as they are shipped."""
    return Thresholds(**json.loads(FILE.read_text(encoding="utf-8")))
