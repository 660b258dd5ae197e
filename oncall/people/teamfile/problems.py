"""What is wrong with a team file: every error at once, each with its path, what is wrong and what would be right."""

from collections.abc import Sequence
from dataclasses import dataclass

from oncall.errors import Unusable


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong, at a path such as `staff[2].mobile` (counted from 0)."""

    path: str
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.path}: {self.wrong}; {self.right}"


class BadTeamFile(Unusable):
    """The team file cannot be used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
