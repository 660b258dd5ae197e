"""What a text may mean: the one place where the suggester of risk flags plugs in.

Until there is one, nothing has been assessed and the record says so; every contact is urgent, since a person must
answer it tonight and nothing else is known.
"""

from dataclasses import dataclass

from oncall.people.severity import Severity


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A risk flag with the part of the text that raised it."""

    flag: str
    phrase: str


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """How fast a person must answer, and why; `was_assessed` is False where nobody and nothing has looked."""

    severity: Severity
    suggestions: tuple[Suggestion, ...] = ()
    was_assessed: bool = False


def assess(body: str) -> Assessment:
    """The severity a contact starts from and the flags suggested for it."""
    return Assessment(severity=Severity.URGENT)
