"""A value at its path, which can note what is wrong with it.

One rule: the problems of a whole file gather in one list, and nothing is raised on the way. Which kinds of value there
are is left to `readers`, what a section holds to the sections.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from oncall.people.teamfile.form.document import Ambiguous, Value, inside
from oncall.people.teamfile.problems import Problem


class Missing(Enum):
    """Why a key has no value: it must be there, or nothing need be said of it."""

    NEEDED = "needed"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Field:
    """A value at its path; `problems` is the one list of the whole file."""

    value: Value | Missing
    path: str
    problems: list[Problem] = field(repr=False)

    @property
    def is_there(self) -> bool:
        """Whether there is something to read."""
        return not isinstance(self.value, Missing)

    def refuse(self, right: str, wrong: str | None = None) -> None:
        """Notes that the value cannot be used."""
        if self.value is not Missing.UNSAID:
            self.problems.append(Problem(self.path or "the file", wrong or f"is {_described(self.value)}", right))

    def keys(self, needed: str, optional: str = "") -> Mapping[str, "Field"]:
        """The fields of a mapping that has these keys and no others."""
        known = [*needed.split(), *optional.split()]
        given = self.value if isinstance(self.value, dict) else {}
        if given is not self.value:
            self.refuse(f"write the keys {', '.join(known)}")
            return {key: Field(Missing.UNSAID, inside(self.path, key), self.problems) for key in known}
        for key in [key for key in given if key not in known]:
            right = f"known here are {', '.join(known)}"
            self.problems.append(Problem(inside(self.path, key), "is no key of a team file at this place", right))
        needs = set(needed.split())
        return {key: self._key(given, key, is_needed=key in needs) for key in known}

    def _key(self, given: Mapping[str, Value], key: str, *, is_needed: bool) -> "Field":
        value: Value | Missing = given.get(key, Missing.NEEDED)
        if not is_needed and value in (None, Missing.NEEDED):
            value = Missing.UNSAID
        return Field(value, inside(self.path, key), self.problems)

    def entries(self, right: str) -> Mapping[str, "Field"]:
        """The fields of a mapping whose keys are the team's own names."""
        if not isinstance(self.value, dict):
            self.refuse(right)
            return {}
        return {key: Field(value, inside(self.path, key), self.problems) for key, value in self.value.items()}


def _described(value: Value | Missing) -> str:
    if isinstance(value, Ambiguous):
        return "a time without quotes" if value.is_time else "a number without quotes"
    if value is Missing.NEEDED:
        return "missing"
    kinds = {
        bool: "true or false",
        int: "a whole number",
        date: "a date",
        str: "text",
        list: "a list",
        dict: "a mapping",
    }
    return kinds.get(type(value), "empty")
