"""Conferences: waiting, talking, and leaving by every way there is."""

from collections.abc import Callable

import pytest
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from oncall.lab.conferences.room import Room
from oncall.lab.exchange.exchange import Settings
from oncall.lab.lab import Lab
from tests.oncall.lab.conferences.conftest import events, words
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, TOKEN, Service

PassTime = Callable[[float], None]
BEN = "+447700900002"


def test_a_caller_waits_hears_again_and_again_and_then_talks(
    lab: Lab, service: Service, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime
) -> None:
    waiting = room()
    assert (waiting.status, waiting.numbers) == ("init", {CARER})
    pass_time(31)
    assert [hook.params["From"] for hook in service.at("/wait")] == [CARER] * 4
    assert words(lab, CARER) == ["You have not been forgotten."] * 4
    asked = len(service.at("/wait"))
    joins()
    assert (waiting.status, waiting.numbers) == ("in-progress", {CARER, SAM})
    assert lab.handset(CARER).hears == {SAM}
    assert lab.handset(SAM).hears == {CARER}
    pass_time(60)
    assert len(service.at("/wait")) == asked


def test_what_a_person_says_is_heard_by_the_other_alone(
    lab: Lab, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime
) -> None:
    room()
    lab.handset(CARER).says("Is anyone there?")
    joins()
    lab.handset(CARER).says("He is not well.")
    lab.handset(SAM).says("I am with you.")
    assert words(lab, SAM) == ["He is not well."]
    assert words(lab, CARER)[-1] == "I am with you."
    assert lab.handset(CARER).heard[-1].voice == SAM


def test_the_service_is_told_in_order_and_signed(
    lab: Lab, service: Service, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime
) -> None:
    sid = room().sid
    joins()
    lab.handset(SAM).hang_up()
    lab.handset(CARER).hang_up()
    pass_time(1)
    assert events(service) == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    hooks = service.at("/room")
    assert [hook.params["SequenceNumber"] for hook in hooks] == ["1", "2", "3", "4", "5", "6"]
    assert {(hook.params["ConferenceSid"], hook.params["FriendlyName"]) for hook in hooks} == {(sid, "CALL1")}
    left = hooks[3].params
    assert (left["ParticipantCallStatus"], left["ReasonParticipantLeft"]) == ("completed", "participant_hung_up")
    assert hooks[5].params["ReasonConferenceEnded"] == "last-participant-left"
    for hook in hooks:
        assert RequestValidator(TOKEN).validate(hook.url, hook.params, hook.headers["x-twilio-signature"])


def told_at(path: str, events: str) -> str:
    conference = f'<Conference statusCallback="{path}" statusCallbackEvent="{events}">A</Conference>'
    return f"<Response><Dial>{conference}</Dial></Response>"


