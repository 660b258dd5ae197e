"""What a check found, and how it is written: a line beginning with `ok` or `WRONG`.

No line holds a secret, a name or a number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from oncall.errors import OnCallError


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    about: str
    says: str
    is_wrong: bool = False

    def __str__(self) -> str:
        return f"{'WRONG' if self.is_wrong else 'ok   '}  {self.about}: {self.says}"


def fine(about: str, says: str) -> Finding:
    """Something is as it should be."""
    return Finding(about, says)


def wrong(about: str, says: str) -> Finding:
    """Something is not as it should be."""
    return Finding(about, says, is_wrong=True)


def guarded(about: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of a check; one that cannot be carried out is a finding itself."""
    try:
        yield from findings
    except OnCallError as error:
        yield wrong(about, error.message)
    except DBAPIError as error:
        yield wrong(about, f"the database cannot be used ({type(error.orig or error).__name__})")
