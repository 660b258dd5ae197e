"""What a handover holds: every incident of its period and all that was still open, by young person and contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from oncall.handover.period import Period
from oncall.incidents.flags.policy import standing
from oncall.incidents.models import FlagEntry, Incident, TimelineEntry
from oncall.incidents.tasks.models import OPEN, Task
from oncall.incidents.tasks.queries import standing_at, was_open
from oncall.people.models import Contact, Practitioner, Team, YoungPerson
from oncall.people.queries import young_people
from oncall.rotas.rest.listing import proposal
from oncall.rotas.rest.models import RestOwed
from oncall.rotas.rest.owing import owed

T = TypeVar("T", Contact, YoungPerson)
TOLD = ("received", "relayed", "note", "contacted")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the record that the meeting reads."""

    at: datetime
    kind: str
    by: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A task as it stood; `state` is open, done or dropped."""

    flag: str
    title: str
    state: str
    due_at: datetime
    settled_at: datetime | None
    reference: str | None
    why: str | None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One incident as it stood when the handover was cut off."""

    ref: str
    is_open: bool
    is_carried_over: bool
    status: str
    severity: str
    channel: str
    opened_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    contacted_at: datetime | None
    closed_at: datetime | None
    flags: tuple[tuple[str, str], ...]
    outcome: str | None
    guidance: str | None
    follow_up: str | None
    lines: tuple[Line, ...]
    tasks: tuple[Asked, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """What came about one young person from one contact; either may be unknown."""

    young_person: YoungPerson | None
    contact: Contact | None
    items: tuple[Item, ...]

    @property
    def is_open(self) -> bool:
        return any(item.is_open for item in self.items)


@dataclass(frozen=True, kw_only=True)
class Handover:
    """A team's handover, as of `cut_off_at`. `quiet` are young people of whom nothing was reported, `withheld`
    the refs of incidents that are for leads only: the meeting hears that there are some, and no more.
    """

    team: Team
    period: Period
    cut_off_at: datetime
    groups: tuple[Group, ...]
    quiet: tuple[YoungPerson, ...]
    withheld: tuple[str, ...]
    rest_owed: tuple[str, ...]

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]


def gather(session: Session, team: Team, period: Period, *, at: datetime) -> Handover:
    """The team's handover of a period, or of as much of it as has passed at `at`."""
    cut_off_at = min(at, period.until)
    concerned = session.scalars(_concerned(team, period, cut_off_at)).all()
    found = [incident for incident in concerned if incident.restricted is None]
    contacts = _by_id(session, Contact, {i.contact_id for i in found})
    children = _by_id(session, YoungPerson, {i.young_person_id for i in found})
    grouped: dict[tuple[UUID | None, UUID | None, str], list[Item]] = {}
    for incident in found:
        caller = "" if incident.contact_id else incident.phone_index or incident.id.hex
        key = (incident.young_person_id, incident.contact_id, caller)
        grouped.setdefault(key, []).append(_item(session, incident, period, cut_off_at))
    groups = [
        Group(
            young_person=children.get(child) if child else None,
            contact=contacts.get(contact) if contact else None,
            items=tuple(sorted(items, key=lambda item: (not item.is_open, item.opened_at))),
        )
        for (child, contact, _), items in grouped.items()
    ]
    quiet = [child for child in young_people(session, team=team) if child.id not in children]
    return Handover(
        team=team,
        period=period,
        cut_off_at=cut_off_at,
        groups=tuple(sorted(groups, key=lambda group: (not group.is_open, group.items[0].opened_at))),
        quiet=tuple(quiet),
        rest_owed=tuple(proposal(session, team, row) for row in _unsettled(session, team, cut_off_at)),
        withheld=tuple(incident.ref for incident in concerned if incident.restricted is not None),
    )


def _unsettled(session: Session, team: Team, at: datetime) -> list[RestOwed]:
    """Rest that is owed and that no lead has settled."""
    found = owed(session, team, since=at.date(), is_open_only=True)
    return [row for row in found if row.created_at <= at]


