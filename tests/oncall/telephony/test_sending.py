"""Texts and calls through Twilio's own library: what is asked for, and every way it can end."""

import logging
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from oncall.telephony.client import TwilioTelephony
from oncall.telephony.client.transport import HOME, Transport, Unwritable, http_client
from oncall.telephony.codes import CODES, Verdict
from oncall.telephony.port import Accepted, Call, NotProcessed, OutcomeUnknown, Refused, SendResult, Telephony, Text
from tests.oncall.telephony.twilio_double import ACCOUNT, API, Answer, Wire, refused, refused_as_problem, telephony

TEXT = Text(
    to="+447700900001",
    sender="+447700900000",
    body="MIST Torfaen: urgent. KTRW ŵ ",
    status_url="https://on-call.example/twilio/texts/7?n=1",
    valid_for=timedelta(minutes=3),
)
CALL = Call(
    to="+447700900001",
    sender="+447700900000",
    answer_url="https://on-call.example/twilio/calls/7/answered",
    status_url="https://on-call.example/twilio/calls/7/status",
    ring_for=timedelta(seconds=20),
)
CREATED = httpx.Response(201, json={"sid": "SM1", "status": "queued", "num_segments": "1", "price": None})

Send = Callable[[TwilioTelephony], SendResult]


def text(line: TwilioTelephony) -> SendResult:
    return line.send_text(TEXT)


def call(line: TwilioTelephony) -> SendResult:
    return line.place_call(CALL)


def outcome(send: Send, *answers: Answer) -> SendResult:
    """What the send came to, having seen that it was asked for exactly once."""
    wire = Wire(*answers)
    result = send(telephony(wire))
    assert len(wire.requests) == 1
    return result


def test_a_text_as_it_is_asked_for() -> None:
    wire = Wire(CREATED)
    line: Telephony = telephony(wire)
    assert line.send_text(TEXT) == Accepted(sid="SM1", status="queued")
    asked = wire.requests[0]
    assert (asked.method, str(asked.url)) == ("POST", f"{API}/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    assert asked.headers["Authorization"] == "Basic " + "QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDphLXRva2Vu"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert dict(wire.forms[0]) == {
        "To": TEXT.to,
        "From": TEXT.sender,
        "Body": TEXT.body,
        "StatusCallback": TEXT.status_url,
        "ValidityPeriod": "180",
    }


def test_a_call_as_it_is_asked_for() -> None:
    wire = Wire(CREATED)
    telephony(wire).place_call(CALL)
    assert str(wire.requests[0].url) == f"{API}/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
    assert sorted(wire.forms[0]) == [
        ("From", CALL.sender),
        ("Method", "POST"),
        ("StatusCallback", CALL.status_url),
        ("StatusCallbackEvent", "answered"),
        ("StatusCallbackEvent", "completed"),
        ("StatusCallbackEvent", "initiated"),
        ("StatusCallbackEvent", "ringing"),
        ("StatusCallbackMethod", "POST"),
        ("Timeout", "20"),
        ("To", CALL.to),
        ("Url", CALL.answer_url),
    ]


@pytest.mark.parametrize(("minutes", "seconds"), [(0, "5"), (0.26, "16"), (3, "180"), (6000, "36000")])
def test_l19_a_text_is_worth_sending_as_long_as_its_step_waits(minutes: float, seconds: str) -> None:
    wire = Wire(CREATED)
    asked = Text(to="+447700900001", sender="+447700900000", body="b", status_url="u", valid_for=timedelta(0))
    line = telephony(wire)
    line.send_text(Text(**{**asked.__dict__, "valid_for": timedelta(minutes=minutes)}))
    assert dict(wire.forms[0])["ValidityPeriod"] == seconds


@pytest.mark.parametrize("send", [text, call])
@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("worded", [refused, refused_as_problem])
def test_l18_each_code_is_a_refusal_with_its_verdict(
    send: Send, code: int, worded: Callable[[int], httpx.Response]
) -> None:
    assert outcome(send, worded(code)) == Refused(code=code, verdict=CODES[code])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.Response(401, text="<html>no</html>"), 401),
        (httpx.Response(404, text=""), 404),
        (httpx.Response(400, json=[]), 400),
        (httpx.Response(400, json={"message": "no code"}), 400),
        (httpx.Response(400, json={"message": "odd", "code": "oddly"}), 400),
        (httpx.Response(400, json={"message": "a string", "code": "21610"}), 21610),
        (httpx.Response(307, headers={"Location": "https://elsewhere.example/"}), 307),
        (refused(54321), 54321),
        (httpx.Response(400, json={"type": "t", "title": "No", "status": "odd", "code": None}), 0),
    ],
)
def test_a_refusal_worded_oddly_is_still_a_refusal(answer: httpx.Response, code: int) -> None:
    result = outcome(text, answer)
    assert isinstance(result, Refused)
    assert result.code == code
    assert result.verdict is CODES.get(code, Verdict.ESCALATE)


