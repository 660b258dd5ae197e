"""The check of the rota: whether somebody holds every tier of every team for the next fortnight."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.cli.doctor.findings import Finding, fine, wrong
from oncall.people.models import Team
from oncall.rotas import answers
from oncall.rotas.wording import gap_warnings

LOOKED_AHEAD = timedelta(days=14)


def cover(session: Session, team: Team, *, at: datetime) -> Iterator[Finding]:
    """Each tier that nobody holds for some minutes."""
    about = f"{team.slug}'s rota"
    shown = answers.show(session, team, start=at, end=at + LOOKED_AHEAD)
    if not shown:
        yield wrong(about, "has no tier at all; the team's file should have one")
        return
    gaps = gap_warnings(shown, zone=ZoneInfo(team.time_zone))
    yield from (wrong(f"{about}, {gap.path.rpartition('.')[2]}", f"{gap.wrong}; {gap.right}") for gap in gaps)
    if not gaps:
        yield fine(about, f"every tier is held for the next {LOOKED_AHEAD.days} days")
