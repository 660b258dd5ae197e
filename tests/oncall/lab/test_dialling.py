"""Numbers a document rings: who is joined, who is let go, what the action is told, and each open reading of it."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from twilio.rest import Client

from oncall.lab.exchange import personas
from oncall.lab.exchange.exchange import Settings
from oncall.lab.exchange.personas import CallPersona
from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, Service

PassTime = Callable[[float], None]
BEN = "+447700900002"
ASKS = (
    '<Response><Gather numDigits="1" action="/accept"><Say language="en-GB">Press 1.</Say></Gather><Hangup/></Response>'
)
ACCEPTED = personas.presses("1")


def numbers(*who: str, whisper: str = 'url="/whisper"') -> str:
    told = 'statusCallback="/child" statusCallbackEvent="initiated ringing answered completed"'
    return "".join(f"<Number {whisper} {told}>{number}</Number>" for number in who)


@pytest.fixture
def rings(lab: Lab, service: Service, pass_time: PassTime) -> Callable[..., None]:
    """A carer rings, and these numbers are rung for them; each phone's holder does as given."""
    service.says("/whisper", ASKS)
    service.says("/accept", "<Response/>")
    service.says("/after", '<Response><Say language="en-GB">Nobody came.</Say></Response>')

    def rung(
        who: dict[str, CallPersona], *, dial: str = 'action="/after" timeout="20"', whisper: str = 'url="/whisper"'
    ) -> None:
        for number, persona in who.items():
            lab.handset(number).call_persona = persona
        service.says("/voice", f"<Response><Dial {dial}>{numbers(*who, whisper=whisper)}</Dial></Response>")
        lab.handset(CARER).dials(NUMBER)
        pass_time(0.5)

    return rung


def outcome(service: Service) -> dict[str, str]:
    [asked] = service.at("/after")
    names = ("DialCallStatus", "DialBridged", "DialCallDuration")
    return {name: asked.params[name] for name in names if name in asked.params}


def last_of(service: Service, number: str) -> str:
    return [hook.params["CallStatus"] for hook in service.at("/child") if hook.params["To"] == number][-1]


def test_who_accepts_is_joined_and_the_others_are_let_go(
    lab: Lab, service: Service, rings: Callable[..., None], pass_time: PassTime
) -> None:
    rings({SAM: ACCEPTED, BEN: personas.NEVER_ANSWERS})
    pass_time(3)
    assert [lab.handset(number).current_call is not None for number in (SAM, BEN)] == [True, True]
    pass_time(10)
    assert (lab.handset(CARER).hears, lab.handset(SAM).hears) == ({SAM}, {CARER})
    assert last_of(service, BEN) == "canceled"
    [asked] = service.at("/whisper")
    assert (asked.params["To"], asked.params["Direction"]) == (SAM, "outbound-dial")
    assert asked.params["ParentCallSid"] == lab.handset(CARER).calls[-1].sid != asked.params["CallSid"]
    assert asked.params["From"] == CARER
    pass_time(20)
    lab.handset(SAM).hang_up()
    pass_time(1)
    told = outcome(service)
    assert (told["DialCallStatus"], told["DialBridged"]) == ("completed", "true")
    assert 20 <= int(told["DialCallDuration"]) <= 30
    assert lab.handset(CARER).heard[-1].text == "Nobody came."
    assert [talk.number for talk in lab.handset(CARER).talks] == [SAM]


def test_children_do_not_wait_in_the_queue(lab: Lab, rings: Callable[..., None], pass_time: PassTime) -> None:
    rings({f"+44770090001{n}": personas.BY_HAND for n in range(6)})
    pass_time(1)
    assert all(lab.handset(f"+44770090001{n}").current_call for n in range(6))


