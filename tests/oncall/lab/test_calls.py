"""Outbound calls: their life by persona, what the service is told of it, and how it may end or redirect them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from oncall.lab.exchange import personas
from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import PROMPT, SAM, TOKEN, Service

PassTime = Callable[[float], None]


def told(service: Service) -> list[tuple[str, str]]:
    return [(hook.params["CallStatus"], hook.params["SequenceNumber"]) for hook in service.at("/call-status")]


def test_a_person_answers_and_presses_1(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime, api: Client
) -> None:
    lab.handset(SAM).call_persona = personas.TAKES
    sid = place()
    assert api.calls(sid).fetch().status == "queued"
    pass_time(30)
    assert told(service) == [("initiated", "0"), ("ringing", "1"), ("in-progress", "2"), ("completed", "3")]
    [asked] = service.at("/page")
    assert (asked.params["CallStatus"], asked.params["Direction"]) == ("in-progress", "outbound-api")
    [pressed] = service.at("/pressed")
    assert (pressed.params["Digits"], pressed.url) == ("1", service.url + "/pressed?ref=KTRW")
    assert RequestValidator(TOKEN).validate(pressed.url, pressed.params, pressed.headers["x-twilio-signature"])
    assert [heard.text for heard in lab.handset(SAM).heard][-1] == "It is yours."
    done = api.calls(sid).fetch()
    assert (done.status, done.direction) == ("completed", "outbound-api")
    assert service.at("/call-status")[-1].params["CallDuration"] == done.duration


@pytest.mark.parametrize(
    ("persona", "final", "sip", "pressed"),
    [
        (personas.TAKES, "completed", "200", ["1"]),
        (personas.PASSES_ON, "completed", "200", ["2"]),
        (personas.WRONG_KEY, "completed", "200", ["9"]),
        (personas.SAYS_NOTHING, "completed", "200", []),
        (personas.HANGS_UP, "completed", "200", []),
        (personas.VOICEMAIL, "completed", "200", []),
        (personas.NEVER_ANSWERS, "no-answer", "487", []),
        (personas.BY_HAND, "no-answer", "487", []),
        (personas.BUSY, "busy", "486", []),
        (personas.INVALID, "failed", "404", []),
        (personas.DEAD_LINE, "failed", "480", []),
    ],
    ids=lambda value: value.name if isinstance(value, personas.CallPersona) else None,
)
def test_each_persona_ends_a_call_its_way(
    lab: Lab,
    service: Service,
    place: Callable[..., str],
    pass_time: PassTime,
    persona: personas.CallPersona,
    final: str,
    sip: str,
    pressed: list[str],
) -> None:
    lab.handset(SAM).call_persona = persona
    place()
    pass_time(600)
    last = service.at("/call-status")[-1].params
    assert (last["CallStatus"], last["SipResponseCode"]) == (final, sip)
    assert [hook.params["Digits"] for hook in service.at("/pressed")] == pressed
    assert bool(service.at("/page")) is (final == "completed")


def test_listening_first_and_then_taking_takes_two_prompts(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime
) -> None:
    lab.handset(SAM).call_persona = personas.LISTENS_THEN_TAKES
    place()
    service.says("/pressed", PROMPT)
    pass_time(15)
    assert [hook.params["Digits"] for hook in service.at("/pressed")] == ["3", "1"]


def test_only_what_was_asked_for_is_told_and_numbered(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime
) -> None:
    place(status_callback_event=["completed"])
    pass_time(26)
    assert told(service) == [("no-answer", "0")]


def test_nobody_answers_until_the_timeout_and_five_seconds(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime
) -> None:
    place(timeout=20)
    pass_time(0.7)
    pass_time(24.9)
    assert told(service)[-1] == ("ringing", "1")
    pass_time(0.1)
    assert told(service)[-1] == ("no-answer", "2")


def test_calls_start_one_a_second(lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime) -> None:
    for number in range(3):
        place(to=f"+44770090001{number}")
    pass_time(10)
    started = [entry.at for entry in lab.journal.entries("call-status")]
    initiated = sorted(started)[:1] + [at for at in started if at == started[0] + timedelta(seconds=1)]
    assert len(initiated) == 2
    starts = [e.at for e in lab.journal.entries("handset") if e.request["what"] == "call initiated"]
    assert [(at - starts[0]).total_seconds() for at in starts] == [0, 1, 2]


def test_an_engaged_phone_is_busy(lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime) -> None:
    first, second = place(), place()
    pass_time(5)
    legs = {leg.sid: leg.status for leg in lab.exchange.records.legs.values()}
    assert (legs[first], legs[second]) == ("ringing", "busy")


def test_by_hand_a_person_answers_presses_and_hangs_up(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime
) -> None:
    sam = lab.handset(SAM)
    place()
    pass_time(2)
    assert sam.current_call is not None
    assert sam.current_call.status == "ringing"
    sam.answer()
    pass_time(1)
    sam.press("1")
    pass_time(1)
    assert [hook.params["Digits"] for hook in service.at("/pressed")] == ["1"]
    sam.hang_up()
    pass_time(0)
    assert told(service)[-1] == ("completed", "3")
    assert sam.current_call is None


def test_a_ringing_call_is_declined(lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime) -> None:
    place()
    pass_time(2)
    lab.handset(SAM).hang_up()
    pass_time(0)
    assert told(service)[-1] == ("busy", "2")


def test_a_call_cancelled_in_the_queue_tells_nothing(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime, api: Client
) -> None:
    sid = place()
    assert api.calls(sid).update(status="canceled").status == "canceled"
    pass_time(60)
    assert service.received == []


def test_a_ringing_call_is_cancelled_an_answered_one_completed_a_finished_one_neither(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime, api: Client
) -> None:
    ringing = place()
    pass_time(2)
    assert api.calls(ringing).update(status="canceled").status == "canceled"
    answered = place()
    pass_time(2)
    lab.handset(SAM).answer()
    with pytest.raises(TwilioRestException) as too_late:
        api.calls(answered).update(status="canceled")
    assert too_late.value.code == 21220
    assert api.calls(answered).update(status="completed").status == "completed"
    with pytest.raises(TwilioRestException) as finished:
        api.calls(answered).update(status="completed")
    assert finished.value.code == 21220
    pass_time(0)
    assert [status for status, _ in told(service)][-1] == "completed"


def test_a_live_call_is_sent_to_another_document(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime, api: Client
) -> None:
    sid = place()
    with pytest.raises(TwilioRestException) as too_early:
        api.calls(sid).update(url=service.url + "/pressed")
    assert too_early.value.code == 21220
    pass_time(2)
    lab.handset(SAM).answer()
    pass_time(1)
    api.calls(sid).update(url=service.url + "/pressed")
    pass_time(1)
    assert [heard.text for heard in lab.handset(SAM).heard][-1] == "It is yours."
    api.calls(sid).update(twiml="<Response><Say>Elsewhere.</Say></Response>")
    pass_time(5)
    assert [heard.text for heard in lab.handset(SAM).heard][-1] == "Elsewhere."
    assert api.calls(sid).fetch().status == "completed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"to": ""}, 21201),
        ({"from_": ""}, 21213),
        ({"to": "anonymous"}, 21211),
        ({"from_": "+447700900999"}, 21210),
        ({"url": "page"}, 21205),
        ({"url": ""}, 21205),
        ({"status_callback": "there"}, 21609),
        ({"timeout": 601}, 20001),
    ],
)
def test_what_cannot_be_placed_is_refused_at_once(place: Callable[..., str], wrong: dict[str, Any], code: int) -> None:
    with pytest.raises(TwilioRestException) as caught:
        place(**wrong)
    assert (caught.value.code, caught.value.status) == (code, 400)


def test_calls_are_listed_newest_first_and_filtered(
    lab: Lab, api: Client, place: Callable[..., str], pass_time: PassTime
) -> None:
    lab.handset(SAM).call_persona = personas.INVALID
    first = place()
    pass_time(60)
    second = place(to="+447700900002")
    assert [call.sid for call in api.calls.list()] == [second, first]
    assert [call.sid for call in api.calls.list(to=SAM)] == [first]
    assert [call.sid for call in api.calls.list(status="failed")] == [first]
    assert [call.sid for call in api.calls.list(start_time_after=lab.exchange.clock.now())] == [second]
    assert api.calls(first).delete() is True
    with pytest.raises(TwilioRestException) as gone:
        api.calls(first).fetch()
    assert gone.value.code == 20404


def test_a_call_is_changed_only_as_it_can_be(place: Callable[..., str], api: Client, pass_time: PassTime) -> None:
    sid = place()
    for change in ({"status": "paused"}, {}, {"url": "http://127.0.0.1/", "twiml": "<Response/>"}):
        with pytest.raises(TwilioRestException) as wrong:
            api.calls(sid).update(**change)
        assert wrong.value.code == 20001
    with pytest.raises(TwilioRestException) as going_on:
        api.calls(sid).delete()
    assert going_on.value.code == 20009
    with pytest.raises(TwilioRestException) as too_long:
        place(url="", twiml="<Response>" + " " * 4000 + "</Response>")
    assert too_long.value.code == 20001


def test_an_inline_document_that_cannot_be_read_is_an_application_error(
    lab: Lab, place: Callable[..., str], pass_time: PassTime
) -> None:
    lab.handset(SAM).call_persona = personas.SAYS_NOTHING
    place(url="", twiml="<Response><Wibble/></Response>")
    pass_time(60)
    assert lab.journal.warnings() == [12100]


def test_a_call_status_nobody_takes_is_warned_of_and_not_sent_again(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime
) -> None:
    service.says("/call-status", status=500)
    place(status_callback_event=["completed"])
    pass_time(60)
    assert (len(service.at("/call-status")), lab.journal.warnings()) == (1, [15003])


def test_a_person_may_be_slow_to_the_phone(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime
) -> None:
    lab.handset(SAM).call_persona = personas.slow(personas.TAKES, answers_after=timedelta(seconds=10))
    place()
    pass_time(9)
    assert service.at("/page") == []
    pass_time(5)
    assert len(service.at("/pressed")) == 1


def test_each_call_may_find_somebody_else(
    lab: Lab, service: Service, place: Callable[..., str], pass_time: PassTime
) -> None:
    sam = lab.handset(SAM)
    sam.call_persona = personas.NEVER_ANSWERS
    sam.next_calls(personas.BUSY, personas.TAKES)
    for _ in range(3):
        place()
        pass_time(120)
    assert [status for status, _ in told(service) if status not in {"initiated", "ringing", "in-progress"}] == [
        "busy",
        "completed",
        "no-answer",
    ]
