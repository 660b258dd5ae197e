"""How long a 7-day `show` and a 52-week `check` take on a rota with a long past: of a value, and through a database.

Run with `python -m benchmarks.check`; needs the PostgreSQL of the test extra for its column, and prints two tables.
"""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from benchmarks.past import NOW, table
from oncall.people.teamfile import TeamFile
from oncall.rotas import answers
from oncall.rotas.checking.gathering import check_team, question_of
from oncall.rotas.written import rota_of
from rota import resolve
from rota.checks.check import check

WEEK = NOW + timedelta(weeks=1)
YEAR = NOW + timedelta(weeks=52)


def main() -> None:
    """Prints the medians, in milliseconds."""
    table(
        "show, 7 days",
        _shown,
        lambda session, team: answers.show(session, team, start=NOW, end=WEEK),
        times=200,
    )
    table(
        "check, 52 weeks",
        _checked,
        lambda session, team: check_team(session, team, start=NOW, end=YEAR),
        times=20,
    )


def _shown(file: TeamFile) -> Callable[[], object]:
    rota = rota_of(file.rota, zone=ZoneInfo(file.team.time_zone))
    return lambda: resolve.show(rota, NOW, WEEK)


def _checked(file: TeamFile) -> Callable[[], object]:
    rota = rota_of(file.rota, zone=ZoneInfo(file.team.time_zone))
    return lambda: check(question_of(file, rota, start=NOW, end=YEAR))


if __name__ == "__main__":
    main()
