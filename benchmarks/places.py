"""Where the benchmarks run: fresh databases of both kinds, and a house over one with the sample team."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oncall.clock import Clock
from oncall.db import migrations
from oncall.people.actions import load_people
from oncall.people.teamfile import read as read_file
from oncall.rotas.actions import load_rota
from oncall.settings import read
from oncall.telephony.port import Telephony
from oncall.wiring import House, open_house
from tests import postgresql

SAMPLE = Path(__file__).parent.parent / "oncall" / "people" / "sample.yaml"
ACCOUNT = "AC" + "0" * 32
TOKEN = "0" * 32
SECRET = "a-key-for-the-benchmarks-of-the-line"


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """The addresses of a fresh embedded database and of one on PostgreSQL, the latter with fsync on."""
    with postgresql.server(durable=True) as url:
        yield {
            "sqlite": f"sqlite:///{folder / 'bench.db'}",
            "postgresql": url.replace("postgresql+psycopg", "postgresql"),
        }


def a_house(
    database_url: str,
    folder: Path,
    public_url: str,
    *,
    clock: Clock | None = None,
    telephony: Telephony | None = None,
    api_url: str = "http://127.0.0.1:9",
) -> House:
    """A house over the database, built if it is empty, with the sample team."""
    settings = read(
        data_dir=folder,
        database_url=database_url,
        public_url=public_url,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_api_url=api_url,
        secret_key=SECRET,
    )
    house = open_house(settings, clock=clock, telephony=telephony)
    migrations.ready(house.database)
    now = house.clock.now()
    file = read_file(SAMPLE, today=now.date())
    with house.database.transaction() as session:
        load_rota(session, load_people(session, file, at=now), file.rota, at=now)
    return house
