"""Texts through the lab: sent by Twilio's own client over HTTP, and from handsets to the service."""

from collections.abc import Callable

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from oncall.lab.exchange import personas
from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, TOKEN, Service

PassTime = Callable[[float], None]


def test_a_text_is_queued_then_sent_then_delivered(
    lab: Lab, api: Client, service: Service, pass_time: PassTime
) -> None:
    made = api.messages.create(to=SAM, from_=NUMBER, body="Page", status_callback=service.url + "/status/7")
    assert (made.status, made.num_segments, made.direction, made.date_sent) == ("queued", "1", "outbound-api", None)
    pass_time(5)
    assert [hook.params["MessageStatus"] for hook in service.at("/status/7")] == ["sent", "delivered"]
    assert api.messages(made.sid).fetch().status == "delivered"
    assert [(text.sender, text.body, text.status) for text in lab.handset(SAM).inbox] == [(NUMBER, "Page", "delivered")]


def test_a_text_from_a_handset_reaches_the_service_signed(lab: Lab, service: Service) -> None:
    sid = lab.handset(CARER).texts(NUMBER, "he’s gone, dŵr \n ")
    lab.run_due()
    [hook] = service.at("/sms")
    assert (hook.params["MessageSid"], hook.params["From"], hook.params["Body"]) == (sid, CARER, "he’s gone, dŵr \n ")
    assert RequestValidator(TOKEN).validate(hook.url, hook.params, hook.headers["x-twilio-signature"])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"to": ""}, 21604),
        ({"from_": ""}, 21603),
        ({"body": ""}, 21602),
        ({"to": "anonymous"}, 21211),
        ({"to": "07700900001"}, 21211),
        ({"from_": "+447700900999"}, 21606),
        ({"body": "x" * 1601}, 21617),
        ({"status_callback": "ftp://x"}, 21609),
        ({"validity_period": 36_001}, 20001),
    ],
)
def test_what_cannot_be_sent_is_refused_at_once(lab: Lab, api: Client, wrong: dict[str, object], code: int) -> None:
    with pytest.raises(TwilioRestException) as caught:
        api.messages.create(**{"to": SAM, "from_": NUMBER, "body": "Page", **wrong})
    assert (caught.value.code, caught.value.status) == (code, 400)


@pytest.mark.parametrize(
    ("persona", "statuses", "code", "arrives"),
    [
        (personas.DELIVERED, ["sent", "delivered"], None, True),
        (personas.DELIVERED_LATE, ["sent", "delivered"], None, True),
        (personas.NO_RECEIPT, ["sent"], None, True),
        (personas.LOST, ["sent"], None, False),
        (personas.EXPIRES, ["failed"], "30036", False),
        (personas.failed(30001), ["failed"], "30001", False),
        *[(personas.undelivered(c), ["sent", "undelivered"], str(c), False) for c in range(30003, 30009)],
    ],
    ids=lambda value: value.name if isinstance(value, personas.TextPersona) else None,
)
def test_each_persona_has_its_fate(
    lab: Lab,
    api: Client,
    service: Service,
    pass_time: PassTime,
    persona: personas.TextPersona,
    statuses: list[str],
    code: str | None,
    arrives: bool,
) -> None:
    lab.handset(SAM).text_persona = persona
    api.messages.create(to=SAM, from_=NUMBER, body="Page", status_callback=service.url + "/status", validity_period=180)
    pass_time(179)
    if persona is personas.EXPIRES:
        assert service.at("/status") == []
    pass_time(4 * 3600)
    hooks = service.at("/status")
    assert [hook.params["MessageStatus"] for hook in hooks] == statuses
    assert hooks[-1].params.get("ErrorCode") == code
    assert all("Body" not in hook.params for hook in hooks)
    assert bool(lab.handset(SAM).inbox) is arrives