@pytest.mark.parametrize(
    ("persona", "status", "seconds"),
    [
        (personas.NEVER_ANSWERS, "no-answer", 27),
        (personas.BUSY, "busy", 2),
        (personas.INVALID, "failed", 2),
        (personas.DEAD_LINE, "failed", 11),
        (personas.HANGS_UP, "completed", 8),
        (personas.PASSES_ON, "completed", 12),
        (personas.VOICEMAIL, "completed", 30),
    ],
    ids=lambda value: value.name if isinstance(value, CallPersona) else None,
)
def test_each_way_of_not_being_joined(
    lab: Lab, service: Service, rings: Callable[..., None], pass_time: PassTime,
    persona: CallPersona, status: str, seconds: float,
) -> None:  # fmt: skip
    service.says("/accept", "<Response><Hangup/></Response>")
    rings({SAM: persona})
    pass_time(seconds)
    assert outcome(service) == {"DialCallStatus": status, "DialBridged": "false"}
    assert lab.handset(CARER).talks == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(declined_counts_as="no-answer"), {"DialCallStatus": "no-answer", "DialBridged": "false"}),
        (Settings(says_if_not_joined=False), {"DialCallStatus": "completed"}),
    ],
)
def test_declining_may_be_told_otherwise(
    lab: Lab,
    service: Service,
    rings: Callable[..., None],
    pass_time: PassTime,
    settings: Settings,
    told: dict[str, str],
) -> None:
    lab.settings = settings
    rings({SAM: personas.SAYS_NOTHING})
    pass_time(20)
    assert outcome(service) == told


@pytest.mark.parametrize(
    ("ring_on", "end_as", "status"),
    [(False, "canceled", "canceled"), (False, "no-answer", "no-answer"), (True, "canceled", "ringing")],
)
def test_while_one_is_asked_the_others_may_ring_on(
    lab: Lab, service: Service, rings: Callable[..., None], pass_time: PassTime, ring_on: bool, end_as: str, status: str
) -> None:
    lab.settings = Settings(others_ring_until_accepted=ring_on, unanswered_end_as=end_as)
    rings({SAM: personas.BY_HAND, BEN: personas.BY_HAND})
    pass_time(1)
    lab.handset(SAM).answer()
    pass_time(1)
    assert lab.handset(BEN).calls[-1].status == status
    lab.handset(SAM).hang_up()
    pass_time(1)
    assert bool(service.at("/after")) is not ring_on


def test_two_asked_at_once_and_the_first_to_accept_is_joined(
    lab: Lab, service: Service, rings: Callable[..., None], pass_time: PassTime
) -> None:
    lab.settings = Settings(others_ring_until_accepted=True)
    rings({SAM: personas.BY_HAND, BEN: personas.BY_HAND})
    pass_time(1)
    for number in (SAM, BEN):
        lab.handset(number).answer()
    pass_time(1)
    for number in (BEN, SAM):
        lab.handset(number).press("1")
    pass_time(1)
    assert (lab.handset(CARER).hears, lab.handset(SAM).calls[-1].status) == ({BEN}, "completed")


@pytest.mark.parametrize("goes_on", [True, False])
def test_in_turn_the_next_is_rung_and_after_a_refusal_perhaps(
    lab: Lab, service: Service, rings: Callable[..., None], pass_time: PassTime, goes_on: bool
) -> None:
    lab.settings = Settings(rings_on_after_declining=goes_on)
    rings(
        {"+447700900003": personas.BUSY, SAM: personas.SAYS_NOTHING, BEN: ACCEPTED},
        dial='sequential="true" action="/after"',
    )
    assert lab.handset(SAM).calls == []
    pass_time(5)
    assert (lab.handset(SAM).current_call is not None, lab.handset(BEN).calls) == (True, [])
    pass_time(20)
    assert lab.handset(CARER).hears == ({BEN} if goes_on else set())
    assert bool(service.at("/after")) is not goes_on


@pytest.mark.parametrize("into", ["bridge", "drop", "fallback"])
@pytest.mark.parametrize(("body", "status"), [("", 500), ("<Response><Dial>+447700900009</Dial></Response>", 200)])
def test_a_whisper_that_cannot_be_had(
    lab: Lab, service: Service, api: Client, rings: Callable[..., None], pass_time: PassTime,
    into: Literal["bridge", "drop", "fallback"], body: str, status: int,
) -> None:  # fmt: skip
    lab.settings = Settings(whisper_fails_into=into)
    [number] = api.incoming_phone_numbers.list()
    api.incoming_phone_numbers(number.sid).update(voice_fallback_url=service.says("/fallback", "<Response/>"))
    service.says("/bad", body, status=status)
    rings({SAM: personas.SAYS_NOTHING}, whisper='url="/bad"')
    pass_time(6)
    assert lab.handset(CARER).hears == (set() if into == "drop" else {SAM})
    assert [hook.params["ErrorUrl"] for hook in service.at("/fallback")] == (
        [service.url + "/bad"] if into == "fallback" else []
    )


