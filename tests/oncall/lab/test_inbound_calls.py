"""Calls from a handset: ringing, answered, over; what the number's addresses are told; what happens when they fail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from twilio.rest import Client

from oncall.lab.exchange import personas
from oncall.lab.lab import Lab
from oncall.lab.twiml.fetching import APPLICATION_ERROR
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, Service

PassTime = Callable[[float], None]
GREETING = '<Response><Say language="en-GB">MIST on-call.</Say><Pause length="20"/></Response>'


@pytest.fixture(autouse=True)
def addresses(api: Client, service: Service) -> None:
    [number] = api.incoming_phone_numbers.list()
    api.incoming_phone_numbers(number.sid).update(
        status_callback=service.url + "/over", voice_fallback_url=service.url + "/fallback"
    )


@pytest.mark.parametrize("caller", [CARER, "anonymous", "+266696687", "unknown"])
def test_a_call_rings_is_answered_and_is_over(lab: Lab, service: Service, pass_time: PassTime, caller: str) -> None:
    service.says("/voice", GREETING)
    sid = lab.handset(caller).dials(NUMBER)
    pass_time(1)
    [asked] = service.at("/voice")
    assert (asked.params["CallSid"], asked.params["CallStatus"], asked.params["From"]) == (sid, "ringing", caller)
    assert (asked.params["Direction"], asked.params["Caller"], asked.params["Called"]) == ("inbound", caller, NUMBER)
    assert lab.handset(caller).calls[-1].status == "in-progress"
    pass_time(9)
    lab.handset(caller).hang_up()
    pass_time(0)
    [over] = service.at("/over")
    assert (over.params["CallSid"], over.params["CallStatus"], over.params["CallDuration"]) == (sid, "completed", "10")


def test_a_pause_or_the_way_elsewhere_does_not_answer(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", '<Response><Pause length="3"/><Redirect>/more</Redirect></Response>')
    service.says("/more", GREETING)
    lab.handset(CARER).dials(NUMBER)
    pass_time(2)
    assert lab.handset(CARER).calls[-1].status == "ringing"
    pass_time(2)
    assert (lab.handset(CARER).calls[-1].status, service.at("/more")[0].params["CallStatus"]) == (
        "in-progress",
        "ringing",
    )


def test_the_fallback_is_told_what_failed(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", status=503)
    service.says("/fallback", GREETING)
    lab.handset(CARER).dials(NUMBER)
    pass_time(1)
    [asked] = service.at("/fallback")
    assert (asked.params["ErrorCode"], asked.params["ErrorUrl"]) == ("11200", service.url + "/voice")
    assert [heard.text for heard in lab.handset(CARER).heard] == ["MIST on-call."]


def test_a_service_that_is_gone_and_no_fallback_is_an_application_error(
    lab: Lab, service: Service, pass_time: PassTime
) -> None:
    service.says("/voice", status=500)
    service.says("/fallback", status=500)
    lab.handset(CARER).dials(NUMBER)
    pass_time(10)
    [leg] = lab.handset(CARER).calls
    assert ([heard.text for heard in leg.heard], leg.status) == ([APPLICATION_ERROR], "completed")
    assert service.at("/over")[0].params["CallStatus"] == "completed"


def test_an_error_later_in_the_call_goes_to_the_fallback_too(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", '<Response><Gather action="/key" numDigits="1"/></Response>')
    service.says("/key", status=500)
    service.says("/fallback", GREETING)
    lab.handset(CARER).dials(NUMBER, persona=personas.TAKES)
    pass_time(4)
    assert [hook.params["ErrorUrl"] for hook in service.at("/fallback")] == [service.url + "/key"]


@pytest.mark.parametrize("seconds", [5, 12])
def test_a_callers_line_drops(lab: Lab, service: Service, pass_time: PassTime, seconds: int) -> None:
    service.says("/voice", GREETING)
    drops = personas.drops_after(personas.BY_HAND, hangs_up_after=timedelta(seconds=seconds))
    lab.handset(CARER).dials(NUMBER, persona=drops)
    pass_time(seconds - 1)
    assert lab.handset(CARER).calls[-1].is_live()
    pass_time(1)
    assert [hook.params["CallStatus"] for hook in service.at("/over")] == ["completed"]


def test_a_caller_who_gives_up_before_the_answer(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", '<Response><Pause length="30"/></Response>')
    lab.handset(CARER).dials(NUMBER)
    pass_time(5)
    lab.handset(CARER).hang_up()
    pass_time(1)
    assert [hook.params["CallStatus"] for hook in service.at("/over")] == ["no-answer"]


def test_whoever_rings_the_line_is_engaged(lab: Lab, service: Service, api: Client, pass_time: PassTime) -> None:
    service.says("/voice", GREETING)
    lab.handset(SAM).dials(NUMBER)
    pass_time(1)
    call = api.calls.create(to=SAM, from_=NUMBER, url=service.url + "/voice")
    pass_time(3)
    assert api.calls(call.sid).fetch().status == "busy"
