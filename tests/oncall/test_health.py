"""Whether the process is up, whether it can do its work, and figures about both."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url, text

from oncall import app as application
from oncall.clock import ManualClock
from oncall.db import migrations
from oncall.health import OLDEST_TICK
from oncall.lab.webhooks.signing import sign
from oncall.paging.alarms import raise_alarm
from oncall.settings import read
from oncall.wiring import House, open_house
from tests.databases import SECRET

TOKEN = "a-token-for-the-tests"
TEXT = {"MessageSid": "SM1", "From": "+447700900101", "To": "+447700900000", "Body": "hes locked himself in"}


@pytest.fixture
def house(database_url: str, tmp_path: Path, clock: ManualClock) -> Iterator[House]:
    settings = read(
        data_dir=tmp_path,
        database_url=database_url,
        public_url="https://oncall.example",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=TOKEN,
        secret_key=SECRET,
    )
    made = open_house(settings, clock=clock)
    yield made
    made.close()


def ask(
    house: House, path: str, *, method: str = "GET", form: dict[str, str] | None = None, signed_by: str = ""
) -> httpx.Response:
    """One request to the application over this house."""
    signature = sign(f"https://oncall.example{path}", (form or {}).items(), token=signed_by)

    async def asked() -> httpx.Response:
        carrier = httpx.ASGITransport(application.build(house, runs=False), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=carrier, base_url="https://oncall.example") as client:
            return await client.request(method, path, data=form, headers={"X-Twilio-Signature": signature})

    return asyncio.run(asked())


def figure(house: House, name: str) -> float | None:
    """One figure of `/metrics`, None where it is not given."""
    lines = ask(house, "/metrics").text.splitlines()
    return next((float(line.removeprefix(f"{name} ")) for line in lines if line.startswith(f"{name} ")), None)


def take_away(house: House) -> None:
    """The database's tables are gone, as after a restore that went wrong."""
    with house.database.connection() as connection:
        connection.execute(text("ALTER TABLE incidents RENAME TO gone"))


def test_the_process_is_up_whatever_else_is_not(house: House) -> None:
    answered = ask(house, "/healthz")
    assert (answered.status_code, answered.json()) == (200, {"status": "up"})
    migrations.downgrade(house.database, to="base")
    assert ask(house, "/healthz").status_code == 200


@pytest.mark.parametrize(
    ("since", "ready"),
    [
        (None, False),
        (timedelta(0), True),
        (OLDEST_TICK - timedelta(seconds=1), True),
        (OLDEST_TICK, False),
    ],
)
def test_it_is_ready_while_the_engine_ticks(
    house: House, clock: ManualClock, since: timedelta | None, ready: bool
) -> None:
    if since is not None:
        house.pulse.ticked_at = clock.now()
        clock.move(since)
    answered = ask(house, "/readyz")
    assert answered.status_code == (200 if ready else 503)
    assert answered.json() == {"ready": ready, "database": True, "engine": ready}


def test_it_is_not_ready_without_its_schema(house: House, clock: ManualClock) -> None:
    house.pulse.ticked_at = clock.now()
    migrations.downgrade(house.database, to="base")
    answered = ask(house, "/readyz")
    assert answered.status_code == 503
    assert answered.json() == {"ready": False, "database": False, "engine": True}


def test_it_is_not_ready_on_a_database_of_a_newer_version(house: House, clock: ManualClock) -> None:
    house.pulse.ticked_at = clock.now()
    with house.database.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '20991231_next'"))
    assert ask(house, "/readyz").json()["database"] is False


def test_it_is_not_ready_and_a_webhook_is_refused_while_the_database_is_gone(
    house: House, clock: ManualClock, tmp_path: Path
) -> None:
    gone = house.database
    nowhere = f"sqlite:///{tmp_path}/no/such/folder/oncall.db"
    if not gone.is_embedded:
        url = make_url(house.settings.database)
        nowhere = url.set(database="no_such_database").render_as_string(hide_password=False)
    lost = open_house(read(**{**house.settings.model_dump(), "database_url": nowhere}), clock=clock)
    lost.pulse.ticked_at = clock.now()
    assert ask(lost, "/healthz").status_code == 200
    assert ask(lost, "/readyz").json() == {"ready": False, "database": False, "engine": True}
    assert ask(lost, "/twilio/sms", method="POST", form=TEXT, signed_by="another").status_code == 403
    refused = ask(lost, "/twilio/sms", method="POST", form=TEXT, signed_by=TOKEN)
    assert refused.status_code == 500
    assert "Response" not in refused.text
    assert figure(lost, "oncall_database_reachable") == 0
    assert figure(lost, "oncall_last_tick_age_seconds") == 0
    lost.close()


def test_the_figures_say_what_stands(house: House, clock: ManualClock) -> None:
    assert figure(house, "oncall_last_tick_age_seconds") == -1
    assert figure(house, "oncall_database_reachable") == 1
    house.pulse.ticked_at = clock.now()
    clock.move(timedelta(seconds=7))
    with house.database.transaction() as session:
        raise_alarm(session, "opted_out", subject="7", at=clock.now(), detail="Somebody texted STOP.")
    assert figure(house, "oncall_last_tick_age_seconds") == 7
    assert figure(house, 'oncall_alarms{kind="opted_out"}') == 1
    assert figure(house, "oncall_escalations_overdue") == 0
    ask(house, "/twilio/sms", method="POST")
    assert figure(house, 'oncall_webhook_signatures{outcome="failed"}') == 1


def test_figures_are_given_even_when_the_tables_cannot_be_counted(house: House) -> None:
    take_away(house)
    assert figure(house, "oncall_database_reachable") == 0
