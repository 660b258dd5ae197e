"""The fallback is told who is on call at every change, and what it says is compared."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.paging.outage.publishing import NOT_ASKED, NOT_KEPT, STALE, Publisher
from oncall.telephony.port import TelephonyUnavailable
from tests.oncall.paging.outage.standing_by import (
    CARYS,
    ELI,
    FILE,
    FIXED,
    NIA,
    PLACE,
    SAM,
    FakeAccount,
    alarms,
    load,
)

NAME = "CHAIN_447700900000"
NOW = f"{SAM},{ELI},{CARYS},{FIXED}"
SHARED = FILE.replace("people: [sam]", "people: [nia, sam]")  # each in turn for a week, from Mondays at 17:00


@pytest.fixture
def account() -> FakeAccount:
    return FakeAccount()


@pytest.fixture
def publisher(database: Database, clock: ManualClock, account: FakeAccount) -> Publisher:
    return Publisher(database, clock, account, place=PLACE, fixed=FIXED)


def test_it_is_told_once_and_asked_no_more_until_something_changes(
    database: Database, clock: ManualClock, account: FakeAccount, publisher: Publisher
) -> None:
    load(database, clock)
    publisher.publish()
    assert account.told == {NAME: NOW}
    assert account.asked == ["variables", "set_variable", "variables"]
    publisher.publish()
    assert len(account.asked) == 3
    assert alarms(database) == {}


def test_a_change_of_duty_is_published(
    database: Database, clock: ManualClock, account: FakeAccount, publisher: Publisher
) -> None:
    load(database, clock, SHARED)
    publisher.publish()
    before = account.told[NAME]
    clock.move(timedelta(days=2, hours=14, minutes=59))
    publisher.publish()
    assert account.told[NAME] == before
    clock.move(timedelta(minutes=1))
    publisher.publish()
    assert {before.split(",")[0], account.told[NAME].split(",")[0]} == {SAM, NIA}


def test_what_somebody_else_changed_is_found_when_looked_at_afresh(
    database: Database, clock: ManualClock, account: FakeAccount, publisher: Publisher
) -> None:
    load(database, clock)
    publisher.publish(afresh=True)
    account.told[NAME] = "+447700900666"
    account.told["OTHER"] = "kept"
    publisher.publish()
    assert account.told[NAME] == "+447700900666"
    publisher.publish(afresh=True)
    assert account.told == {NAME: NOW, "OTHER": "kept"}


def test_what_is_read_back_is_compared(
    database: Database, clock: ManualClock, account: FakeAccount, publisher: Publisher
) -> None:
    load(database, clock)
    account.deaf = True
    publisher.publish()
    assert alarms(database) == {STALE: NOT_KEPT}
    account.deaf = False
    publisher.publish()
    assert account.told == {NAME: NOW}
    assert alarms(database) == {}


def test_a_network_that_cannot_be_asked_is_an_alarm_until_it_can(
    database: Database, clock: ManualClock, account: FakeAccount, publisher: Publisher
) -> None:
    load(database, clock)
    publisher.publish()
    account.fails_with = TelephonyUnavailable()
    publisher.publish(afresh=True)
    assert alarms(database) == {STALE: NOT_ASKED}
    account.fails_with = None
    publisher.publish()
    assert alarms(database) == {}


def test_no_number_is_logged_or_kept_in_an_alarm(
    database: Database, clock: ManualClock, account: FakeAccount, publisher: Publisher
) -> None:
    load(database, clock)
    account.deaf = True
    with capture_logs() as logs:
        publisher.publish()
    assert logs
    assert "4477" not in f"{logs}{alarms(database)}{publisher}"


def test_each_team_has_a_variable_of_its_own(
    database: Database, clock: ManualClock, account: FakeAccount, publisher: Publisher
) -> None:
    load(database, clock)
    load(database, clock, FILE.replace("torfaen", "caerffili").replace("+447700900000", "+447700900900"))
    publisher.publish()
    assert account.told == {NAME: NOW, "CHAIN_447700900900": NOW}
