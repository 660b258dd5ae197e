"""What the service may do to a conference: hold, mute, announce, take out, end, add."""

from collections.abc import Callable
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from oncall.lab.conferences.room import Room
from oncall.lab.exchange import personas
from oncall.lab.exchange.exchange import Settings
from oncall.lab.lab import Lab
from tests.oncall.lab.conferences.conftest import events, words
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, Service

PassTime = Callable[[float], None]


def test_on_hold_one_hears_its_own_music_and_nobody(
    lab: Lab, service: Service, api: Client, talking: Room, pass_time: PassTime
) -> None:
    service.says("/hold", '<Response><Say language="en-GB">Back at once.</Say></Response>')
    caller = lab.handset(CARER).calls[-1].sid
    participant = api.conferences(talking.sid).participants(caller)
    assert participant.update(hold=True, hold_url=service.url + "/hold").hold is True
    pass_time(4)
    assert lab.handset(SAM).hears == set()
    assert words(lab, CARER)[-2:] == ["Back at once."] * 2
    assert participant.update(end_conference_on_exit=True).end_conference_on_exit is False
    assert participant.update(hold=False).hold is False
    said = len(words(lab, CARER))
    pass_time(30)
    assert (len(words(lab, CARER)), lab.handset(SAM).hears) == (said, {CARER})
    assert participant.update(end_conference_on_exit=True).end_conference_on_exit is True
    pass_time(0)
    assert events(service)[-3:] == ["participant-hold", "participant-unhold", "participant-modify"]


def test_muted_one_hears_and_is_not_heard(lab: Lab, service: Service, api: Client, talking: Room) -> None:
    participant = api.conferences(talking.sid).participants(lab.handset(SAM).calls[-1].sid)
    assert participant.update(muted=True).muted is True
    assert (lab.handset(CARER).hears, lab.handset(SAM).hears) == (set(), {CARER})
    assert [each.call_sid for each in api.conferences(talking.sid).participants.list(muted=True)] == [
        lab.handset(SAM).calls[-1].sid
    ]
    assert participant.update(muted=False).muted is False
    assert lab.handset(CARER).hears == {SAM}


def test_an_announcement_is_for_one_or_for_all(
    lab: Lab, service: Service, api: Client, talking: Room, pass_time: PassTime
) -> None:
    service.says("/news", '<Response><Say language="en-GB">They will be back.</Say></Response>')
    caller = lab.handset(CARER).calls[-1].sid
    api.conferences(talking.sid).participants(caller).update(announce_url=service.url + "/news")
    pass_time(3)
    assert (words(lab, CARER)[-1], words(lab, SAM)) == ("They will be back.", [])
    api.conferences(talking.sid).update(announce_url=service.url + "/news")
    pass_time(3)
    assert words(lab, SAM) == ["They will be back."]
    assert events(service)[-3:] == ["announcement-end"] * 3
    service.says("/news", status=500)
    api.conferences(talking.sid).participants(caller).update(announce_url=service.url + "/news")
    pass_time(3)
    assert events(service)[-1] == "announcement-fail"
    assert lab.handset(CARER).hears == {SAM}


def test_one_who_waits_hears_an_announcement_and_waits_on(
    lab: Lab, service: Service, api: Client, room: Callable[..., Room], pass_time: PassTime
) -> None:
    waiting = room()
    service.says("/news", '<Response><Say language="en-GB">We are ringing Ben.</Say></Response>')
    caller = lab.handset(CARER).calls[-1].sid
    api.conferences(waiting.sid).participants(caller).update(announce_url=service.url + "/news")
    pass_time(10)
    assert words(lab, CARER)[-2:] == ["We are ringing Ben.", "You have not been forgotten."]


def test_one_taken_out_goes_on_with_their_own_document(
    lab: Lab, service: Service, api: Client, talking: Room, pass_time: PassTime
) -> None:
    service.says("/practitioner-left", '<Response><Say language="en-GB">Thank you.</Say></Response>')
    assert api.conferences(talking.sid).participants(lab.handset(SAM).calls[-1].sid).delete() is True
    pass_time(1)
    assert words(lab, SAM) == ["Thank you."]
    assert service.at("/room")[-1].params["ReasonParticipantLeft"] == "participant_updated_via_api"


def test_the_api_ends_a_conference_and_all_go_on(
    lab: Lab, service: Service, api: Client, talking: Room, pass_time: PassTime
) -> None:
    assert api.conferences(talking.sid).update(status="completed").status == "completed"
    pass_time(1)
    assert words(lab, CARER)[-1] == "Leave a message."
    assert talking.reason_ended == "conference-ended-via-api"
    for wrong in ({"status": "completed"}, {"status": "init"}):
        with pytest.raises(TwilioRestException) as refused:
            api.conferences(talking.sid).update(**wrong)
        assert refused.value.code == 20001
    with pytest.raises(TwilioRestException) as gone:
        api.conferences(talking.sid).participants(lab.handset(CARER).calls[-1].sid).fetch()
    assert gone.value.code == 20404


def test_a_list_lags_behind_and_a_sid_does_not(
    lab: Lab, api: Client, room: Callable[..., Room], pass_time: PassTime
) -> None:
    lab.settings = Settings(list_lag=Settings().recordings_ready_after)
    waiting = room()
    assert api.conferences.list(friendly_name="CALL1") == []
    assert api.conferences(waiting.sid).fetch().status == "init"
    pass_time(2)
    assert [each.sid for each in api.conferences.list(friendly_name="CALL1", status="init")] == [waiting.sid]
    assert api.conferences.list(friendly_name="CALL2") == []


def test_a_number_is_added_without_being_asked(
    lab: Lab, service: Service, api: Client, room: Callable[..., Room], pass_time: PassTime
) -> None:
    waiting = room()
    lab.handset(SAM).call_persona = personas.VOICEMAIL
    added: dict[str, Any] = {"to": SAM, "from_": NUMBER, "label": "sam", "timeout": 20, "beep": "false"}
    assert api.conferences(waiting.sid).participants.create(**added).status == "queued"
    pass_time(25)
    assert waiting.numbers == {CARER, SAM}
    assert api.conferences(waiting.sid).participants("sam").fetch().label == "sam"
    api.conferences(waiting.sid).participants("sam").delete()
    pass_time(1)
    assert lab.handset(SAM).calls[-1].status == "completed"
    lab.handset(CARER).hang_up()
    with pytest.raises(TwilioRestException):
        api.conferences(waiting.sid).participants.create(**added)
