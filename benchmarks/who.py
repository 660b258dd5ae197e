"""How long `who` takes on a rota with a long past: the value alone, and through a database of either kind.

Run with `python -m benchmarks.who`; needs the PostgreSQL of the test extra for its column, and prints one small table.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from zoneinfo import ZoneInfo

from oncall.db import migrations
from oncall.db.database import Database
from oncall.people.actions import load_people
from oncall.people.teamfile import TeamFile
from oncall.rotas import answers
from oncall.rotas.actions import load_rota
from oncall.rotas.duty import record_duty
from oncall.rotas.written import rota_of
from rota import resolve
from tests import postgresql
from tests.databases import KEYRING
from tests.oncall.rotas.files import EXAMPLE, team_file

PAST = (0, 50, 200, 1000)
TIMES = 400
NOW = datetime(2026, 12, 24, 20, tzinfo=UTC)


def main() -> None:
    """Prints the medians, in milliseconds."""
    print(f"{'past overrides':>14}  {'value':>8}  {'SQLite':>8}  {'PostgreSQL':>10}    (median ms of {TIMES})")
    with _databases() as databases:
        for past in PAST:
            file = _file(past)
            took = [_value(file), *(_stored(database, file, past) for database in databases)]
            print(f"{past:>14}  {took[0]:>8.3f}  {took[1]:>8.3f}  " + (f"{took[2]:>10.3f}" if len(took) > 2 else "-"))


def _file(past: int) -> TeamFile:
    """The example, with so many overrides on its first tier, the last of them yesterday."""
    lines = []
    for number in range(past):
        start = NOW - timedelta(hours=12 * (past - number) + 24)
        span = f'from: "{start:%Y-%m-%dT%H:%M}", to: "{start + timedelta(hours=8):%Y-%m-%dT%H:%M}"'
        lines.append(f"    - {{tier: duty, person: mair, {span}}}\n")
    rota = EXAMPLE.replace("  overrides:\n", "  overrides:\n" + "".join(lines))
    return team_file(rota, slug=f"team-{past}", number=PAST.index(past) + 1)


def _value(file: TeamFile) -> float:
    rota = rota_of(file.rota, zone=ZoneInfo(file.team.time_zone))
    return _median(lambda: resolve.who(rota, NOW))


def _stored(database: Database, file: TeamFile, past: int) -> float:
    """With the record of who was on duty as long as it would be."""
    begins = NOW - timedelta(hours=12 * past + 48)
    with database.transaction() as session:
        team = load_people(session, file, at=begins)
        load_rota(session, team, file.rota, at=begins)
        for look in (begins, NOW):
            record_duty(session, team, at=look)
    with database.reading() as session:
        return _median(lambda: answers.who(session, team, at=NOW))


def _median(ask: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = perf_counter()
        ask()
        took.append((perf_counter() - began) * 1000)
    return median(took)


@contextmanager
def _databases() -> Iterator[list[Database]]:
    with TemporaryDirectory() as folder:
        embedded = Database(f"sqlite:///{Path(folder) / 'who.db'}", KEYRING)
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


if __name__ == "__main__":
    main()
