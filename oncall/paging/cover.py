"""Who is where now, for the policy: the rota's answer, leave, opted-out and dead numbers, calls going on."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.paging.models import Engaged, Outgoing
from oncall.paging.outbox import Way
from oncall.paging.policy import Cover, Reach
from oncall.people.models import LEAD_ROLES, Practitioner, Team
from oncall.rotas.answers import who
from oncall.rotas.queries import on_leave

LONGEST_CALL = timedelta(minutes=30)
"""After this a page call whose end was never heard of no longer counts as going on."""


def cover(session: Session, team: Team, *, at: datetime, holder_id: UUID | None) -> Cover:
    """Each tier's person, the leads, and the holder, with how each can be reached at `at`."""
    on_duty = {tier: holding.person if holding else None for tier, holding in who(session, team, at=at).items()}
    away = on_leave(session, team_id=team.id, at=at)
    people = session.scalars(select(Practitioner).where(Practitioner.team_id == team.id)).all()
    wanted = {person for person in on_duty.values() if person}
    concerned = [p for p in people if p.slug in wanted or p.id == holder_id or (p.role in LEAD_ROLES and p.is_active)]
    talking = on_a_call(session, [person.id for person in concerned], at=at)
    reaches = {p.slug: reach(p, is_away=p.slug in away, is_talking=p.id in talking) for p in concerned}
    leads = sorted((p for p in concerned if p.role in LEAD_ROLES and p.is_active), key=lambda p: p.position)
    return Cover(
        tiers={tier: reaches.get(person) if person else None for tier, person in on_duty.items()},
        leads=tuple(reaches[p.slug] for p in leads),
        holder=next((reaches[p.slug] for p in concerned if p.id == holder_id), None),
    )


def reach(practitioner: Practitioner, *, is_away: bool, is_talking: bool) -> Reach:
    """How one practitioner can be reached. Who has left the team is not reached at all."""
    has_number = practitioner.is_active and practitioner.mobile is not None and practitioner.number_dead_at is None
    return Reach(
        str(practitioner.id),
        by_text=has_number and practitioner.opted_out_at is None,
        by_call=has_number,
        on_leave=is_away,
        on_call_with_us=is_talking,
    )


def on_a_call(session: Session, people: Collection[UUID], *, at: datetime) -> set[UUID]:
    """Who of these is on a call of ours: one we placed and they answered, or one they placed."""
    live = select(Outgoing.practitioner_id).where(
        Outgoing.practitioner_id.in_(people),
        Outgoing.channel == Way.CALL,
        Outgoing.provider_status.in_(("in-progress", "answered")),
        Outgoing.settled_at.is_(None),
        Outgoing.sent_at > at - LONGEST_CALL,
    )
    rang_in = select(Engaged.practitioner_id).where(
        Engaged.practitioner_id.in_(people), Engaged.ended_at.is_(None), Engaged.since_at > at - LONGEST_CALL
    )
    return {person for person in session.scalars(live) if person} | set(session.scalars(rang_in))
