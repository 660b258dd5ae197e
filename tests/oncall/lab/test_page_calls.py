"""Calls on the lab's page over plain HTTP: ringing the line, who talks with whom, what is said, a message."""

from collections.abc import Callable

import httpx
import pytest
from twilio.rest import Client

from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, Service
from tests.oncall.lab.test_page import do, page, shown

PassTime = Callable[[float], None]
ROOM = '<Response><Dial><Conference waitUrl="" beep="false">A</Conference></Dial></Response>'
__all__ = ["page"]


@pytest.fixture
def waits(page: httpx.Client, service: Service, pass_time: PassTime) -> None:
    """The carer has rung the line from the page and is in a conference by themselves."""
    service.says("/voice", ROOM)
    do(page, "0/ring")
    pass_time(1)


@pytest.mark.usefixtures("waits")
def test_a_caller_waits_and_then_talks_in_words(page: httpx.Client, lab: Lab, pass_time: PassTime) -> None:
    assert "Waiting to be joined" in shown(page)
    lab.handset(SAM).dials(NUMBER)
    pass_time(1)
    text = shown(page)
    assert "Talking with Sam Rees" in text
    assert "Talking with Jane Price" in text
    lab.handset("+447700900555").dials(NUMBER)
    pass_time(1)
    assert "Talking with Sam Rees and +447700900555" in shown(page)
    do(page, "0/say", words="He is on the roof.")
    do(page, "0/say", words="   ")
    text = shown(page)
    assert "Jane Price: He is on the roof." in text
    assert '<li data-key="' + lab.handset(CARER).calls[-1].sid + '-s0" class="mine said" lang="en">' in text
    lab.handset(SAM).hang_up()
    assert "Talking with Sam Rees" not in shown(page)


def test_a_message_is_left_after_the_beep(page: httpx.Client, lab: Lab, service: Service, pass_time: PassTime) -> None:
    sound = service.says("/a.mp3", "ID3", content_type="audio/mpeg")
    service.says("/voice", f'<Response><Play>{sound}</Play><Record action="/kept"/></Response>')
    do(page, "0/ring")
    pass_time(1)
    assert "(a recording)" in shown(page)
    pass_time(4)
    assert "Leaving a message" in shown(page)
    do(page, "0/say", words="Please ring me.")
    assert [each.words for each in lab.recordings] == []
    pass_time(1)
    do(page, "0/press", key="#")
    assert [each.words for each in lab.recordings] == [["Please ring me."]]


def test_words_are_only_said_in_a_call(page: httpx.Client, lab: Lab, api: Client, pass_time: PassTime) -> None:
    assert "Say something" not in shown(page)
    api.calls.create(to=SAM, from_=NUMBER, twiml='<Response><Pause length="30"/></Response>')
    pass_time(2)
    assert "Say something" not in shown(page)
    do(page, "2/answer")
    assert "Say something" in shown(page)
