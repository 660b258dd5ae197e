"""The checks of what the service stands on: database, account, public address."""

from collections.abc import Iterator
from pathlib import Path

from oncall.cli.doctor.findings import Finding, fine, wrong
from oncall.db import migrations
from oncall.db.database import Database
from oncall.paging.outage.public import is_answered
from oncall.settings import Settings
from oncall.telephony.account.port import REFUSED, Account
from oncall.telephony.port import TelephonyUnavailable

DATABASE, ACCOUNT, PUBLIC = "database", "Twilio account", "public address"
LOAD = "build it by loading a team's file: oncall team load FILE"


def is_there(settings: Settings) -> bool:
    """Whether there is a database to look at; to look must not make one."""
    return not settings.is_embedded or Path(settings.database.partition(":///")[2]).exists()


def database(opened: Database | None) -> Iterator[Finding]:
    """Whether the database can be reached and is at the newest schema; None if there is none."""
    if opened is None:
        yield wrong(DATABASE, f"is not there yet; {LOAD}")
    elif not opened.is_reachable():
        yield wrong(DATABASE, "cannot be reached; is ONCALL_DATABASE_URL right, and the server up?")
    elif (at := migrations.revision(opened)) is None:
        yield wrong(DATABASE, f"is empty; {LOAD}")
    elif at != migrations.newest():
        yield wrong(DATABASE, "its schema is older than this version; should be brought up to date: oncall migrate")
    else:
        yield fine(DATABASE, "can be reached, and its schema is current")


def account(asked: Account) -> Iterator[Finding]:
    """Whether Twilio lets us in."""
    try:
        status = asked.status()
    except TelephonyUnavailable as error:
        if error.code in REFUSED:
            yield wrong(
                ACCOUNT, "refuses the credentials; ONCALL_TWILIO_ACCOUNT_SID and …_AUTH_TOKEN should be its own"
            )
        else:
            yield wrong(ACCOUNT, f"could not be asked{because(error)}")
    else:
        if status == "active":
            yield fine(ACCOUNT, "lets us in")
        else:
            yield wrong(ACCOUNT, f"is {status}; should be active")


def public_address(url: str) -> Iterator[Finding]:
    """Whether the public address is answered by the service."""
    if is_answered(url):
        yield fine(PUBLIC, "is answered by the service")
    else:
        yield wrong(PUBLIC, f"{url} is not answered by the service; is it running, and is ONCALL_PUBLIC_URL right?")


def because(error: TelephonyUnavailable) -> str:
    """The code that Twilio gave, if it answered at all."""
    return f" (it answered with {error.code})" if error.code else " (it did not answer)"
