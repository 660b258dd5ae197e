"""The service is gone: what becomes of calls and texts, by the Functions alone."""

from collections.abc import Callable

import httpx
import pytest
from twilio.rest import Client

from oncall.lab.exchange import personas
from oncall.lab.exchange.exchange import Settings
from oncall.lab.exchange.personas import CallPersona
from oncall.lab.functions.hosted import Hosted
from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, Service

PassTime = Callable[[float], None]
BEN = "+447700900002"
FIXED = "+442079460000"


@pytest.fixture
def hosted(lab: Lab, service: Service, api: Client) -> Hosted:
    """Functions that know whom to ring; the service itself answers every webhook with an error."""
    hosted = lab.host_functions({f"CHAIN_{NUMBER[1:]}": f"{SAM},{BEN},{FIXED}", "CHAIN_DEFAULT": FIXED})
    [number] = api.incoming_phone_numbers.list()
    url = lab.functions_url(hosted)
    api.incoming_phone_numbers(number.sid).update(voice_fallback_url=f"{url}/voice", sms_fallback_url=f"{url}/sms")
    service.says("/voice", status=500)
    service.says("/sms", status=500)
    return hosted


@pytest.mark.usefixtures("hosted")
def test_a_carer_reaches_the_practitioner_on_duty(lab: Lab, pass_time: PassTime) -> None:
    lab.handset(CARER).dials(NUMBER)
    pass_time(25)
    assert "999" in lab.handset(CARER).heard[0].text
    lab.handset(SAM).answer()
    pass_time(1)
    assert "Press 1" in lab.handset(SAM).heard[0].text
    lab.handset(SAM).press("1")
    pass_time(1)
    assert (lab.handset(CARER).hears, lab.handset(SAM).hears) == ({SAM}, {CARER})
    assert lab.handset(SAM).calls[-1].sender == NUMBER
    pass_time(60)
    lab.handset(SAM).hang_up()
    pass_time(1)
    assert lab.handset(CARER).calls[-1].status == "completed"
    assert lab.journal.warnings() == [11200]


@pytest.mark.usefixtures("hosted")
def test_a_service_that_does_not_even_answer_is_stood_in_for(lab: Lab, api: Client, pass_time: PassTime) -> None:
    [number] = api.incoming_phone_numbers.list()
    api.incoming_phone_numbers(number.sid).update(voice_url="http://127.0.0.1:9/voice#ct=100&rc=0")
    lab.handset(SAM).call_persona = personas.TAKES
    lab.handset(CARER).dials(NUMBER)
    pass_time(30)
    assert (lab.journal.warnings(), lab.handset(CARER).hears) == ([11205], {SAM})


@pytest.mark.usefixtures("hosted")
@pytest.mark.parametrize("goes_on", [True, False])
@pytest.mark.parametrize(
    "first",
    [personas.NEVER_ANSWERS, personas.BUSY, personas.VOICEMAIL, personas.PASSES_ON, personas.DEAD_LINE],
    ids=lambda persona: persona.name,
)
def test_whatever_the_first_does_the_next_is_reached(
    lab: Lab, pass_time: PassTime, first: CallPersona, goes_on: bool
) -> None:
    lab.settings = Settings(rings_on_after_declining=goes_on)
    lab.handset(SAM).call_persona = first
    lab.handset(BEN).call_persona = personas.TAKES
    lab.handset(CARER).dials(NUMBER)
    pass_time(180)
    assert BEN in {talk.number for talk in lab.handset(CARER).talks}
    assert SAM not in {talk.number for talk in lab.handset(CARER).talks}


@pytest.mark.usefixtures("hosted")
def test_nobody_comes_and_all_are_told(lab: Lab, pass_time: PassTime) -> None:
    for number in (SAM, BEN, FIXED):
        lab.handset(number).call_persona = personas.NEVER_ANSWERS
    lab.handset(CARER).dials(NUMBER)
    pass_time(360)
    assert "have not reached anyone" in lab.handset(CARER).heard[-1].text
    assert lab.handset(CARER).calls[-1].status == "completed"
    assert len(lab.handset(SAM).calls) == 3
    pass_time(5)
    assert ["reached nobody" in lab.handset(number).inbox[0].body for number in (SAM, BEN, FIXED)] == [True] * 3


def test_a_changed_variable_counts_from_the_next_call(lab: Lab, hosted: Hosted, pass_time: PassTime) -> None:
    [chain, default] = hosted.variables.values()
    chain.value = ""
    lab.handset(CARER).dials(NUMBER)
    pass_time(25)
    assert [bool(lab.handset(number).calls) for number in (SAM, FIXED)] == [False, True]
    default.value = "nobody"
    lab.handset("anonymous").dials(NUMBER)
    pass_time(10)
    assert "have not reached anyone" in lab.handset("anonymous").heard[0].text


@pytest.mark.usefixtures("hosted")
def test_a_text_is_answered_and_passed_on_without_its_words(lab: Lab, pass_time: PassTime) -> None:
    lab.exchange.records.opted_out.add((NUMBER, BEN))
    lab.handset(CARER).texts(NUMBER, "She has gone out.")
    pass_time(5)
    assert "ring this number" in lab.handset(CARER).inbox[0].body
    [told] = lab.handset(SAM).inbox
    assert "texted the line" in told.body
    assert "gone out" not in told.body
    lab.handset(SAM).texts(NUMBER, "1")
    pass_time(5)
    assert "not taken in" in lab.handset(SAM).inbox[-1].body
    assert lab.journal.warnings() == [11200, 21610, 11200]


def test_only_the_company_may_ask(lab: Lab, hosted: Hosted) -> None:
    answer = httpx.post(f"{lab.functions_url(hosted)}/voice", data={"To": NUMBER}, trust_env=False)
    assert answer.status_code == 403


def test_an_address_without_a_function_is_not_found(lab: Lab, hosted: Hosted, api: Client, pass_time: PassTime) -> None:
    [number] = api.incoming_phone_numbers.list()
    api.incoming_phone_numbers(number.sid).update(voice_fallback_url=f"{lab.functions_url(hosted)}/elsewhere")
    lab.handset(CARER).dials(NUMBER)
    pass_time(5)
    assert lab.journal.warnings() == [11200, 11200]
