"""Gathers what a team's people worked: calls from the outbox and of those who rang in, deeds from the record.

One rule: times and names only; nothing sealed is opened. What counts as work is left to `oncall.rotas.rest.working`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.incidents.models import TimelineEntry
from oncall.paging.cover import LONGEST_CALL
from oncall.paging.models import Engaged, Outgoing
from oncall.paging.outbox import PAGES, Kind, Way
from oncall.people.models import Team
from oncall.rotas import queries
from oncall.rotas.rest.working import PAUSES_FOR, Contact, WorkedSpell, spells_of

LOOKS_BACK_FOR = timedelta(weeks=53)
"""Weekly hours are averaged over up to a year."""
NOTHING_BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
DEEDS = (
    "acknowledged",
    "promised",
    "passed_on",
    "read",
    "guidance",
    "played",
    "relayed",
    "contacted",
    "rings_back",
    "brings_in",
    "left",
)
"""What a person does for a caller while it goes on; notes and closing may be written days later."""
ANSWERED = ("in-progress", "answered", "completed")


def worked_before(session: Session, team: Team, *, at: datetime) -> list[WorkedSpell]:
    """All that any rule of rest may still weigh at an instant."""
    return worked_between(session, team, start=at - LOOKS_BACK_FOR, end=at, at=at)


def worked_for_check(
    session: Session, team: Team, *, start: datetime, end: datetime, at: datetime
) -> list[WorkedSpell]:
    """What a check of `[start, end)` weighs; nothing was worked before there was a service."""
    since = max(start, NOTHING_BEFORE + LOOKS_BACK_FOR) - LOOKS_BACK_FOR
    return worked_between(session, team, start=since, end=end, at=at)


def worked_between(session: Session, team: Team, *, start: datetime, end: datetime, at: datetime) -> list[WorkedSpell]:
    """What each person, by slug, worked in or around `[start, end)`, as far as it is on record at `at`."""
    slugs = queries.slugs(session, team_id=team.id)
    since, until = start - PAUSES_FOR, min(end, at)
    calls = [*_placed(session, team, slugs, since, until, at), *_rang_in(session, team, slugs, since, until, at)]
    return spells_of(calls, _contacts(session, team, slugs, since, until))


def _placed(
    session: Session, team: Team, slugs: dict[UUID, str], since: datetime, until: datetime, at: datetime
) -> Iterator[WorkedSpell]:
    """Calls we placed and somebody answered; one whose end was never heard of lasted no longer than can be."""
    found = select(Outgoing.practitioner_id, Outgoing.sent_at, Outgoing.settled_at).where(
        Outgoing.team_id == team.id,
        Outgoing.channel == Way.CALL.value,
        Outgoing.kind.in_((Kind.PAGE_CALL, Kind.RING)),
        Outgoing.provider_status.in_(ANSWERED),
        Outgoing.sent_at >= since,
        Outgoing.sent_at < until,
    )
    for person, began, ended in session.execute(found):
        if person is not None and began is not None:
            yield WorkedSpell(slugs[person], began, ended or min(at, began + LONGEST_CALL))


def _rang_in(
    session: Session, team: Team, slugs: dict[UUID, str], since: datetime, until: datetime, at: datetime
) -> Iterator[WorkedSpell]:
    found = select(Engaged.practitioner_id, Engaged.since_at, Engaged.ended_at).where(
        Engaged.team_id == team.id, Engaged.since_at >= since, Engaged.since_at < until
    )
    for person, began, ended in session.execute(found):
        yield WorkedSpell(slugs[person], began, ended or min(at, began + LONGEST_CALL))


def _contacts(
    session: Session, team: Team, slugs: dict[UUID, str], since: datetime, until: datetime
) -> Iterator[Contact]:
    """Each person's deeds about each incident, with the pages that led to them."""
    line = TimelineEntry
    done = select(line.incident_id, line.by, line.at).where(
        line.team_id == team.id, line.kind.in_(DEEDS), line.at >= since, line.at < until
    )
    deeds: dict[tuple[UUID, str], list[datetime]] = {}
    for incident, by, when in session.execute(done):
        deeds.setdefault((incident, by), []).append(when)
    paged = select(Outgoing.incident_id, Outgoing.practitioner_id, Outgoing.sent_at).where(
        Outgoing.incident_id.in_({incident for incident, _ in deeds}),
        Outgoing.kind.in_((*PAGES, Kind.RING)),
    )
    rings: dict[tuple[UUID, str], list[datetime]] = {}
    for paged_for, person, rang_at in session.execute(paged):
        if paged_for is not None and person is not None and rang_at is not None:
            rings.setdefault((paged_for, slugs[person]), []).append(rang_at)
    people = set(slugs.values())
    for key, times in deeds.items():
        if key[1] in people:  # what the service did itself is nobody's work
            yield Contact(key[1], tuple(times), tuple(rings.get(key, ())))
