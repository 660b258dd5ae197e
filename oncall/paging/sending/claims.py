"""Claims outbox rows for a while, and gives what is needed to send them once no session is open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Integer, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from oncall.db.claims import skip_locked
from oncall.db.tables import UTCDateTime
from oncall.paging.alarms import raise_alarm
from oncall.paging.escalation import is_wanted, lock_around
from oncall.paging.models import DUE, Outgoing
from oncall.paging.outbox import PAGES, Kind, Way
from oncall.people.models import Team

LEASE_FOR = timedelta(seconds=45)
"""Longer than any send may take with its time-outs; a lease that lapses belonged to a process that died."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One row to send now."""

    row_id: UUID
    token: UUID
    kind: Kind
    way: Way
    to: str
    sender: str
    body: str
    valid_for: timedelta
    created_at: datetime
    attempts: int
    sid: str | None
    may_have_been_sent: bool
    is_wanted: bool
    is_too_late: bool
    media_id: UUID | None


def claim(session: Session, *, at: datetime, limit: int) -> list[Job]:
    """Claims up to `limit` rows that are due, most pressing first; a lapsed lease may be claimed again."""
    rows = session.scalars(_DUE, {"at": at, "limit": limit}).all()
    token = uuid4()
    jobs = []
    for row in rows:
        if row.state == "claimed":
            row.unknown_at = row.unknown_at or at
        row.state, row.lease_token, row.lease_until_at = "claimed", token, at + LEASE_FOR
        row.attempts += 1
        try:
            job = _job(session, row, token, at=at)
        except Exception as error:  # one bad row never stops the sender
            set_aside(session, row, at=at, error=type(error).__name__)
            continue
        if job.is_wanted or job.may_have_been_sent:
            jobs.append(job)
        else:
            drop(row, at=at)
    session.flush()
    return jobs


def drop(row: Outgoing, *, at: datetime) -> None:
    """Lets go of a row that is not wanted any more."""
    row.state, row.settled_at, row.lease_token, row.lease_until_at = "cancelled", at, None, None


def mine(session: Session, job: Job) -> Outgoing | None:
    """The job's row, held until the transaction ends, if it is still this job's to settle."""
    lock_around(session, job.row_id)
    wanted = select(Outgoing).where(
        Outgoing.id == job.row_id, Outgoing.state == "claimed", Outgoing.lease_token == job.token
    )
    return session.scalars(wanted.with_for_update()).first()


def set_aside(session: Session, row: Outgoing, *, at: datetime, error: str) -> None:
    """Sets aside a row that could not be handled, and raises an alarm; the others go on."""
    row.state, row.settled_at, row.error, row.lease_token = "aside", at, error, None
    detail = f"An outbox row of kind {row.kind} could not be handled: {error}."
    raise_alarm(session, "row_set_aside", subject=str(row.id), at=at, detail=detail, team_id=row.team_id)


def _due() -> Select[Outgoing]:
    before, at = aliased(Outgoing), bindparam("at", type_=UTCDateTime)
    still_first = exists(select(before.id).where(before.id == Outgoing.after_id, before.state.in_(DUE)))
    waiting = (Outgoing.state == "waiting") & (Outgoing.due_at <= at)
    lapsed = (Outgoing.state == "claimed") & (Outgoing.lease_until_at <= at)
    due = select(Outgoing).where(Outgoing.state.in_(DUE), or_(waiting, lapsed))
    due = due.where(or_(Outgoing.after_id.is_(None), ~still_first))
    due = due.order_by(Outgoing.priority, Outgoing.due_at, Outgoing.id)
    return skip_locked(due.limit(bindparam("limit", type_=Integer)))


_DUE = _due()


def _job(session: Session, row: Outgoing, token: UUID, *, at: datetime) -> Job:
    team = session.get_one(Team, row.team_id)
    return Job(
        row_id=row.id,
        token=token,
        kind=Kind(row.kind),
        way=Way(row.channel),
        to=row.to,
        sender=team.number,
        body=row.body,
        valid_for=timedelta(seconds=row.valid_for_s),
        created_at=row.created_at,
        attempts=row.attempts,
        sid=row.sid,
        may_have_been_sent=row.unknown_at is not None,
        is_wanted=row.kind not in PAGES or is_wanted(session, row),
        is_too_late=at > row.created_at + timedelta(seconds=row.valid_for_s),
        media_id=row.media_id,
    )
