"""What is heard while waiting, also when it is wrong; and conferences that cannot be joined."""

from collections.abc import Callable

import pytest

from oncall.lab.conferences.room import Room
from oncall.lab.lab import Lab
from tests.oncall.lab.conferences.conftest import words
from tests.oncall.lab.conftest import CARER, NUMBER, Service

PassTime = Callable[[float], None]


@pytest.mark.parametrize(
    ("body", "status", "content_type", "code"),
    [
        ("", 500, "text/xml", 11200),
        ("<Response><Gather/></Response>", 200, "text/xml", 12200),
        ("<Response>", 200, "text/xml", 12100),
        ('<Response><Say voice="nobody">x</Say></Response>', 200, "text/xml", 13511),
    ],
)
def test_music_that_cannot_be_had_is_silence_and_a_warning(
    lab: Lab, service: Service, room: Callable[..., Room], pass_time: PassTime, body: str, status: int,
    content_type: str, code: int,
) -> None:  # fmt: skip
    service.says("/bad", body, status=status, content_type=content_type)
    waiting = room('waitUrl="/bad"')
    pass_time(60)
    assert (lab.journal.warnings(), waiting.numbers, words(lab, CARER)) == ([code], {CARER}, [])


def test_what_is_waited_to_may_lead_elsewhere_be_a_sound_or_end_the_call(
    lab: Lab, service: Service, room: Callable[..., Room], pass_time: PassTime
) -> None:
    service.says("/a", "<Response><Redirect>/sound</Redirect></Response>")
    service.says("/sound", "mp3", content_type="audio/mpeg")
    room('waitUrl="/a"')
    pass_time(3)
    assert [(heard.kind, heard.text) for heard in lab.handset(CARER).heard][:1] == [("play", service.url + "/sound")]
    service.says("/a", "<Response><Hangup/></Response>")
    pass_time(5)
    assert lab.handset(CARER).calls[-1].status == "completed"


def test_an_empty_document_is_not_asked_for_without_end(
    lab: Lab, service: Service, room: Callable[..., Room], pass_time: PassTime
) -> None:
    service.says("/empty", "<Response/>")
    room('waitUrl="/empty"')
    pass_time(10)
    assert 8 <= len(service.at("/empty")) <= 12


def test_a_dial_lasts_no_longer_than_it_may(
    lab: Lab, service: Service, room: Callable[..., Room], pass_time: PassTime
) -> None:
    room(dial='action="/left" timeLimit="20"')
    pass_time(18)
    assert service.at("/left") == []
    pass_time(2)
    assert len(service.at("/left")) == 1


def test_a_conference_callback_nobody_takes_is_warned_of(lab: Lab, service: Service, room: Callable[..., Room]) -> None:
    service.says("/room", status=500)
    room()
    assert lab.journal.warnings() == [15003]


def test_an_attribute_nobody_knows_is_warned_of(lab: Lab, room: Callable[..., Room]) -> None:
    waiting = room('waiturl="/wait" waitUrl=""')
    assert (lab.journal.warnings(), waiting.numbers) == ([12200], {CARER})


@pytest.mark.parametrize(
    "noun", ["<Conference/>", "<Conference>A</Conference><Conference>B</Conference>", "<Sim>x</Sim>"]
)
def test_what_cannot_be_dialled_is_an_error(lab: Lab, service: Service, pass_time: PassTime, noun: str) -> None:
    service.says("/voice", f"<Response><Dial>{noun}</Dial></Response>")
    lab.handset(CARER).dials(NUMBER)
    pass_time(1)
    assert lab.journal.warnings()[0] in {12100, 13214}
    assert "application error" in words(lab, CARER)[-1]
