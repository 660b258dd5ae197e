"""How long the rota's questions take with a long past: `who`, a 7-day `show`, a 52-week `check`, a calendar.

Run with `python -m benchmarks.rota`; it prints one table, in milliseconds, with how many times longer
recurring-ical-events takes in the same run to expand the same rota over the same span. For the check, which does far
more than expand, that is told as it is. Needs the PostgreSQL of the test extra for its column.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from benchmarks.feed import COVERS, expanded, read_anew, read_often
from benchmarks.past import NOW, PAST, databases, example, median_of, store
from oncall.db.database import Database
from oncall.people.models import Team
from oncall.rotas import answers
from oncall.rotas.checking.gathering import check_team

WEEK = NOW + timedelta(weeks=1)
YEAR = NOW + timedelta(weeks=52)
SECOND = timedelta(seconds=1)

Took = Callable[[Database, Team, int], float]


def main() -> None:
    """Prints the medians."""
    print(f"{'':<24}{'past overrides':>14}{'SQLite':>10}{'PostgreSQL':>12}{'expanded':>11}{'times':>8}")
    with databases() as opened:
        for past in PAST:
            file = example(past)
            teams = [(database, store(database, file)) for database in opened]
            for name, ask, span, times in _questions():
                took = [ask(database, team, times) for database, team in teams]
                other = median_of(expanded(file, *span), 3 if past > 1000 else 7)
                shown = [f"{one:.2f}" for one in took] + ["-"] * (2 - len(took))
                print(f"{name:<24}{past:>14}{shown[0]:>10}{shown[1]:>12}{other:>11.2f}{other / took[0]:>8.0f}")


def _questions() -> Iterator[tuple[str, Took, tuple[datetime, datetime], int]]:
    yield "who", _asked(lambda session, team: answers.who(session, team, at=NOW)), (NOW, NOW + SECOND), 200
    yield (
        "show, 7 days",
        _asked(lambda session, team: answers.show(session, team, start=NOW, end=WEEK)),
        (NOW, WEEK),
        100,
    )
    yield (
        "check, 52 weeks",
        _asked(lambda session, team: check_team(session, team, start=NOW, end=YEAR)),
        (NOW, YEAR),
        10,
    )
    yield "calendar", _read(read_often), COVERS, 100
    yield "calendar, never read yet", _read(read_anew), COVERS, 10


def _asked(ask: Callable[[Session, Team], object]) -> Took:
    def took(database: Database, team: Team, times: int) -> float:
        with database.reading() as session:
            return median_of(lambda: ask(session, team), times)

    return took


def _read(read: Callable[[Database, Team], Callable[[], object]]) -> Took:
    return lambda database, team, times: median_of(read(database, team), times)


if __name__ == "__main__":
    main()
