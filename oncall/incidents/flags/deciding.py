"""A person confirms or dismisses a flag, suggested before or not: that is written down, and its tasks follow.

A flag that the agreed plan foresees asks for the same, but nobody is reminded, unless it is one that never lessens.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from oncall.errors import NotFound, Unusable
from oncall.incidents.actions import FlagChange, change_flag
from oncall.incidents.flags.policy import CONFIRMED, DISMISSED, near
from oncall.incidents.models import FlagEntry, Incident
from oncall.incidents.queries import flags
from oncall.incidents.tasks.opening import end_for, open_for, withdraw_for
from oncall.people.models import Practitioner, Team
from oncall.risk.catalogue import catalogue


class NoSuchFlag(NotFound):
    """No such flag was raised, so it cannot be dismissed."""


class UnknownFlag(Unusable):
    """There is no such flag in the catalogue."""

    def __init__(self, code: str) -> None:
        close = near(code, catalogue())
        super().__init__(f"There is no flag {code}." + (f" Near it: {', '.join(close)}." if close else ""))


def decide(
    session: Session, team: Team, incident: Incident, change: FlagChange, *, by: Practitioner, at: datetime
) -> FlagEntry:
    """Writes down the decision and opens or withdraws the flag's tasks. Raises UnknownFlag, NoSuchFlag.

    What raised the flag, whom it is about and what foresees it stay as they were where nothing else is said.
    """
    if change.flag not in catalogue():
        raise UnknownFlag(change.flag)
    before = next((entry for entry in flags(session, incident.id) if entry.flag == change.flag), None)
    if before is None and change.state == DISMISSED:
        raise NoSuchFlag
    entry = change_flag(session, incident, _completed(change, before), by=by.slug, at=at)
    session.flush()
    if change.state == CONFIRMED:
        is_foreseen = entry.planned is not None and not catalogue()[change.flag].lasts
        end_for(session, team, incident, change.flag, by=by, at=at)
        open_for(session, team, incident, change.flag, by=by, at=at, is_quiet=is_foreseen)
    else:
        withdraw_for(session, incident, change.flag, by=by, at=at, why=change.why)
    return entry


def _completed(change: FlagChange, before: FlagEntry | None) -> FlagChange:
    if before is None:
        return change
    return replace(
        change,
        phrase=change.phrase or before.phrase,
        subject=change.subject or before.subject,
        planned=change.planned or before.planned,
    )
