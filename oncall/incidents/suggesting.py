"""What a caller's text may mean, as intake asks it: a severity to start from, and flags for a person to decide.

One rule: whatever goes wrong makes it louder. A text that could not be assessed is urgent and says so; pictures, which
nobody here looks at, are at least a concern. Only texts of callers are scanned: no voice message, no words of staff.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from oncall.people.severity import Severity
from oncall.risk.guarding import NotAssessed
from oncall.risk.suggest import Scan

SUGGESTER = "suggester"
"""The name under which a session carries the suggester."""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A risk flag with the part of the text that raised it."""

    flag: str
    phrase: str


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """How fast a person must answer, and why; `was_assessed` is False where nothing has looked, `failure` says why."""

    severity: Severity
    suggestions: tuple[Suggestion, ...] = ()
    was_assessed: bool = True
    failure: str | None = None

    def suggests(self, flag: str) -> bool:
        """Whether a flag is among the suggestions."""
        return any(one.flag == flag for one in self.suggestions)


NOT_ASSESSED = Assessment(severity=Severity.URGENT, was_assessed=False)


def assess(session: Session, body: str, *, attachments: int = 0) -> Assessment:
    """The severity a text starts from and the flags suggested for it."""
    ask: Callable[[str], Scan] | None = session.info.get(SUGGESTER)
    if ask is None:
        return NOT_ASSESSED
    try:
        scan = ask(body)
    except NotAssessed as failed:
        return replace(NOT_ASSESSED, failure=failed.message)
    least = Severity.CONCERN if attachments else Severity.ROUTINE
    suggested = tuple(Suggestion(flag=one.flag, phrase=one.phrase) for one in scan.flags)
    return Assessment(severity=max(scan.severity, least, key=lambda one: one.rank), suggestions=suggested)
