"""Rotas with a long past, for the benchmarks: the tests' example with many overrides behind it, as a value and stored.

One rule: all that is asked lies at or after `NOW`, so that whatever grows with the past is time lost.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy.orm import Session

from oncall.db import migrations
from oncall.db.database import Database
from oncall.people.actions import load_people
from oncall.people.models import Team
from oncall.people.teamfile import TeamFile
from oncall.people.teamfile.values import Moment, OverrideEntry
from oncall.rotas.actions import load_rota
from oncall.rotas.duty import record_duty
from tests import postgresql
from tests.databases import KEYRING
from tests.oncall.rotas.files import EXAMPLE, team_file

PAST = (0, 50, 200, 1000, 10_000)
NOW = datetime(2026, 12, 24, 20, tzinfo=UTC)

Stored = Callable[[Session, Team], object]


def example(past: int) -> TeamFile:
    """The example, with so many overrides on its first tier, the last of them yesterday."""
    file = team_file(EXAMPLE, slug=f"team-{past}", number=PAST.index(past) + 1)
    overrides = []
    for number in range(past):
        start = NOW - timedelta(hours=12 * (past - number) + 24)
        overrides.append(OverrideEntry("duty", "mair", _moment(start), _moment(start + timedelta(hours=8))))
    return replace(file, rota=replace(file.rota, overrides=(*overrides, *file.rota.overrides)))


def table(heading: str, value: Callable[[TeamFile], Callable[[], object]], stored: Stored, *, times: int) -> None:
    """Prints the medians, in milliseconds: of the value, and of a database of either kind."""
    print(f"{heading} (median ms of {times})")
    print(f"{'past overrides':>14}  {'value':>9}  {'SQLite':>9}  {'PostgreSQL':>10}")
    with databases() as opened:
        for past in PAST:
            file = example(past)
            took = [median_of(value(file), times), *(_stored(database, file, stored, times) for database in opened)]
            print(f"{past:>14}  {took[0]:>9.3f}  {took[1]:>9.3f}  " + (f"{took[2]:>10.3f}" if len(took) > 2 else "-"))


def store(database: Database, file: TeamFile) -> Team:
    """Loads a file, with the record of who was on duty as long as it would be."""
    begins = NOW - timedelta(hours=12 * len(file.rota.overrides) + 48)
    with database.transaction() as session:
        team = load_people(session, file, at=begins)
        load_rota(session, team, file.rota, at=begins)
        for look in (begins, NOW):
            record_duty(session, team, at=look)
    return team


def _moment(at: datetime) -> Moment:
    return Moment(f"{at:%Y-%m-%dT%H:%M}", at.replace(tzinfo=None))


def _stored(database: Database, file: TeamFile, ask: Stored, times: int) -> float:
    team = store(database, file)
    with database.reading() as session:
        return median_of(lambda: ask(session, team), times)


def median_of(ask: Callable[[], object], times: int) -> float:
    """How long asking takes, in milliseconds."""
    took = []
    for _ in range(times):
        began = perf_counter()
        ask()
        took.append((perf_counter() - began) * 1000)
    return median(took)


@contextmanager
def databases() -> Iterator[list[Database]]:
    """A fresh embedded one, and one on PostgreSQL if it is there."""
    with TemporaryDirectory() as folder:
        embedded = Database(f"sqlite:///{Path(folder) / 'past.db'}", KEYRING)
        migrations.ready(embedded)
        if postgresql.binaries() is None:
            yield [embedded]
        else:
            with postgresql.server() as url:
                server = Database(url, KEYRING)
                migrations.ready(server)
                yield [embedded, server]
                server.close()
        embedded.close()
