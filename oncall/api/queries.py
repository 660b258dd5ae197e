"""Incidents as the API shows them: everything about many of them in a fixed number of look-ups, each of one team."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.api.access import MAY_SEE_RESTRICTED
from oncall.api.tasks.showing import tasks_around
from oncall.api.wire.risk import FlagSaidOut, TaskOut
from oncall.api.wire.schemas import ContactOut, FlagOut, IncidentOut, LineOut
from oncall.errors import Unusable
from oncall.incidents.flags.policy import standing
from oncall.incidents.models import FlagEntry, Incident, TimelineEntry
from oncall.incidents.queries import NoSuchIncident, by_ref
from oncall.incidents.refs import is_ref
from oncall.incidents.restricting import Withheld
from oncall.people.models import Contact, Practitioner, Team, YoungPerson


class NoSuchPerson(Unusable):
    """`person` is nobody who works in this team."""


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What stands round some incidents, by the ids of the incidents or of the rows they name."""

    contacts: dict[UUID, ContactOut]
    practitioners: dict[UUID, str]
    young_people: dict[UUID, str]
    refs: dict[UUID, str]
    flags: dict[UUID, list[FlagEntry]]
    tasks: dict[UUID, list[TaskOut]]
    lines: dict[UUID, list[LineOut]]


def practitioner(session: Session, team: Team, *, slug: str) -> Practitioner:
    """The practitioner of the team with that slug who still works there. Raises NoSuchPerson."""
    named = select(Practitioner).where(Practitioner.team_id == team.id, Practitioner.slug == slug)
    found = session.scalars(named.where(Practitioner.is_active)).one_or_none()
    if found is None:
        raise NoSuchPerson
    return found


def incident_named(session: Session, team: Team, ref: str) -> Incident:
    """The newest incident of the team with that ref. Raises NoSuchIncident, without a look-up if it is no ref."""
    if not is_ref(ref):
        raise NoSuchIncident
    found = by_ref(session, team_id=team.id, ref=ref)
    if found.restricted is not None and not session.info.get(MAY_SEE_RESTRICTED, True):
        raise Withheld
    return found


def shown(session: Session, team: Team, incidents: Sequence[Incident]) -> list[IncidentOut]:
    """The incidents, in the order given, each with its flags, tasks and timeline."""
    around = _around(session, team, incidents)
    return [_shown(incident, team, around) for incident in incidents]


def _shown(incident: Incident, team: Team, around: _Around) -> IncidentOut:
    plain = (
        "ref",
        "status",
        "channel",
        "severity",
        "opened_at",
        "acknowledged_at",
        "contacted_at",
        "closed_at",
        "phone",
    )
    return IncidentOut.model_validate(
        {
            **{name: getattr(incident, name) for name in plain},
            "team": team.slug,
            "acknowledged_by": incident.holder_id and around.practitioners[incident.holder_id],
            "follows": incident.follows_id and around.refs[incident.follows_id],
            "contact": incident.contact_id and around.contacts[incident.contact_id],
            "young_person": incident.young_person_id and around.young_people[incident.young_person_id],
            "flags": [_flag(one) for one in standing(around.flags[incident.id]).values()],
            "flag_history": [_said(one) for one in around.flags[incident.id]],
            "tasks": around.tasks[incident.id],
            "timeline": around.lines[incident.id],
        }
    )


def _around(session: Session, team: Team, incidents: Sequence[Incident]) -> _Around:
    ids = [incident.id for incident in incidents]
    return _Around(
        contacts=_contacts(session, team, {one.contact_id for one in incidents if one.contact_id}),
        practitioners=_words(
            session, team, Practitioner, Practitioner.slug, {one.holder_id for one in incidents if one.holder_id}
        ),
        young_people=_words(
            session,
            team,
            YoungPerson,
            YoungPerson.slug,
            {one.young_person_id for one in incidents if one.young_person_id},
        ),
        refs=_words(session, team, Incident, Incident.ref, {one.follows_id for one in incidents if one.follows_id}),
        flags=_flags(session, team, ids),
        tasks=tasks_around(session, team, ids),
        lines=_lines(session, team, ids),
    )


def _words(session: Session, team: Team, table: Any, word: Any, ids: Collection[UUID]) -> dict[UUID, str]:
    """One plain column of the rows with these ids."""
    if not ids:
        return {}
    found = session.execute(select(table.id, word).where(table.team_id == team.id, table.id.in_(ids)))
    return {row.id: row[1] for row in found}


def _contacts(session: Session, team: Team, ids: Collection[UUID]) -> dict[UUID, ContactOut]:
    if not ids:
        return {}
    found = session.scalars(select(Contact).where(Contact.team_id == team.id, Contact.id.in_(ids)))
    return {one.id: ContactOut(slug=one.slug, name=one.name, kind=one.kind) for one in found}


def _flags(session: Session, team: Team, ids: Collection[UUID]) -> dict[UUID, list[FlagEntry]]:
    """All that was said of flags, oldest first."""
    entries = select(FlagEntry).where(FlagEntry.team_id == team.id, FlagEntry.incident_id.in_(ids))
    of: dict[UUID, list[FlagEntry]] = defaultdict(list)
    for one in session.scalars(entries.order_by(FlagEntry.at, FlagEntry.id)):
        of[one.incident_id].append(one)
    return of


def _flag(entry: FlagEntry) -> FlagOut:
    return FlagOut.model_validate({"flag": entry.flag, "state": entry.state, "phrase": entry.phrase})


def _said(entry: FlagEntry) -> FlagSaidOut:
    names = ("flag", "state", "at", "by", "phrase", "why", "subject", "planned")
    return FlagSaidOut.model_validate({name: getattr(entry, name) for name in names})


def _lines(session: Session, team: Team, ids: Collection[UUID]) -> dict[UUID, list[LineOut]]:
    lines = select(TimelineEntry).where(TimelineEntry.team_id == team.id, TimelineEntry.incident_id.in_(ids))
    of: dict[UUID, list[LineOut]] = defaultdict(list)
    for one in session.scalars(lines.order_by(TimelineEntry.at, TimelineEntry.id)):
        of[one.incident_id].append(LineOut(at=one.at, kind=one.kind, by=one.by, detail=one.detail))
    return of
