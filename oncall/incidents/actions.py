"""Every write to the record, one verb for each thing that happens to it.

State changes are guarded UPDATEs, and lines are only ever added.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.errors import Conflict
from oncall.incidents.models import ACKNOWLEDGED, CLOSED, OPEN, FlagEntry, Incident, TimelineEntry
from oncall.incidents.refs import new_ref
from oncall.people.models import Practitioner, Team
from oncall.people.severity import Severity

SERVICE, CALLER = "service", "caller"


class NotTaken(Conflict):
    """Nobody has taken it yet: take it first."""


class AlreadyClosed(Conflict):
    """It is closed already."""


class HeldByAnother(Conflict):
    """Somebody else holds it."""


def record(session: Session, incident: Incident, *, at: datetime, kind: str, by: str, detail: str) -> TimelineEntry:
    """Adds a line to the incident's timeline."""
    line = TimelineEntry(team_id=incident.team_id, incident_id=incident.id, at=at, kind=kind, by=by, detail=detail)
    session.add(line)
    return line


def open_incident(
    session: Session, team: Team, *, at: datetime, follows: Incident | None, **caller: object
) -> Incident:
    """Opens an incident for a caller, with a ref of its own, naming the one it follows."""
    incident = Incident(team_id=team.id, opened_at=at, last_contact_at=at, **caller)
    incident.ref = new_ref(session, incident_id=incident.id, at=at)
    incident.follows_id = follows.id if follows else None
    session.add(incident)
    session.flush()
    return incident


def take(session: Session, incident: Incident, *, by: Practitioner, at: datetime, instead_of: UUID | None) -> bool:
    """Makes `by` the holder if nobody is, or if the holder is still `instead_of`; False means somebody was first."""
    free = Incident.status == OPEN
    if instead_of is not None:
        free = or_(free, (Incident.status == ACKNOWLEDGED) & (Incident.holder_id == instead_of))
    taken = update(Incident).where(Incident.id == incident.id, free)
    won = changed(session, taken.values(status=ACKNOWLEDGED, holder_id=by.id, acknowledged_at=at)) == 1
    session.refresh(incident)
    return won


def mark_contacted(session: Session, incident: Incident, *, at: datetime) -> bool:
    """Notes that the caller has been reached; False if it was known."""
    first = update(Incident).where(Incident.id == incident.id, Incident.contacted_at.is_(None))
    won = changed(session, first.values(contacted_at=at)) == 1
    session.refresh(incident)
    return won


def unmark_contacted(session: Session, incident: Incident) -> None:
    """Takes back that the caller was reached: what was sent did not arrive."""
    incident.contacted_at = None
    session.flush()


def raise_severity(session: Session, incident: Incident, *, to: Severity) -> bool:
    """Raises the severity; software never lowers it, so False if it is as high already."""
    if to <= Severity(incident.severity):
        return False
    incident.severity = to.value
    session.flush()
    return True


def add_note(session: Session, incident: Incident, *, by: str, text: str, at: datetime) -> TimelineEntry:
    """Adds a practitioner's own words."""
    return record(session, incident, at=at, kind="note", by=by, detail=text)


@dataclass(frozen=True, kw_only=True)
class FlagChange:
    """A flag's new state (`suggested`, `confirmed`, `dismissed`), with the phrase that raised it or the reason why.

    `subject` is whom it is about (young_person, carer, other); `planned` says how the agreed plan foresees it.
    """

    flag: str
    state: str
    phrase: str | None = None
    why: str | None = None
    subject: str | None = None
    planned: str | None = None


def change_flag(session: Session, incident: Incident, change: FlagChange, *, by: str, at: datetime) -> FlagEntry:
    """Adds a flag, or a flag's new state; earlier entries stay."""
    entry = FlagEntry(team_id=incident.team_id, incident_id=incident.id, at=at, by=by, **asdict(change))
    session.add(entry)
    record(session, incident, at=at, kind="flag", by=by, detail=_flag_words(change))
    return entry


def _flag_words(change: FlagChange) -> str:
    said = f"Risk flag {change.flag} {change.state}"
    said += f", about {change.subject.replace('_', ' ')}" if change.subject else ""
    said += f": {change.why}" if change.why else "."
    return f"{said} Known and planned for: {change.planned}" if change.planned else said


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How an incident was left: in the practitioner's words."""

    outcome: str
    guidance: str
    follow_up: str | None = None


def close(session: Session, incident: Incident, closing: Closing, *, by: Practitioner, at: datetime) -> None:
    """Closes what `by` holds. Raises NotTaken, AlreadyClosed, HeldByAnother."""
    if incident.status == OPEN:
        raise NotTaken
    if incident.status == CLOSED:
        raise AlreadyClosed
    mine = update(Incident).where(
        Incident.id == incident.id, Incident.status == ACKNOWLEDGED, Incident.holder_id == by.id
    )
    if changed(session, mine.values(status=CLOSED, closed_at=at)) == 0:
        raise HeldByAnother
    session.refresh(incident)
    incident.outcome, incident.guidance, incident.follow_up = closing.outcome, closing.guidance, closing.follow_up
    session.flush()
    record(session, incident, at=at, kind="closed", by=by.slug, detail=_closing_words(closing))


def _closing_words(closing: Closing) -> str:
    said = f"Closed. Outcome: {closing.outcome} Guidance given: {closing.guidance}"
    return f"{said} Follow-up: {closing.follow_up}" if closing.follow_up else said