def test_without_a_whisper_whoever_answers_is_joined(lab: Lab, rings: Callable[..., None], pass_time: PassTime) -> None:
    rings({SAM: personas.VOICEMAIL}, whisper="")
    pass_time(20)
    assert lab.handset(CARER).hears == {SAM}


@pytest.mark.parametrize(("answered", "final"), [(False, "canceled"), (True, "completed")])
def test_a_caller_who_hangs_up_stops_the_ringing(
    lab: Lab, service: Service, rings: Callable[..., None], pass_time: PassTime, answered: bool, final: str
) -> None:
    rings({SAM: personas.BY_HAND})
    pass_time(1)
    if answered:
        lab.handset(SAM).answer()
        pass_time(1)
    lab.handset(CARER).hang_up()
    pass_time(1)
    assert (last_of(service, SAM), outcome(service)["DialCallStatus"]) == (final, "canceled")


def test_star_or_a_live_update_leaves_the_two(
    lab: Lab, service: Service, api: Client, rings: Callable[..., None], pass_time: PassTime
) -> None:
    rings({SAM: ACCEPTED}, dial='action="/after" hangupOnStar="true"')
    pass_time(10)
    lab.handset(CARER).press("1*")
    pass_time(1)
    assert (outcome(service)["DialBridged"], lab.handset(SAM).calls[-1].status) == ("true", "completed")
    assert lab.handset(CARER).heard[-1].text == "Nobody came."
    pass_time(5)
    rings({SAM: ACCEPTED})
    pass_time(10)
    service.says("/elsewhere", '<Response><Say language="en-GB">Elsewhere.</Say></Response>')
    api.calls(lab.handset(CARER).calls[-1].sid).update(url=service.url + "/elsewhere")
    pass_time(1)
    assert lab.handset(CARER).heard[-1].text == "Elsewhere."
    assert lab.handset(SAM).calls[-1].status == "completed"


def test_the_one_joined_may_be_taken_elsewhere(
    lab: Lab, service: Service, api: Client, rings: Callable[..., None], pass_time: PassTime
) -> None:
    rings({SAM: ACCEPTED})
    pass_time(10)
    service.says("/elsewhere", '<Response><Say language="en-GB">Elsewhere.</Say></Response>')
    api.calls(lab.handset(SAM).calls[-1].sid).update(url=service.url + "/elsewhere")
    pass_time(1)
    assert (lab.handset(SAM).heard[-1].text, lab.handset(CARER).heard[-1].text) == ("Elsewhere.", "Nobody came.")


def test_a_caller_hears_ringing_until_joined_if_asked_for(
    lab: Lab, rings: Callable[..., None], pass_time: PassTime
) -> None:
    rings({SAM: ACCEPTED}, dial='answerOnBridge="true" callerId="+447700900000" timeLimit="60"')
    pass_time(2)
    assert lab.handset(CARER).calls[-1].status == "ringing"
    pass_time(8)
    assert lab.handset(CARER).calls[-1].status == "in-progress"
    assert lab.handset(SAM).calls[-1].sender == NUMBER
    pass_time(60)
    assert lab.handset(SAM).calls[-1].status == "completed"


@pytest.mark.parametrize(
    ("dial", "warned"),
    [
        ("<Dial>+447700900001</Dial>", []),
        ("<Dial action='/after'><Number>nobody</Number></Dial>", [13224]),
        ("<Dial/>", [13223]),
        (f"<Dial>{numbers(*[SAM] * 11)}</Dial>", [12100]),
    ],
)
def test_numbers_as_they_may_be_written(
    lab: Lab, service: Service, pass_time: PassTime, dial: str, warned: list[int]
) -> None:
    service.says("/voice", f"<Response>{dial}</Response>")
    service.says("/after", "<Response/>")
    lab.handset(CARER).dials(NUMBER)
    pass_time(2)
    assert lab.journal.warnings() == warned
    assert bool(lab.handset(SAM).calls) is not bool(warned)


def test_an_inline_document_needs_whole_addresses_for_what_comes_after(
    lab: Lab, service: Service, api: Client, pass_time: PassTime
) -> None:
    lab.handset(CARER).call_persona = personas.SAYS_NOTHING
    call: dict[str, Any] = {"to": CARER, "from_": NUMBER}
    api.calls.create(twiml='<Response><Dial action="/after">+447700900001</Dial></Response>', **call)
    pass_time(8)
    lab.handset(CARER).hang_up()
    pass_time(1)
    assert lab.journal.warnings() == [15004]
