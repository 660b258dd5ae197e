"""Webhooks on their way: headers, retries, redirects, cookies, and every mischief on request."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.responses import RedirectResponse, Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from oncall.clock import ManualClock
from oncall.lab.lab import Lab
from oncall.lab.webhooks.delivery import Seal
from oncall.lab.webhooks.mischief import Mischief
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, TOKEN, Service, Webhook

PassTime = Callable[[float], None]
NOWHERE = "http://127.0.0.1:1/sms"


def texts(lab: Lab, url: str, **settings: str) -> None:
    [number] = lab.exchange.records.numbers.values()
    number.settings.update({"SmsUrl": url, **settings})
    lab.handset(CARER).texts(NUMBER, "hello")
    lab.run_due()


def statuses(service: Service) -> list[str]:
    return [hook.params["MessageStatus"] for hook in service.at("/status")]


def send(api: Client, service: Service) -> str:
    return str(api.messages.create(to=SAM, from_=NUMBER, body="Page", status_callback=service.url + "/status").sid)


def is_signed(hook: Webhook) -> bool:
    return bool(RequestValidator(TOKEN).validate(hook.url, hook.params, hook.headers.get("x-twilio-signature", "")))


def test_a_webhook_looks_like_the_telephone_companys(lab: Lab, service: Service) -> None:
    texts(lab, service.url + "/sms?team=1#rc=2")
    [hook] = service.received
    assert hook.headers["user-agent"] == "TwilioProxy/1.1"
    assert hook.headers["x-home-region"] == "us1"
    assert re.fullmatch("[0-9a-f]{32}", hook.headers["i-twilio-idempotency-token"])
    assert hook.url == service.url + "/sms?team=1"
    assert is_signed(hook)
    assert hook.params["FromCity"] == ""
    assert hook.params["MessageSid"] == hook.params["SmsSid"] == hook.params["SmsMessageSid"]


def test_neither_order_nor_set_of_parameters_is_the_same_twice(lab: Lab, service: Service) -> None:
    for _ in range(6):
        texts(lab, service.url + "/sms")
    assert len({tuple(hook.params) for hook in service.received}) > 1
    assert any(name.startswith("Future") for hook in service.received for name in hook.params)
    assert all(is_signed(hook) for hook in service.received)


def test_a_get_webhook_carries_its_parameters_in_the_query(lab: Lab, service: Service) -> None:
    texts(lab, service.url + "/sms?team=1", SmsMethod="GET")
    [hook] = service.received
    assert (hook.method, hook.params["Body"], hook.params["team"]) == ("GET", "hello", "1")
    assert RequestValidator(TOKEN).validate(hook.url, {}, hook.headers["x-twilio-signature"])


@pytest.mark.parametrize(
    ("fragment", "status", "tries"),
    [
        ("", 500, 1),
        ("#rc=2&rp=5xx", 500, 3),
        ("#rc=2&rp=5xx", 404, 1),
        ("#rc=3&rp=all", 404, 4),
        ("#rc=0&rp=5xx", 500, 1),
    ],
)
def test_an_answered_failure_is_retried_only_if_asked(
    lab: Lab, service: Service, fragment: str, status: int, tries: int
) -> None:
    service.says("/sms", status=status)
    texts(lab, service.url + "/sms" + fragment)
    assert len(service.received) == tries
    assert len({hook.headers["i-twilio-idempotency-token"] for hook in service.received}) == 1


@pytest.mark.parametrize(("fragment", "tries"), [("", 2), ("#rc=0", 1), ("#rc=3", 4), ("#rp=5xx", 1)])
def test_a_failed_connection_is_retried_once_by_default(lab: Lab, fragment: str, tries: int) -> None:
    texts(lab, NOWHERE + fragment)
    assert len(lab.journal.entries("sms")) == tries
    assert lab.journal.warnings() == [11205]


def test_the_fallback_hears_what_went_wrong(lab: Lab, service: Service) -> None:
    texts(lab, NOWHERE + "#rc=0", SmsFallbackUrl=service.url + "/fallback")
    [hook] = service.at("/fallback")
    assert (hook.params["ErrorCode"], hook.params["ErrorUrl"]) == ("11205", NOWHERE + "#rc=0")
    assert hook.params["Body"] == "hello"


def test_without_a_fallback_a_text_is_lost(lab: Lab, service: Service) -> None:
    service.says("/sms", status=500)
    texts(lab, service.url + "/sms")
    assert lab.journal.warnings() == [11200]
    assert "text lost" in [entry.request["what"] for entry in lab.journal.entries("handset")]


@pytest.mark.parametrize(("code", "method"), [(307, "POST"), (308, "POST"), (302, "GET"), (303, "GET")])
def test_a_redirect_is_followed_and_signed_anew(lab: Lab, service: Service, code: int, method: str) -> None:
    service.replies["/sms"] = lambda _: RedirectResponse("/moved?x=1", code)
    texts(lab, service.url + "/sms")
    [hook] = service.at("/moved")
    assert (hook.method, hook.url) == (method, service.url + "/moved?x=1")
    params = hook.params if method == "POST" else {}
    assert RequestValidator(TOKEN).validate(hook.url, params, hook.headers["x-twilio-signature"])


def test_redirects_end(lab: Lab, service: Service) -> None:
    service.replies["/sms"] = lambda _: RedirectResponse("/sms", 307)
    texts(lab, service.url + "/sms")
    assert len(service.received) == 11
    assert lab.journal.warnings() == [11215]


@pytest.mark.parametrize("seal", ["wrong_token", "missing", "tampered"])
def test_a_bad_seal_is_a_bad_seal(lab: Lab, service: Service, seal: Seal) -> None:
    lab.mischief("sms", Mischief(seal=seal))
    texts(lab, service.url + "/sms")
    texts(lab, service.url + "/sms")
    assert [is_signed(hook) for hook in service.received] == [False, True]
    assert ("x-twilio-signature" in service.received[0].headers) is (seal != "missing")


def test_a_promoted_token_signs_and_both_open_the_api(lab: Lab, service: Service, api: Client) -> None:
    lab.sign_with("newer")
    texts(lab, service.url + "/sms")
    [hook] = service.received
    assert RequestValidator("newer").validate(hook.url, hook.params, hook.headers["x-twilio-signature"])
    assert send(api, service)


def test_doubled_at_once_and_late(lab: Lab, service: Service, pass_time: PassTime) -> None:
    lab.mischief("sms", Mischief(copies=3, together=True))
    texts(lab, service.url + "/sms")
    assert len(service.received) == 3
    lab.mischief("sms", Mischief(copies=2, late=timedelta(minutes=5)))
    texts(lab, service.url + "/sms")
    assert len(service.received) == 4
    pass_time(300)
    assert len(service.received) == 5
    assert service.received[4].params["MessageSid"] == service.received[3].params["MessageSid"]


def test_a_doubled_webhook_is_answered_to_the_handset_once(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/sms", "<Response><Message>Thank you.</Message></Response>")
    lab.mischief("sms", Mischief(copies=3, together=True))
    texts(lab, service.url + "/sms")
    pass_time(5)
    assert [text.body for text in lab.handset(CARER).inbox] == ["Thank you."]


def test_dropped_and_delayed(lab: Lab, service: Service, api: Client, pass_time: PassTime) -> None:
    lab.mischief("sms", Mischief(drop=True))
    lab.mischief("message-status", Mischief(drop=True))
    lab.mischief("message-status", Mischief(delay=timedelta(minutes=10)))
    sid = send(api, service)
    pass_time(60)
    assert statuses(service) == []
    assert api.messages(sid).fetch().status == "delivered"
    pass_time(600)
    assert statuses(service) == ["delivered"]
    lab.mischief("message-status", Mischief(drop=True), times=2)
    send(api, service)
    send(api, service)
    pass_time(60)
    assert len(statuses(service)) == 3


def test_held_back_and_let_go_in_another_order(lab: Lab, service: Service, api: Client, pass_time: PassTime) -> None:
    lab.hold("message-status")
    send(api, service)
    pass_time(60)
    assert statuses(service) == []
    assert lab.release() == 2
    pass_time(0)
    assert statuses(service) == ["delivered", "sent"]
    send(api, service)
    pass_time(60)
    assert statuses(service) == ["delivered", "sent", "sent", "delivered"]


def test_a_status_nobody_takes_is_not_sent_again(lab: Lab, service: Service, api: Client, pass_time: PassTime) -> None:
    service.says("/status", status=500)
    send(api, service)
    pass_time(3600)
    assert statuses(service) == ["sent", "delivered"]
    assert lab.journal.warnings() == [15003, 15003]


def test_cookies_stay_within_one_call(lab: Lab, service: Service, pass_time: PassTime) -> None:
    def answers(_: Webhook) -> Response:
        reply = Response("<Response><Redirect>/again</Redirect></Response>", media_type="text/xml")
        reply.set_cookie("step", "1")
        return reply

    service.replies["/voice"] = answers
    service.says("/again", "<Response><Hangup/></Response>")
    for _ in range(2):
        lab.handset(CARER).dials(NUMBER)
        pass_time(5)
    assert ["step=1" in hook.headers.get("cookie", "") for hook in service.received] == [False, True, False, True]


def test_the_journal_keeps_everything_in_order(
    lab: Lab, service: Service, api: Client, clock: ManualClock, pass_time: PassTime
) -> None:
    sid = send(api, service)
    pass_time(60)
    kinds = [entry.kind for entry in lab.journal.entries()]
    assert kinds == ["rest", "message-status", "handset", "message-status"]
    assert [entry.sequence for entry in lab.journal.entries()] == list(range(1, len(kinds) + 1))
    sent = lab.journal.entries("message-status", about=sid)
    assert [(clock.now() - entry.at).total_seconds() for entry in sent] == [59.5, 59.0]