@pytest.mark.parametrize("send", [text, call])
@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ({}, None),
        ({"Retry-After": "7"}, timedelta(seconds=7)),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "99999999999"}, None),
        ({"Retry-After": "Fri, 20 Aug 2027 01:13:42 GMT"}, None),
    ],
)
def test_l17_too_many_at_once_was_not_processed(send: Send, header: dict[str, str], wait: timedelta | None) -> None:
    answer = httpx.Response(429, headers=header, json={"code": 20429, "message": "Too many", "status": 429})
    assert outcome(send, answer) == NotProcessed(retry_after=wait)


@pytest.mark.parametrize("send", [text, call])
@pytest.mark.parametrize("fault", [httpx.ConnectError("no"), httpx.ConnectTimeout("no"), httpx.PoolTimeout("no")])
def test_l17_what_failed_before_it_was_sent_was_not_processed(send: Send, fault: Exception) -> None:
    assert outcome(send, fault) == NotProcessed()


@pytest.mark.parametrize("send", [text, call])
@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.ReadError("cut"),
        httpx.WriteError("cut"),
        httpx.RemoteProtocolError("cut"),
        refused(20500, status=500),
        refused_as_problem(20003, status=503),
        httpx.Response(502, text="<html>"),
        httpx.Response(408),
        httpx.Response(201, text='{"sid": "SM1", "sta'),
        httpx.Response(201, text=""),
        httpx.Response(201, text="null"),
        httpx.Response(200, json=[]),
        httpx.Response(201, json={}),
        httpx.Response(201, json={"sid": None, "status": "queued"}),
        httpx.Response(201, json={"sid": "SM1", "status": "queued", "date_created": 7}),
    ],
    ids=str,
)
def test_l17_what_may_have_gone_out_is_unknown(send: Send, answer: Answer) -> None:
    assert outcome(send, answer) == OutcomeUnknown()


def test_l17_an_answer_that_cannot_be_unpacked_is_unknown() -> None:
    garbled = httpx.Response(201, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"not gzip"))
    assert outcome(text, garbled) == OutcomeUnknown()


def test_what_cannot_be_written_down_is_refused_and_nothing_is_sent() -> None:
    wire = Wire(CREATED)
    torn = Text(**{**TEXT.__dict__, "body": "\ud800"})
    assert telephony(wire).send_text(torn) == Refused(code=0, verdict=Verdict.BUG)
    assert wire.requests == []


def test_credentials_go_to_no_other_product_of_twilios() -> None:
    wire = Wire(CREATED)
    with pytest.raises(Unwritable):
        Transport(http_client(httpx.MockTransport(wire)), api_url=API).request("GET", "https://studio.twilio.com/v2")
    assert wire.requests == []


def test_waits_are_bounded() -> None:
    wire = Wire(CREATED)
    telephony(wire).send_text(TEXT)
    assert wire.requests[0].extensions["timeout"] == {"connect": 3.0, "read": 8.0, "write": 8.0, "pool": 3.0}


@pytest.mark.parametrize(
    "api_url", ["https://api.twilio.com", "https://api.dublin.ie1.twilio.com/", "http://[::1]:8/x"]
)
def test_a_stray_region_changes_no_address(monkeypatch: pytest.MonkeyPatch, api_url: str) -> None:
    for name in ("TWILIO_REGION", "TWILIO_EDGE"):
        monkeypatch.setenv(name, "ie1")
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC-other")
    wire = Wire(CREATED)
    telephony(wire, api_url=api_url).send_text(TEXT)
    assert str(wire.requests[0].url) == f"{api_url.rstrip('/')}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def test_l25_nothing_about_a_send_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    text(telephony(Wire(CREATED)))
    text(telephony(Wire(refused(21211))))
    text(telephony(Wire(httpx.ReadTimeout(f"{HOME}/+447700900001"))))
    assert caplog.records == []
