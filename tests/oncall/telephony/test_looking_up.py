"""Looking up what was sent, ending calls: found, not found and could not look are three different things."""

import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from oncall.telephony.client import TwilioTelephony
from oncall.telephony.port import Found, TelephonyUnavailable
from tests.oncall.telephony.twilio_double import ACCOUNT, API, Answer, Wire, refused, refused_as_problem, telephony

SINCE = datetime(2026, 3, 29, 0, 59, 30, tzinfo=UTC)
TO, SENDER = "+447700900001", "+447700900000"


def record(sid: str, *, after: float = 1, body: str = "KTRW", **more: object) -> dict[str, object]:
    created = format_datetime(SINCE + timedelta(seconds=after))
    return {"sid": sid, "status": "sent", "date_created": created, "body": body, "error_code": None, **more}


def listed(*records: dict[str, object], kind: str = "messages", following: str | None = None) -> httpx.Response:
    return httpx.Response(200, json={kind: list(records), "page": 0, "page_size": 200, "next_page_uri": following})


def find(line: TwilioTelephony) -> list[Found]:
    return line.find_text(to=TO, sender=SENDER, since=SINCE, body="KTRW")


def test_a_text_is_found_by_its_exact_words_newest_first() -> None:
    wire = Wire(
        listed(
            record("SM1", after=1),
            record("SM2", body="KTRW "),
            record("SM3", body="ktrw"),
            record("SM4", after=9, status="undelivered", error_code=30003),
            record("SM5", after=-30),
            record("SM6", body="BCDF"),
        )
    )
    at = SINCE + timedelta(seconds=1)
    assert find(telephony(wire)) == [
        Found(sid="SM4", status="undelivered", at=SINCE + timedelta(seconds=9), error_code=30003),
        Found(sid="SM1", status="sent", at=at, error_code=None),
    ]
    asked = wire.requests[0].url
    assert str(asked).partition("?")[0] == f"{API}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert parse_qs(asked.query.decode()) == {"To": [TO], "From": [SENDER], "PageSize": ["200"]}


def test_a_text_of_the_same_second_or_without_a_time_is_found() -> None:
    wire = Wire(listed(record("SM1", after=-0.9), {"sid": "SM2", "status": "queued", "body": "KTRW"}))
    assert [one.sid for one in find(telephony(wire))] == ["SM2", "SM1"]


def test_further_pages_are_read_from_the_configured_address() -> None:
    wire = Wire(
        listed(record("SM1"), following=f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1"), listed(record("SM2"))
    )
    assert {one.sid for one in find(telephony(wire))} == {"SM1", "SM2"}
    assert str(wire.requests[1].url) == f"{API}/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1"


def test_a_call_is_found() -> None:
    wire = Wire(listed(record("CA1", status="no-answer"), record("CA2", after=-60), kind="calls"))
    found = telephony(wire).find_calls(to=TO, sender=SENDER, since=SINCE)
    assert [(one.sid, one.status, one.error_code) for one in found] == [("CA1", "no-answer", None)]


def test_nothing_found_is_an_empty_list() -> None:
    assert find(telephony(Wire(listed()))) == []


def test_the_state_of_one() -> None:
    wire = Wire(httpx.Response(200, json=record("SM1", status="failed", error_code=30005)))
    at = SINCE + timedelta(seconds=1)
    assert telephony(wire).text_state("SM1") == Found(sid="SM1", status="failed", at=at, error_code=30005)
    assert str(wire.requests[0].url).endswith("/Messages/SM1.json")
    wire = Wire(httpx.Response(200, json=record("CA1", status="completed")))
    assert telephony(wire).call_state("CA1") == Found(sid="CA1", status="completed", at=at, error_code=None)


@pytest.mark.parametrize(
    "gone", [refused(20404, status=404), refused_as_problem(20404, status=404), httpx.Response(404)]
)
def test_one_that_does_not_exist_is_none(gone: httpx.Response) -> None:
    assert telephony(Wire(gone)).text_state("SM1") is None
    assert telephony(Wire(gone)).call_state("CA1") is None


ASKED: list[Callable[[TwilioTelephony], Any]] = [
    find,
    lambda line: line.find_calls(to=TO, sender=SENDER, since=SINCE),
    lambda line: line.text_state("SM1"),
    lambda line: line.call_state("CA1"),
    lambda line: line.end_call("CA1"),
]


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("no"),
        httpx.ReadTimeout(f"{API}?To={TO}"),
        httpx.RemoteProtocolError("cut"),
        refused(20500, status=500),
        refused(20429, status=429),
        refused(20003, status=401),
        refused_as_problem(20003, status=401),
        httpx.Response(200, text="{"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"messages": 7, "calls": 7}),
        httpx.Response(200, json={"messages": [{"body": "KTRW"}]}),
    ],
    ids=str,
)
def test_l17_could_not_look_is_not_the_same_as_not_there(ask: Callable[[TwilioTelephony], Any], answer: Answer) -> None:
    with pytest.raises(TelephonyUnavailable) as raised:
        ask(telephony(Wire(answer)))
    assert "+44" not in "".join(traceback.format_exception(raised.value))


def updated(status: str) -> httpx.Response:
    return httpx.Response(200, json={"sid": "CA1", "status": status})


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ([updated("canceled")], ["canceled"]),
        ([updated("no-answer")], ["canceled"]),
        ([refused(20404, status=404)], ["canceled"]),
        ([updated("in-progress"), updated("completed")], ["canceled", "completed"]),
        ([updated("ringing"), updated("canceled")], ["canceled", "completed"]),
        ([refused(21220), updated("completed")], ["canceled", "completed"]),
        ([refused(21220), refused(21220)], ["canceled", "completed"]),
        ([refused(21220), refused(20404, status=404)], ["canceled", "completed"]),
    ],
)
def test_l7_a_call_is_ended_whether_it_rings_or_is_live(answers: list[httpx.Response], asked: list[str]) -> None:
    wire = Wire(*answers)
    telephony(wire).end_call("CA1")
    assert wire.forms == [[("Status", status)] for status in asked]