def test_only_the_first_to_join_says_where_and_of_what_is_told(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", told_at("/first", "join"))
    lab.handset(CARER).dials(NUMBER)
    pass_time(1)
    service.says("/voice", told_at("/second", "start"))
    lab.handset(SAM).dials(NUMBER)
    pass_time(1)
    assert [hook.params["StatusCallbackEvent"] for hook in service.at("/first")] == ["participant-join"] * 2
    assert service.at("/second") == []


def test_star_leaves_the_conference_and_asks_what_next(
    lab: Lab, service: Service, room: Callable[..., Room], pass_time: PassTime
) -> None:
    waiting = room()
    lab.handset(CARER).press("5*")
    pass_time(1)
    [asked] = service.at("/left")
    assert (asked.params["DialCallStatus"], asked.params["CallStatus"]) == ("answered", "in-progress")
    assert "DialCallDuration" not in asked.params
    assert words(lab, CARER)[-1] == "Leave a message."
    assert (waiting.status, waiting.reason_ended) == ("completed", "last-participant-left")


def test_star_does_nothing_where_it_was_not_asked_for(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", "<Response><Dial><Conference>A</Conference></Dial></Response>")
    lab.handset(CARER).dials(NUMBER)
    pass_time(1)
    lab.handset(CARER).press("*")
    pass_time(60)
    assert lab.handset(CARER).hears == set()
    assert lab.conferences[0].is_live
    assert words(lab, CARER)[-1] == "(music)"


def test_without_an_action_the_document_goes_on(lab: Lab, room: Callable[..., Room], pass_time: PassTime) -> None:
    room(dial="", after='<Say language="en-GB">After.</Say>')
    lab.handset(CARER).press("*")
    pass_time(1)
    assert words(lab, CARER)[-1] == "After."


@pytest.mark.parametrize("acts", [True, False])
def test_hanging_up_may_or_may_not_ask_the_action(
    lab: Lab, service: Service, room: Callable[..., Room], pass_time: PassTime, acts: bool
) -> None:
    lab.settings = Settings(acts_on_hanging_up=acts)
    room()
    lab.handset(CARER).hang_up()
    pass_time(1)
    assert [hook.params["CallStatus"] for hook in service.at("/left")] == (["completed"] if acts else [])
    assert words(lab, CARER)[-1] != "Leave a message."


def test_a_live_update_takes_one_out_and_their_action_is_told_in_vain(
    lab: Lab, service: Service, api: Client, room: Callable[..., Room], pass_time: PassTime
) -> None:
    room()
    service.says("/promise", '<Response><Say language="en-GB">We will ring you back.</Say></Response>')
    sid = lab.handset(CARER).calls[-1].sid
    api.calls(sid).update(url=service.url + "/promise", method="POST")
    pass_time(1)
    assert [hook.params["DialCallStatus"] for hook in service.at("/left")] == ["answered"]
    assert words(lab, CARER)[-1] == "We will ring you back."
    assert service.at("/room")[-2].params["ReasonParticipantLeft"] == "participant_updated_via_api"
    pass_time(5)
    assert lab.handset(CARER).calls[-1].status == "completed"
    assert "Leave a message." not in words(lab, CARER)


def test_a_line_that_drops_ends_nothing_for_the_other(
    lab: Lab, service: Service, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime
) -> None:
    going_on = room()
    joins()
    lab.handset(SAM).hang_up()
    pass_time(5)
    assert (going_on.status, going_on.numbers) == ("in-progress", {CARER})
    assert lab.handset(CARER).hears == set()
    assert service.at("/left") == []
    talks = lab.handset(CARER).talks
    assert [(talk.number, talk.until is not None) for talk in talks] == [(SAM, True)]


@pytest.mark.parametrize("music", [True, False])
def test_one_left_alone_may_or_may_not_hear_the_music_again(
    lab: Lab, service: Service, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime, music: bool
) -> None:
    lab.settings = Settings(music_when_alone=music)
    room()
    joins()
    asked = len(service.at("/wait"))
    lab.handset(SAM).hang_up()
    pass_time(5)
    assert (len(service.at("/wait")) > asked) is music
    joins(BEN)
    asked = len(service.at("/wait"))
    pass_time(30)
    assert lab.handset(BEN).hears == {CARER}
    assert len(service.at("/wait")) == asked


def test_who_ends_it_on_leaving_ends_it_for_all(
    lab: Lab, service: Service, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime
) -> None:
    going_on = room()
    joins(inner='endConferenceOnExit="true"')
    lab.handset(SAM).hang_up()
    pass_time(1)
    assert going_on.reason_ended == "participant-with-end-conference-on-exit-left"
    assert events(service)[-3:] == ["participant-leave", "participant-leave", "conference-end"]
    assert words(lab, CARER)[-1] == "Leave a message."


def test_nobody_begins_it_nobody_talks(
    lab: Lab, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime
) -> None:
    waiting = room('waitUrl="" startConferenceOnEnter="false"')
    joins(inner='waitUrl="" startConferenceOnEnter="false"')
    assert (waiting.status, lab.handset(SAM).hears) == ("init", set())
    joins(BEN)
    assert (waiting.status, lab.handset(SAM).hears) == ("in-progress", {CARER, BEN})
    assert words(lab, CARER) == []


def test_three_talk_and_one_leaves_the_other_two(
    lab: Lab, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime
) -> None:
    room()
    joins()
    joins(BEN, 'muted="true"')
    assert lab.handset(CARER).hears == {SAM}
    assert lab.handset(BEN).hears == {CARER, SAM}
    lab.handset(SAM).press("*")
    pass_time(1)
    assert lab.handset(BEN).hears == {CARER}


def test_a_beep_is_heard_by_those_inside(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", "<Response><Dial><Conference waitUrl=''>A</Conference></Dial></Response>")
    for number in (CARER, SAM, BEN):
        lab.handset(number).dials(NUMBER)
        pass_time(1)
    assert (words(lab, CARER), words(lab, BEN)) == (["(beep)", "(beep)"], [])
    lab.handset(BEN).hang_up()
    assert len(words(lab, SAM)) == 2


def test_the_longest_silence_is_known(
    lab: Lab, room: Callable[..., Room], joins: Callable[..., str], pass_time: PassTime
) -> None:
    assert lab.handset(CARER).longest_silence.total_seconds() == 0
    room()
    pass_time(20)
    assert 8 <= lab.handset(CARER).longest_silence.total_seconds() <= 8.2
    joins()
    pass_time(60)
    assert lab.handset(CARER).longest_silence.total_seconds() <= 8.2
    lab.handset(SAM).hang_up()
    pass_time(30)
    lab.handset(CARER).hang_up()
    assert lab.handset(CARER).longest_silence.total_seconds() == 30


def test_a_call_never_answered_has_no_silence(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", "<Response><Reject/></Response>")
    lab.handset(CARER).dials(NUMBER)
    pass_time(5)
    assert lab.handset(CARER).longest_silence.total_seconds() == 0
