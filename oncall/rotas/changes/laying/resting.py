"""Rest that is owed for a disturbed night, and who would be put on duty while it still runs.

One rule: being on call breaks no rest by itself; but nobody takes on more until they have had what they are owed, or a
lead has settled it.
"""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.people.models import Practitioner, Team
from oncall.rotas.rest.models import RestOwed
from rota.checks.findings import Finding, Kind, clock
from rota.patterns import Override


def rest_cut_short(session: Session, team: Team, added: Sequence[Override]) -> Iterator[Finding]:
    """Where somebody would newly hold a tier within rest they are owed."""
    zone = ZoneInfo(team.time_zone)
    owed = select(RestOwed.last_ended_at, RestOwed.rested_at).join(
        Practitioner, Practitioner.id == RestOwed.practitioner_id
    )
    for one in added:
        running = owed.where(
            RestOwed.team_id == team.id,
            Practitioner.slug == one.person,
            RestOwed.settled_at.is_(None),
            RestOwed.last_ended_at < one.end,
            RestOwed.rested_at > one.start,
        )
        for ended_at, rested_at in session.execute(running.order_by(RestOwed.night)):
            detail = (
                f"{one.person} is owed rest until {clock(rested_at, zone)}, "
                f"after a night whose last call ended {clock(ended_at, zone)}, and would hold {one.tier} in it."
            )
            start, end = max(one.start, ended_at), min(one.end, rested_at)
            yield Finding(Kind.DAILY_REST, one.tier, one.person, start, end, detail)
