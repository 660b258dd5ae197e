"""Who is where now, for the policy: the rota's answer, leave, opted-out and dead numbers, calls going on."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from oncall.incidents.models import Incident
from oncall.incidents.restricting import is_kept_from
from oncall.paging.models import Engaged, Outgoing
from oncall.paging.outbox import Way
from oncall.paging.policy import Cover, Reach
from oncall.people.directory import directory_of
from oncall.people.models import LEAD_ROLES, Practitioner, Team
from oncall.people.reach import is_reachable_by_call, is_reachable_by_text
from oncall.rotas.live import live

LONGEST_CALL = timedelta(hours=4)
"""As long as the network lets two talk; a call whose end was never heard of no longer counts as going on after this."""


def cover(session: Session, team: Team, *, at: datetime, incident: Incident | None = None) -> Cover:
    """Each tier's person, the leads, and the holder of an incident, with how each can be reached at `at`.

    Whom the incident is kept from is nowhere: their tier is as if nobody were on it.
    """
    holder_id = incident.holder_id if incident else None
    directory = directory_of(session, team_id=team.id)
    rota = live(session, directory, at=at)
    on_duty = {tier: holding.person if holding else None for tier, holding in rota.who(at).items()}
    away, wanted = rota.away(at), set(on_duty.values())
    concerned = [p for p in directory.practitioners if p.slug in wanted or p.id == holder_id or _is_lead(p)]
    concerned = [p for p in concerned if incident is None or not is_kept_from(incident, p)]
    talking = on_a_call(session, [person.id for person in concerned], at=at)
    reaches = {p.slug: reach(p, is_away=p.slug in away, is_talking=p.id in talking) for p in concerned}
    return Cover(
        tiers={tier: reaches.get(person or "") for tier, person in on_duty.items()},
        leads=tuple(reaches[p.slug] for p in concerned if _is_lead(p)),
        holder=next((reaches[p.slug] for p in concerned if p.id == holder_id), None),
    )


def _is_lead(practitioner: Practitioner) -> bool:
    return practitioner.role in LEAD_ROLES and practitioner.is_active


def reach(practitioner: Practitioner, *, is_away: bool, is_talking: bool) -> Reach:
    """How one practitioner can be reached. Who has left the team is not reached at all."""
    return Reach(
        str(practitioner.id),
        by_text=is_reachable_by_text(practitioner),
        by_call=is_reachable_by_call(practitioner),
        on_leave=is_away,
        on_call_with_us=is_talking,
    )


def on_a_call(session: Session, people: Collection[UUID], *, at: datetime) -> set[UUID]:
    """Who of these is on a call of ours, for any team that has their mobile: one they answered, or one they placed."""
    found = session.connection().execute(_TALKING, {"people": people, "since": at - LONGEST_CALL})
    rang_in = session.connection().execute(_RANG_IN, {"people": people, "since": at - LONGEST_CALL})
    return {*found.scalars(), *rang_in.scalars()}


_PERSON, _HERE = Practitioner.__table__.alias("person").c, Practitioner.__table__.alias("here").c
_IS_ASKED_AFTER = (_PERSON.id.in_(bindparam("people", expanding=True)), _HERE.mobile_index == _PERSON.mobile_index)
_OUTBOX = Outgoing.__table__.c
_TALKING = select(_PERSON.id).where(
    *_IS_ASKED_AFTER,
    _OUTBOX.practitioner_id == _HERE.id,
    _OUTBOX.channel == Way.CALL.value,
    _OUTBOX.provider_status.in_(("in-progress", "answered")),
    _OUTBOX.settled_at.is_(None),
    _OUTBOX.sent_at > bindparam("since"),
)
_ENGAGED = Engaged.__table__.c
_RANG_IN = select(_PERSON.id).where(
    *_IS_ASKED_AFTER,
    _ENGAGED.practitioner_id == _HERE.id,
    _ENGAGED.ended_at.is_(None),
    _ENGAGED.since_at > bindparam("since"),
)
