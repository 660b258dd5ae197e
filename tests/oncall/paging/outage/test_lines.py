"""The teams' numbers are kept as they must be; whatever was not is an alarm."""

import httpx
import pytest

from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.paging.outage.lines import DRIFTED, NO_FALLBACK, NO_LINE, UNASKED, Keeper
from oncall.paging.outage.public import is_answered
from oncall.telephony.port import TelephonyUnavailable
from tests.oncall.paging.outage.standing_by import ELSEWHERE, GOOD, LINE, PUBLIC, FakeAccount, alarms, load

OLD = {**GOOD, "voice_url": "https://old.example/?number=+447700900001", "sms_method": "GET"}


def keeper(
    database: Database,
    clock: ManualClock,
    account: FakeAccount,
    *,
    fallback_url: str | None = ELSEWHERE,
    may_change: bool = True,
    is_up: bool = True,
) -> Keeper:
    load(database, clock)
    return Keeper(
        database,
        clock,
        account,
        public_url=PUBLIC,
        fallback_url=fallback_url,
        may_change=may_change,
        is_up=lambda: is_up,
    )


def test_what_is_as_it_should_be_is_left_alone(database: Database, clock: ManualClock) -> None:
    account = FakeAccount()
    keeper(database, clock, account).keep()
    assert account.asked == ["line"]
    assert alarms(database) == {}


def test_what_has_drifted_is_put_right_and_told_of_by_name(database: Database, clock: ManualClock) -> None:
    account = FakeAccount({LINE: {**OLD, "friendly_name": "The line"}})
    kept = keeper(database, clock, account)
    kept.keep()
    assert account.numbers[LINE] == {**GOOD, "friendly_name": "The line"}
    assert alarms(database) == {DRIFTED: "VoiceUrl, SmsMethod: not as it should be. It has been put right."}
    kept.keep()
    assert alarms(database) == {}


def test_a_public_address_that_does_not_answer_never_replaces_one_that_may(
    database: Database, clock: ManualClock
) -> None:
    """L29"""
    account = FakeAccount({LINE: dict(OLD)})
    keeper(database, clock, account, is_up=False).keep()
    assert account.numbers[LINE] == OLD
    assert "is ONCALL_PUBLIC_URL right?" in alarms(database)[DRIFTED]


def test_it_only_tells_where_it_may_not_change(database: Database, clock: ManualClock) -> None:
    account = FakeAccount({LINE: dict(OLD)})
    keeper(database, clock, account, may_change=False).keep()
    assert account.numbers[LINE] == OLD
    assert "ONCALL_KEEP_WEBHOOKS" in alarms(database)[DRIFTED]


def test_a_change_that_is_refused_is_told_of(database: Database, clock: ManualClock) -> None:
    account = FakeAccount({LINE: dict(OLD)}, refuses_changes=True)
    keeper(database, clock, account).keep()
    assert "could not be put right" in alarms(database)[DRIFTED]


def test_without_a_fallback_of_ours_there_must_be_another(database: Database, clock: ManualClock) -> None:
    account = FakeAccount({LINE: {**GOOD, "sms_fallback_url": ""}})
    kept = keeper(database, clock, account, fallback_url=None)
    kept.keep()
    assert alarms(database) == {NO_FALLBACK: "SmsFallbackUrl: nobody answers when this service cannot."}
    assert "change_line" not in account.asked
    account.numbers[LINE]["sms_fallback_url"] = "https://bin.example"
    kept.keep()
    assert alarms(database) == {}


def test_a_number_that_is_not_the_accounts(database: Database, clock: ManualClock) -> None:
    keeper(database, clock, FakeAccount({})).keep()
    assert set(alarms(database)) == {NO_LINE}


def test_a_network_that_cannot_be_asked_clears_nothing(database: Database, clock: ManualClock) -> None:
    account = FakeAccount({LINE: dict(OLD)})
    kept = keeper(database, clock, account, may_change=False)
    kept.keep()
    account.fails_with = TelephonyUnavailable(20003)
    kept.keep()
    assert set(alarms(database)) == {DRIFTED, UNASKED}
    account.fails_with = None
    kept.keep()
    assert set(alarms(database)) == {DRIFTED}


def test_no_address_or_number_is_in_an_alarm(database: Database, clock: ManualClock) -> None:
    keeper(database, clock, FakeAccount({LINE: dict(OLD)})).keep()
    assert not {"old.example", "4477"} & set(str(alarms(database)))
    assert "old.example" not in str(alarms(database))


@pytest.mark.parametrize(
    ("answer", "up"),
    [
        (httpx.Response(200, json={"status": "up"}), True),
        (httpx.Response(200, json={"status": "parked"}), False),
        (httpx.Response(200, text="<html>"), False),
        (httpx.Response(502, json={"status": "up"}), False),
        (httpx.Response(302, headers={"Location": "https://elsewhere.example"}), False),
        (httpx.ConnectError("nobody there"), False),
    ],
    ids=str,
)
def test_only_this_service_answers_at_the_public_address(answer: httpx.Response | Exception, up: bool) -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert is_answered(PUBLIC, transport=httpx.MockTransport(handle)) is up
    assert asked == [f"{PUBLIC}/healthz"]
