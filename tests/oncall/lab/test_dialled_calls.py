"""Calls that a handset makes: they ring the service, are turned away, or find nobody."""

from collections.abc import Callable

import pytest

from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import NUMBER, SAM, THANKS, Service

PassTime = Callable[[float], None]


def test_a_handset_rings_the_service(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", THANKS)
    lab.handset("anonymous").dials(NUMBER)
    pass_time(10)
    [asked] = service.at("/voice")
    assert (asked.params["CallStatus"], asked.params["From"]) == ("ringing", "anonymous")
    [leg] = lab.handset("anonymous").calls
    assert (leg.status, [heard.text for heard in leg.heard]) == ("completed", ["It is yours."])


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_call_is_turned_away_unanswered(
    lab: Lab, service: Service, pass_time: PassTime, reason: str, status: str
) -> None:
    service.says("/voice", f'<Response><Reject reason="{reason}"/></Response>')
    lab.handset(SAM).dials(NUMBER)
    pass_time(1)
    [leg] = lab.handset(SAM).calls
    assert (leg.status, leg.answered_at) == (status, None)


def test_a_call_to_nobodys_number_fails(lab: Lab, service: Service, pass_time: PassTime) -> None:
    lab.handset(SAM).dials("+447700900999")
    pass_time(5)
    assert [leg.status for leg in lab.handset(SAM).calls] == ["failed"]
    assert service.received == []
