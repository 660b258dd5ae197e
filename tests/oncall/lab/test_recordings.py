"""Messages after the beep: when one is kept, what the service is told, how it is fetched and deleted."""

import io
import wave
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from oncall.lab.exchange import personas
from oncall.lab.exchange.exchange import Settings
from oncall.lab.exchange.personas import CallPersona
from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import ACCOUNT, CARER, NUMBER, TOKEN, Service

PassTime = Callable[[float], None]
SPEAKS = CallPersona("speaks", hangs_up_after=None, message="Please ring me, he is on the roof.")


@pytest.fixture
def beeps(lab: Lab, service: Service, pass_time: PassTime) -> Callable[..., None]:
    """A carer rings and is asked to speak after the tone; a second passes, and the tone is over."""
    service.says("/kept", '<Response><Say language="en-GB">Thank you.</Say></Response>')

    def beeped(inner: str = "", *, persona: CallPersona = personas.BY_HAND) -> None:
        record = f'<Record action="/kept" recordingStatusCallback="/recording" {inner}/>'
        service.says("/voice", f'<Response>{record}<Say language="en-GB">Nothing came.</Say></Response>')
        lab.handset(CARER).dials(NUMBER, persona=persona)
        pass_time(0.5)
        pass_time(1)

    return beeped


def words(lab: Lab) -> list[str]:
    return [heard.text for heard in lab.handset(CARER).heard]


def test_a_message_is_kept_until_silence_and_told_of_later(
    lab: Lab, service: Service, beeps: Callable[..., None], pass_time: PassTime
) -> None:
    beeps('timeout="5"')
    lab.handset(CARER).says("Please ring me, he is on the roof.")
    pass_time(7.7)
    assert service.at("/kept") == []
    pass_time(0.5)
    [asked] = service.at("/kept")
    assert (asked.params["Digits"], asked.params["CallStatus"]) == ("", "in-progress")
    assert 7 <= int(asked.params["RecordingDuration"]) <= 9
    assert service.at("/recording") == []
    pass_time(2)
    [told] = service.at("/recording")
    assert (told.params["RecordingStatus"], told.params["RecordingSource"]) == ("completed", "RecordVerb")
    assert told.params["RecordingUrl"] == asked.params["RecordingUrl"]
    assert (words(lab), [each.words for each in lab.recordings]) == (
        ["(beep)", "Thank you."],
        [["Please ring me, he is on the roof."]],
    )


def test_nothing_said_is_no_recording_and_the_document_goes_on(
    lab: Lab, service: Service, beeps: Callable[..., None], pass_time: PassTime
) -> None:
    beeps()
    pass_time(6)
    assert words(lab) == ["(beep)", "Nothing came."]
    assert (service.at("/kept"), lab.recordings) == ([], [])


@pytest.mark.parametrize(("inner", "key", "digits"), [("", "#", "#"), ("", "4", "4"), ('finishOnKey="#"', "1#", "#")])
def test_a_key_ends_a_message(
    lab: Lab, service: Service, beeps: Callable[..., None], pass_time: PassTime, inner: str, key: str, digits: str
) -> None:
    beeps(inner)
    lab.handset(CARER).says("Ring me.")
    pass_time(2)
    lab.handset(CARER).press(key)
    pass_time(1)
    assert [hook.params["Digits"] for hook in service.at("/kept")] == [digits]


def test_a_message_is_no_longer_than_it_may_be(
    lab: Lab, service: Service, beeps: Callable[..., None], pass_time: PassTime
) -> None:
    beeps('maxLength="10" timeout="60"')
    lab.handset(CARER).says("word " * 60)
    pass_time(10)
    assert [hook.params["RecordingDuration"] for hook in service.at("/kept")] == ["10"]


@pytest.mark.parametrize("acts", [True, False])
def test_a_caller_who_hangs_up_has_left_a_message(
    lab: Lab, service: Service, beeps: Callable[..., None], pass_time: PassTime, acts: bool
) -> None:
    lab.settings = Settings(acts_on_hanging_up=acts)
    beeps(persona=SPEAKS)
    pass_time(3)
    lab.handset(CARER).hang_up()
    pass_time(3)
    assert [hook.params["Digits"] for hook in service.at("/kept")] == (["hangup"] if acts else [])
    assert len(service.at("/recording")) == 1


def test_a_caller_who_hangs_up_at_the_beep_has_left_none(
    lab: Lab, service: Service, beeps: Callable[..., None], pass_time: PassTime
) -> None:
    beeps('playBeep="true"')
    lab.handset(CARER).hang_up()
    pass_time(5)
    assert (service.at("/kept"), service.at("/recording"), lab.recordings) == ([], [], [])


def test_a_call_taken_elsewhere_leaves_its_message_behind(
    lab: Lab, service: Service, api: Client, beeps: Callable[..., None], pass_time: PassTime
) -> None:
    beeps()
    lab.handset(CARER).says("Ring me.")
    pass_time(2)
    service.says("/elsewhere", '<Response><Say language="en-GB">Here is Sam.</Say></Response>')
    api.calls(lab.handset(CARER).calls[-1].sid).update(url=service.url + "/elsewhere")
    pass_time(3)
    assert words(lab)[-1] == "Here is Sam."
    assert len(service.at("/recording")) == 1


def test_a_recording_is_fetched_with_the_password_and_deleted(
    lab: Lab, service: Service, api: Client, beeps: Callable[..., None], pass_time: PassTime
) -> None:
    lab.settings = Settings(recordings_ready_after=timedelta(minutes=2))
    beeps(persona=SPEAKS)
    pass_time(10)
    [asked] = service.at("/kept")
    url, sid = asked.params["RecordingUrl"], asked.params["RecordingSid"]
    assert httpx.get(url, auth=(ACCOUNT, TOKEN), trust_env=False).status_code == 404
    assert api.recordings(sid).fetch().status == "processing"
    with pytest.raises(TwilioRestException) as early:
        api.recordings(sid).delete()
    assert early.value.code == 20009
    pass_time(120)
    assert httpx.get(url, trust_env=False).status_code == 401
    for address in (url, url + ".wav"):
        fetched = httpx.get(address, auth=(ACCOUNT, TOKEN), trust_env=False)
        assert fetched.headers["content-type"] == "audio/x-wav"
        with wave.open(io.BytesIO(fetched.content)) as sound:
            assert sound.getnframes() == sound.getframerate() * int(asked.params["RecordingDuration"])
    call = asked.params["CallSid"]
    assert [each.sid for each in api.recordings.list(call_sid=call)] == [sid]
    assert [each.sid for each in api.calls(call).recordings.list()] == [sid]
    assert api.recordings.list(call_sid="CA" + "0" * 32) == []
    assert api.recordings(sid).delete() is True
    assert httpx.get(url, auth=(ACCOUNT, TOKEN), trust_env=False).status_code == 404


def test_a_recording_callback_nobody_takes_is_warned_of(
    lab: Lab, service: Service, beeps: Callable[..., None], pass_time: PassTime
) -> None:
    service.says("/recording", status=503)
    beeps(persona=SPEAKS)
    pass_time(20)
    assert lab.journal.warnings() == [15003]
