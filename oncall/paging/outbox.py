"""What must leave the house, as rows written in the transaction that decided it; the sender does the rest.

Writing a row announces it, so that it leaves as soon as the transaction is committed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.db.database import announce
from oncall.incidents.models import Incident
from oncall.paging.models import Outgoing
from oncall.people.models import Practitioner

OUTBOX = "outbox"
VALID_FOR = timedelta(hours=1)
BESIDE_A_RING = -4
"""The step of a page by text beside a ring, while the caller waits on the line and escalation stands still."""


class Kind(StrEnum):
    """What an outbox row is for."""

    PAGE_TEXT = "page_text"
    PAGE_CALL = "page_call"
    STAFF_ANSWER = "staff_answer"
    HOLDER_RELAY = "holder_relay"
    LEAD_NOTICE = "lead_notice"
    ROTA_NOTICE = "rota_notice"
    SHIFT_NOTICE = "shift_notice"
    TEST_CALL = "test_call"
    TASK_NOTICE = "task_notice"
    CALLER_ANSWER = "caller_answer"
    CALLER_RELAY = "caller_relay"
    HANG_UP = "hang_up"
    MEDIA = "media"
    RING = "ring"
    DIAL_CALLER = "dial_caller"
    MOVE = "move"
    ANNOUNCE = "announce"
    RECORDING = "recording"
    DELETE_RECORDING = "delete_recording"


class Way(StrEnum):
    """How a row leaves; each way has its sender."""

    TEXT = "text"
    CALL = "call"
    HANG_UP = "hang_up"
    FETCH = "fetch"
    MOVE = "move"
    ANNOUNCE = "announce"
    DELETE = "delete"


class Priority(IntEnum):
    """Lower leaves first: first pages of new incidents before everything else."""

    FIRST_PAGE = 0
    PAGE = 1
    RELAY = 2
    ANSWER = 3
    NOTICE = 4
    LATER = 5


PAGES = (Kind.PAGE_TEXT, Kind.PAGE_CALL)
WAYS = {
    Kind.PAGE_TEXT: (Way.TEXT, Priority.PAGE),
    Kind.PAGE_CALL: (Way.CALL, Priority.PAGE),
    Kind.STAFF_ANSWER: (Way.TEXT, Priority.ANSWER),
    Kind.HOLDER_RELAY: (Way.TEXT, Priority.RELAY),
    Kind.LEAD_NOTICE: (Way.TEXT, Priority.NOTICE),
    Kind.ROTA_NOTICE: (Way.TEXT, Priority.NOTICE),
    Kind.SHIFT_NOTICE: (Way.TEXT, Priority.NOTICE),
    Kind.TEST_CALL: (Way.CALL, Priority.NOTICE),
    Kind.TASK_NOTICE: (Way.TEXT, Priority.NOTICE),
    Kind.CALLER_ANSWER: (Way.TEXT, Priority.ANSWER),
    Kind.CALLER_RELAY: (Way.TEXT, Priority.RELAY),
    Kind.HANG_UP: (Way.HANG_UP, Priority.PAGE),
    Kind.MEDIA: (Way.FETCH, Priority.LATER),
    Kind.RING: (Way.CALL, Priority.FIRST_PAGE),
    Kind.DIAL_CALLER: (Way.CALL, Priority.FIRST_PAGE),
    Kind.MOVE: (Way.MOVE, Priority.FIRST_PAGE),
    Kind.ANNOUNCE: (Way.ANNOUNCE, Priority.FIRST_PAGE),
    Kind.RECORDING: (Way.FETCH, Priority.LATER),
    Kind.DELETE_RECORDING: (Way.DELETE, Priority.LATER),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """The escalation's step and round a page belongs to, and how long it is worth sending."""

    step: int
    round: int
    valid_for: timedelta
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class About:
    """Whom and what a row concerns; `after` is a row that must have left before this one."""

    team_id: UUID
    incident: Incident | None = None
    practitioner: Practitioner | None = None
    place: Place | None = None
    media_id: UUID | None = None
    after: Outgoing | None = None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What to send: `to` is a number, the SID of a call or recording, or an address to fetch.

    The body of a move is the path the call goes to, of an announcement the SID of the conference and a path.
    """

    kind: Kind
    to: str
    body: str = ""


def ask(session: Session, letter: Letter, about: About, *, at: datetime) -> Outgoing:
    """Writes the row and announces it."""
    way, priority = WAYS[letter.kind]
    place = about.place
    row = Outgoing(
        team_id=about.team_id,
        incident_id=about.incident.id if about.incident else None,
        practitioner_id=about.practitioner.id if about.practitioner else None,
        media_id=about.media_id,
        after_id=about.after.id if about.after else None,
        kind=letter.kind.value,
        channel=way.value,
        priority=int(Priority.FIRST_PAGE if place and place.is_first else priority),
        step=place.step if place else None,
        round=place.round if place else None,
        to=letter.to,
        body=letter.body,
        valid_for_s=int((place.valid_for if place else VALID_FOR).total_seconds()),
        created_at=at,
        due_at=at,
    )
    session.add(row)
    announce(session, OUTBOX)
    return row


def ask_again(session: Session, row: Outgoing, *, after: timedelta, at: datetime) -> Outgoing:
    """The same once more in a row of its own, so that late news of the first is not taken for news of the second."""
    kept = ("team_id", "incident_id", "practitioner_id", "kind", "channel", "priority", "to", "body", "valid_for_s")
    again = Outgoing(**{name: getattr(row, name) for name in kept}, created_at=at, due_at=at + after)
    again.error_code = row.error_code
    session.add(again)
    return again


def pages_of(session: Session, incident_id: UUID, *, practitioner_id: UUID | None = None) -> Sequence[Outgoing]:
    """The pages written for an incident (for one practitioner), oldest first; dropped ones are left out."""
    wanted = select(Outgoing).where(
        Outgoing.incident_id == incident_id, Outgoing.kind.in_(PAGES), Outgoing.state != "cancelled"
    )
    if practitioner_id is not None:
        wanted = wanted.where(Outgoing.practitioner_id == practitioner_id)
    return session.scalars(wanted.order_by(Outgoing.created_at, Outgoing.id)).all()


def drop_pages(
    session: Session, incident: Incident, *, at: datetime, of: UUID | None = None, but: tuple[int, int] | None = None
) -> None:
    """Drops pages that have not left: one practitioner's or all, but not those of step and round `but`."""
    unwanted = update(Outgoing).where(
        Outgoing.incident_id == incident.id, Outgoing.kind.in_(PAGES), Outgoing.state == "waiting"
    )
    if of is not None:
        unwanted = unwanted.where(Outgoing.practitioner_id == of)
    if but is not None:
        unwanted = unwanted.where((Outgoing.step != but[0]) | (Outgoing.round != but[1]))
    changed(session, unwanted.values(state="cancelled", settled_at=at))


def hang_up_pages(session: Session, incident: Incident, *, at: datetime, of: UUID | None = None) -> None:
    """Asks for the page calls that ring, or are about to, to be hung up; one that was answered goes on."""
    for page in pages_of(session, incident.id, practitioner_id=of):
        if page.kind == Kind.PAGE_CALL and page.sid and page.settled_at is None and not was_answered(page):
            letter = Letter(kind=Kind.HANG_UP, to=page.sid)
            ask(session, letter, About(team_id=incident.team_id, incident=incident), at=at)


def was_answered(page: Outgoing) -> bool:
    """Whether somebody, or a machine, has answered this page call."""
    return page.provider_status in {"in-progress", "answered", "completed"}
