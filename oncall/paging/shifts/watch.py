"""All that is watched of a team's shifts, by the clock: one team's trouble never keeps another's from being seen to."""

from collections.abc import Callable

import structlog
from sqlalchemy.orm import Session

from oncall.clock import Clock
from oncall.db.database import Database
from oncall.paging.alarms import raise_alarm
from oncall.paging.shifts.confidence.asking import see_to_questions
from oncall.paging.shifts.confidence.handing_over import see_to_handovers
from oncall.paging.shifts.confidence.moving import see_to_moves
from oncall.paging.shifts.confidence.testing import see_to_tests
from oncall.paging.shifts.confidence.warning import see_to_gaps
from oncall.paging.shifts.resting import see_to_rest
from oncall.people.models import Team
from oncall.people.queries import teams

log = structlog.get_logger()
WATCHES: tuple[Callable[..., None], ...] = (
    see_to_handovers,
    see_to_tests,
    see_to_rest,
    see_to_questions,
    see_to_gaps,
    see_to_moves,
)


def watch(database: Database, clock: Clock) -> None:
    """Looks after every team's shifts; each watch is a transaction of its own."""
    with database.reading() as session:
        ids = [team.id for team in teams(session)]
    for team_id in ids:
        for see_to in WATCHES:
            try:
                with database.transaction() as session:
                    see_to(session, session.get_one(Team, team_id), at=clock.now())
            except Exception as error:  # the others are seen to all the same
                log.error("watch_failed", team=str(team_id), watch=see_to.__name__, error=type(error).__name__)
                with database.transaction() as session:
                    _alarm(session, see_to.__name__, team_id=team_id, clock=clock)


def _alarm(session: Session, name: str, *, team_id: object, clock: Clock) -> None:
    detail = "Something about a team's shifts could not be seen to. It is tried again."
    raise_alarm(session, "watch_failed", subject=f"{team_id}:{name}", at=clock.now(), detail=detail)
