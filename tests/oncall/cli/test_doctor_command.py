"""`oncall doctor` as it is typed, asking over HTTP: its lines, and how it ends."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from typer import Typer
from typer.testing import CliRunner, Result

from oncall.cli.doctor.command import doctor
from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.telephony.account.webhooks import wanted
from tests.databases import SECRET
from tests.oncall.paging.outage.standing_by import load
from tests.serving import free_socket, serving

ACCOUNT = "AC" + "0" * 32
TOKEN = "0123456789abcdef0123456789abcdef"
OTHER = "https://bin.example/?number=+447700900001"


@dataclass
class Twilio:
    """Just enough of Twilio, and of the service's own health, to be reached over HTTP."""

    url: str = ""
    is_up: bool = True

    def app(self) -> Starlette:
        account = f"/2010-04-01/Accounts/{ACCOUNT}"
        return Starlette(
            routes=[
                Route(f"{account}.json", self.account),
                Route(f"{account}/IncomingPhoneNumbers.json", self.numbers),
                Route("/healthz", self.health),
            ]
        )

    async def account(self, request: Request) -> JSONResponse:
        return JSONResponse({"sid": ACCOUNT, "status": "active"})

    async def numbers(self, request: Request) -> JSONResponse:
        there = {**wanted(self.url, None), "voice_fallback_url": OTHER, "sms_fallback_url": OTHER}
        row = {"sid": "PN1", "phone_number": request.query_params["PhoneNumber"], **there}
        return JSONResponse({"incoming_phone_numbers": [row], "next_page_uri": None})

    async def health(self, request: Request) -> JSONResponse:
        return JSONResponse({"status": "up" if self.is_up else "parked"})


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    listening, url = free_socket()
    made = Twilio(url)
    with serving(made.app(), listening):
        yield made


def run(twilio: Twilio, database_url: str, *words: str, **changed: str | None) -> Result:
    environment: dict[str, str | None] = {
        "ONCALL_DATABASE_URL": database_url.replace("postgresql+psycopg", "postgresql"),
        "ONCALL_PUBLIC_URL": twilio.url,
        "ONCALL_TWILIO_API_URL": twilio.url,
        "ONCALL_TWILIO_ACCOUNT_SID": ACCOUNT,
        "ONCALL_TWILIO_AUTH_TOKEN": TOKEN,
        "ONCALL_SECRET_KEY": SECRET,
        **changed,
    }
    command = Typer(pretty_exceptions_enable=False)
    command.command()(doctor)
    return CliRunner(env=environment).invoke(command, words)


def test_the_command_ends_with_0_when_all_is_well(
    twilio: Twilio, database_url: str, database: Database, clock: ManualClock
) -> None:
    load(database, clock)
    told = run(twilio, database_url)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "public address" not in told.stdout
    assert "public address: is answered" in run(twilio, database_url, "--reach").stdout


def test_the_command_ends_with_1_when_something_is_wrong(
    twilio: Twilio, database_url: str, database: Database, clock: ManualClock
) -> None:
    load(database, clock)
    twilio.is_up = False
    told = run(twilio, database_url, "--reach")
    assert (told.exit_code, told.stderr) == (1, "")
    assert f"WRONG  public address: {twilio.url} is not answered" in told.stdout


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ONCALL_SECRET_KEY": None, "ONCALL_PUBLIC_URL": None}, ["ONCALL_PUBLIC_URL", "ONCALL_SECRET_KEY"]),
        ({"ONCALL_SECRET_KEY": "hunter2", "ONCALL_FALLBACK_NUMBER": "0207"}, ["ONCALL_SECRET_KEY", "ONCALL_FALLBACK"]),
    ],
)
def test_settings_that_cannot_be_used_are_all_named(
    twilio: Twilio, database_url: str, changed: dict[str, str | None], said: list[str]
) -> None:
    told = run(twilio, database_url, ONCALL_DATA_DIR="/nowhere", **changed)
    assert (told.exit_code, told.stdout) == (2, "")
    assert [line.startswith(start) for line, start in zip(told.stderr.splitlines(), said, strict=True)] == [True, True]
    assert "hunter2" not in told.stderr
