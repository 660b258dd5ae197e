"""A set of Functions with its one environment, as plain rows: the variables that are read at every execution."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Variable:
    """One variable; a change counts from the next execution."""

    sid: str
    key: str
    value: str
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True)
class Hosted:
    """Functions deployed together; `sid` is the service's, and part of the address."""

    sid: str
    environment_sid: str
    created_at: datetime
    variables: dict[str, Variable] = field(default_factory=dict)

    def value(self, key: str) -> str:
        return next((each.value for each in self.variables.values() if each.key == key), "")
