"""The database goes away under the running service and comes back: it says so, loses nothing, and pages once."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.databases import Postgres
from tests.journeys.conftest import TEAM
from tests.journeys.process import ELI, PRICE, SAM, URGENT, Service, eventually, now, service
from tests.journeys.telling import STEPS

pytestmark = pytest.mark.process
HUGHES = "+447700900102"
QUICK = TEAM.replace(STEPS, "steps: [{page: duty, by: [text], wait: 6s}, {page: backup, by: [text], wait: 60s}, ")


def lets_nobody_in(postgres: Postgres, url: str, *, nobody: bool) -> None:
    """The server ends every connection to a database and takes no more; or takes them again."""
    name = make_url(url).database
    admin = create_engine(postgres.url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {'false' if nobody else 'true'}"))
        if nobody:
            ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            connection.execute(text(ends), {"name": name})
    admin.dispose()


def answers_to_texts(running: Service) -> list[int]:
    """What the service answered to texts, one after the other."""
    return [entry.response["status"] for entry in running.lab.journal.entries("sms")]


def test_after_the_database_was_away_what_is_open_goes_on_once(postgres: Postgres, tmp_path: Path) -> None:
    """L24, L16: no answer of ours stands in for the fallback, and the next step's page goes out once."""
    with postgres.fresh() as url, service(url, tmp_path, QUICK) as running:
        running.texts(PRICE, URGENT)
        running.hears(SAM, "Jane Price")
        running.hears(PRICE, "the person on duty is being told")
        due_at = now()
        running.database.close()
        lets_nobody_in(postgres, url, nobody=True)
        running.texts(HUGHES, "mae angen help")
        eventually(lambda: len(answers_to_texts(running)) == 2)
        assert answers_to_texts(running)[1] >= 500
        eventually(lambda: (now() - due_at).total_seconds() > 8)  # the step's wait runs out meanwhile
        lets_nobody_in(postgres, url, nobody=False)
        running.hears(ELI, "Jane Price")
        assert running.brought_again(1).is_success
        running.hears(SAM, "Mair Hughes")
        running.texts(ELI, f"1 {running.inbox(ELI)[0].split()[0]}")
        running.hears(PRICE, "Eli Morgan has your message")
        assert len(running.inbox(SAM)) == 2
        assert len(running.incidents()) == 2
