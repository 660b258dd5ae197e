"""Calls that go on being steered: sent to another document, told something alone, and recordings deleted."""

import httpx
import pytest

from oncall.telephony.codes import Verdict
from oncall.telephony.port import Accepted, NotProcessed, OutcomeUnknown, Refused
from tests.oncall.telephony.twilio_double import ACCOUNT, API, Answer, Wire, refused, telephony

URL = "https://line.example/twilio/voice/7/0/moved"
BASE = f"{API}/2010-04-01/Accounts/{ACCOUNT}"


def test_a_live_call_is_sent_to_a_document() -> None:
    wire = Wire(httpx.Response(200, json={"sid": "CA1", "status": "in-progress"}))
    assert telephony(wire).move_call("CA1", url=URL) == Accepted(sid="CA1", status="in-progress")
    assert str(wire.requests[0].url) == f"{BASE}/Calls/CA1.json"
    assert sorted(wire.forms[0]) == [("Method", "POST"), ("Url", URL)]


def test_one_participant_is_told_something_alone() -> None:
    wire = Wire(httpx.Response(200, json={"call_sid": "CA1", "conference_sid": "CF1", "status": "connected"}))
    assert telephony(wire).announce("CF1", "CA1", url=URL) == Accepted(sid="CA1", status="connected")
    assert str(wire.requests[0].url) == f"{BASE}/Conferences/CF1/Participants/CA1.json"
    assert sorted(wire.forms[0]) == [("AnnounceMethod", "POST"), ("AnnounceUrl", URL)]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (refused(21220), Refused(code=21220, verdict=Verdict.BENIGN)),
        (refused(20404, status=404), Refused(code=20404, verdict=Verdict.BENIGN)),
        (refused(20500, status=500), OutcomeUnknown()),
        (httpx.ReadTimeout("slow"), OutcomeUnknown()),
        (httpx.ConnectError("no"), NotProcessed()),
    ],
)
def test_a_call_that_is_over_or_a_network_that_is_away_never_raises(answer: Answer, outcome: object) -> None:
    assert telephony(Wire(answer)).move_call("CA1", url=URL) == outcome
    assert telephony(Wire(answer)).announce("CF1", "CA1", url=URL) == outcome


@pytest.mark.parametrize("answer", [httpx.Response(204), refused(20404, status=404)])
def test_a_recording_is_deleted_and_one_that_is_gone_counts_as_deleted(answer: httpx.Response) -> None:
    wire = Wire(answer)
    assert telephony(wire).delete_recording("RE1") == Accepted(sid="RE1", status="deleted")
    assert (wire.requests[0].method, str(wire.requests[0].url)) == ("DELETE", f"{BASE}/Recordings/RE1.json")


def test_a_recording_that_may_still_be_there_is_not_said_to_be_deleted() -> None:
    assert telephony(Wire(refused(20500, status=500))).delete_recording("RE1") == OutcomeUnknown()