def _concerned(team: Team, period: Period, cut_off_at: datetime) -> Select[Incident]:
    received = select(TimelineEntry.incident_id).where(
        TimelineEntry.team_id == team.id,
        TimelineEntry.kind == "received",
        TimelineEntry.at > period.since,
        TimelineEntry.at <= cut_off_at,
    )
    opened = and_(Incident.opened_at > period.since, Incident.opened_at <= cut_off_at)
    carried = and_(
        Incident.opened_at <= period.since, or_(Incident.closed_at.is_(None), Incident.closed_at > period.since)
    )
    asked = select(Task.incident_id).where(Task.team_id == team.id, was_open(cut_off_at))
    concerned = or_(opened, carried, Incident.id.in_(received), Incident.id.in_(asked))
    return select(Incident).where(Incident.team_id == team.id, concerned).order_by(Incident.opened_at, Incident.id)


def _by_id(session: Session, table: type[T], ids: set[UUID | None]) -> dict[UUID, T]:
    return {row.id: row for row in session.scalars(select(table).where(table.id.in_({i for i in ids if i})))}


def _item(session: Session, incident: Incident, period: Period, cut_off_at: datetime) -> Item:
    is_closed = incident.closed_at is not None and incident.closed_at <= cut_off_at
    holder = session.get(Practitioner, incident.holder_id) if incident.holder_id else None
    return Item(
        ref=incident.ref,
        is_open=not is_closed,
        is_carried_over=incident.opened_at <= period.since,
        status=_status(incident, cut_off_at),
        severity=incident.severity,
        channel=incident.channel,
        opened_at=incident.opened_at,
        acknowledged_at=_by(incident.acknowledged_at, cut_off_at),
        acknowledged_by=holder.name if holder and _by(incident.acknowledged_at, cut_off_at) else None,
        contacted_at=_by(incident.contacted_at, cut_off_at),
        closed_at=_by(incident.closed_at, cut_off_at),
        flags=_flags(session, incident, cut_off_at),
        outcome=incident.outcome if is_closed else None,
        guidance=incident.guidance if is_closed else None,
        follow_up=incident.follow_up if is_closed else None,
        lines=_lines(session, incident, cut_off_at),
        tasks=_tasks(session, incident, cut_off_at),
    )


def _status(incident: Incident, cut_off_at: datetime) -> str:
    if _by(incident.closed_at, cut_off_at):
        return "closed"
    return "acknowledged" if _by(incident.acknowledged_at, cut_off_at) else "open"


def _by(at: datetime | None, cut_off_at: datetime) -> datetime | None:
    return at if at is not None and at <= cut_off_at else None


def _flags(session: Session, incident: Incident, cut_off_at: datetime) -> tuple[tuple[str, str], ...]:
    entries = select(FlagEntry).where(FlagEntry.incident_id == incident.id, FlagEntry.at <= cut_off_at)
    stands = standing(session.scalars(entries.order_by(FlagEntry.at, FlagEntry.id)))
    return tuple((flag, entry.state) for flag, entry in stands.items())


def _tasks(session: Session, incident: Incident, cut_off_at: datetime) -> tuple[Asked, ...]:
    return tuple(_asked(task, cut_off_at) for task in standing_at(session, incident_id=incident.id, at=cut_off_at))


def _asked(task: Task, cut_off_at: datetime) -> Asked:
    is_settled = task.settled_at is not None and task.settled_at <= cut_off_at
    return Asked(
        flag=task.flag,
        title=task.asked["title"]["en"],
        state=task.state if is_settled else OPEN,
        due_at=task.due_at,
        settled_at=task.settled_at if is_settled else None,
        reference=task.reference if is_settled or task.last_done_at else None,
        why=task.why if is_settled else None,
    )


def _lines(session: Session, incident: Incident, cut_off_at: datetime) -> tuple[Line, ...]:
    told = select(TimelineEntry).where(
        TimelineEntry.incident_id == incident.id, TimelineEntry.kind.in_(TOLD), TimelineEntry.at <= cut_off_at
    )
    found: Sequence[TimelineEntry] = session.scalars(told.order_by(TimelineEntry.at, TimelineEntry.id)).all()
    return tuple(Line(at=one.at, kind=one.kind, by=one.by, detail=one.detail) for one in found)
