"""The account over HTTP: who is let in, how a number is set up and changed, what a Function is told."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

import httpx
import pytest

from oncall.telephony.account.port import REFUSED, Place
from oncall.telephony.client import TwilioAccount
from oncall.telephony.client.transport import functions_url
from oncall.telephony.port import TelephonyUnavailable
from tests.oncall.telephony.twilio_double import ACCOUNT, API, TOKEN, Answer, Wire, refused

REAL = "https://api.twilio.com"
LINE = "+447700900000"
PLACE = Place(service_sid="ZS" + "1" * 32, environment_sid="ZE" + "2" * 32)
VARIABLES = f"/v1/Services/{PLACE.service_sid}/Environments/{PLACE.environment_sid}/Variables"


def account(wire: Wire, *, api_url: str = API) -> TwilioAccount:
    return TwilioAccount(account_sid=ACCOUNT, auth_token=TOKEN, api_url=api_url, transport=httpx.MockTransport(wire))


def numbers(*rows: Mapping[str, str | None]) -> httpx.Response:
    return httpx.Response(200, json={"incoming_phone_numbers": list(rows), "next_page_uri": None})


def variables(**pairs: str) -> httpx.Response:
    rows = [{"sid": f"ZV{i:032}", "key": key, "value": value} for i, (key, value) in enumerate(pairs.items())]
    return httpx.Response(200, json={"variables": rows, "meta": {"key": "variables", "next_page_url": None}})


def test_the_account_says_whether_it_is_active() -> None:
    wire = Wire(httpx.Response(200, json={"sid": ACCOUNT, "status": "suspended"}))
    assert account(wire).status() == "suspended"
    assert str(wire.requests[0].url) == f"{API}/2010-04-01/Accounts/{ACCOUNT}.json"


def test_wrong_credentials_can_be_told_from_silence() -> None:
    with pytest.raises(TelephonyUnavailable) as shut_out:
        account(Wire(refused(20003, status=401))).status()
    with pytest.raises(TelephonyUnavailable) as silent:
        account(Wire(httpx.ConnectTimeout("slow"))).status()
    assert shut_out.value.code in REFUSED
    assert silent.value.code is None


def test_a_number_is_the_one_that_is_exactly_this() -> None:
    longer = {"sid": "PN1", "phone_number": f"{LINE}1", "voice_url": "https://elsewhere.example"}
    ours = {"sid": "PN2", "phone_number": LINE, "voice_url": "https://a.example/v", "sms_url": None, "trunk_sid": None}
    wire = Wire(numbers(longer, ours))
    line = account(wire).line(LINE)
    assert line is not None
    assert (line.sid, line.settings["voice_url"], line.settings["sms_url"]) == ("PN2", "https://a.example/v", "")
    assert "elsewhere" not in repr(line)
    assert account(Wire(numbers(longer))).line(LINE) is None
    assert ("PhoneNumber", LINE) in wire.requests[0].url.params.multi_items()


def test_only_what_is_named_is_changed() -> None:
    wire = Wire(httpx.Response(200, json={"sid": "PN2"}))
    account(wire).change_line("PN2", {"voice_url": "https://a.example/v#ct=1", "trunk_sid": ""})
    assert wire.requests[0].url.path.endswith("/IncomingPhoneNumbers/PN2.json")
    assert sorted(wire.forms[0]) == [("TrunkSid", ""), ("VoiceUrl", "https://a.example/v#ct=1")]


@pytest.mark.parametrize(
    ("api_url", "host"),
    [
        (REAL, "https://serverless.twilio.com"),
        ("https://api.dublin.ie1.twilio.com", "https://serverless.dublin.ie1.twilio.com"),
        (API, API),
        ("https://api.example", "https://api.example"),
    ],
)
def test_variables_are_kept_beside_the_api(api_url: str, host: str) -> None:
    assert functions_url(api_url).rstrip("/") == host
    wire = Wire(variables(CHAIN_1="+1"))
    assert account(wire, api_url=api_url).variables(PLACE) == {"CHAIN_1": "+1"}
    assert str(wire.requests[0].url).partition("?")[0] == host + VARIABLES


def test_a_variable_that_is_known_is_changed() -> None:
    wire = Wire(variables(OTHER="x", CHAIN_1="+1"), httpx.Response(200, json={"sid": "ZV1", "key": "CHAIN_1"}))
    account(wire).set_variable(PLACE, name="CHAIN_1", value="+2,+3")
    assert wire.requests[1].url.path.endswith(f"{VARIABLES}/ZV{1:032}")
    assert parse_qsl(wire.requests[1].content.decode()) == [("Value", "+2,+3")]


def test_a_variable_that_is_not_known_is_made() -> None:
    wire = Wire(variables(OTHER="x"), httpx.Response(201, json={"sid": "ZV9", "key": "CHAIN_1", "value": "+2"}))
    account(wire).set_variable(PLACE, name="CHAIN_1", value="+2")
    assert (wire.requests[1].method, wire.requests[1].url.path.endswith(VARIABLES)) == ("POST", True)
    assert sorted(wire.forms[1]) == [("Key", "CHAIN_1"), ("Value", "+2")]


@pytest.mark.parametrize(
    "ask",
    [
        lambda asked: asked.status(),
        lambda asked: asked.line(LINE),
        lambda asked: asked.change_line("PN1", {"voice_url": "x"}),
        lambda asked: asked.variables(PLACE),
        lambda asked: asked.set_variable(PLACE, name="A", value="B"),
    ],
    ids=["status", "line", "change_line", "variables", "set_variable"],
)
@pytest.mark.parametrize(
    "answer",
    [
        refused(20003, status=401),
        refused(20404, status=404),
        httpx.Response(429),
        httpx.Response(500),
        httpx.Response(200, content=b"<html>"),
        httpx.ReadTimeout("slow"),
        httpx.ConnectError("nobody there"),
    ],
    ids=str,
)
def test_whatever_goes_wrong_is_said_without_a_number(ask: Callable[[TwilioAccount], object], answer: Answer) -> None:
    wire = Wire(answer)
    with pytest.raises(TelephonyUnavailable) as raised:
        ask(account(wire))
    assert "+44" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert len(wire.requests) == 1
