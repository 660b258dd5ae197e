"""A carer who waits in a conference, a practitioner who joins it, and what the service and the phones noted."""

from collections.abc import Callable

import pytest
from twilio.rest import Client

from oncall.lab.conferences.room import Room
from oncall.lab.exchange import personas
from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, Service

PassTime = Callable[[float], None]
ALL = "start end join leave mute hold modify announcement"
BEN = "+447700900002"
WAITING = '<Response><Say language="en-GB">You have not been forgotten.</Say><Pause length="8"/></Response>'


def confer(inner: str = "", dial: str = "", after: str = "") -> str:
    return (
        f'<Response><Dial hangupOnStar="true" {dial}><Conference beep="false" statusCallback="/room" '
        f'statusCallbackEvent="{ALL}" {inner}>CALL1</Conference></Dial>{after}</Response>'
    )


@pytest.fixture
def room(lab: Lab, service: Service, pass_time: PassTime) -> Callable[..., Room]:
    """A carer rings and waits in a conference."""
    service.says("/wait", WAITING)
    service.says("/left", '<Response><Say language="en-GB">Leave a message.</Say></Response>')

    def waits(inner: str = 'waitUrl="/wait"', *, dial: str = 'action="/left"', after: str = "") -> Room:
        service.says("/voice", confer(inner, dial, after))
        lab.handset(CARER).dials(NUMBER)
        pass_time(1)
        made = lab.conference("CALL1")
        assert made is not None
        return made

    return waits


@pytest.fixture
def joins(lab: Lab, service: Service, api: Client, pass_time: PassTime) -> Callable[..., str]:
    """A practitioner is rung, answers, and is joined at once."""

    def joined(number: str = SAM, inner: str = "", dial: str = 'action="/practitioner-left"') -> str:
        service.says("/join" + number[-1], confer(inner, dial))
        lab.handset(number).call_persona = personas.BY_HAND
        sid = str(api.calls.create(to=number, from_=NUMBER, url=service.url + "/join" + number[-1]).sid)
        pass_time(2)
        lab.handset(number).answer()
        pass_time(0.2)
        return sid

    return joined


@pytest.fixture
def talking(room: Callable[..., Room], joins: Callable[..., str]) -> Room:
    going_on = room()
    joins()
    return going_on


def events(service: Service) -> list[str]:
    return [hook.params["StatusCallbackEvent"] for hook in service.at("/room")]


def words(lab: Lab, number: str) -> list[str]:
    return [heard.text for heard in lab.handset(number).heard]
