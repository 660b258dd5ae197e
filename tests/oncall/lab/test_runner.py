"""The lab in real time: things happen by themselves, soon, and one slow webhook holds up no other."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.responses import Response

from oncall.clock import ShiftedClock
from oncall.lab.app import build_app
from oncall.lab.exchange.personas import DELIVERED_LATE
from oncall.lab.lab import Lab
from oncall.lab.runner import LabRunner
from oncall.lab.texts.outbound import TextOrder, accept
from tests.oncall.lab.conftest import ACCOUNT, CARER, NUMBER, SAM, TOKEN, Service, Webhook


@pytest.fixture
def real_clock() -> ShiftedClock:
    return ShiftedClock()


@pytest.fixture
def running(real_clock: ShiftedClock, service: Service) -> Iterator[Lab]:
    lab = Lab(clock=real_clock, account_sid=ACCOUNT, auth_token=TOKEN)
    lab.add_number(NUMBER, {"SmsUrl": service.url + "/sms"})
    assert build_app(lab)
    runner = LabRunner(lab)
    runner.start()
    yield lab
    runner.stop()
    lab.close()


def test_a_slow_webhook_holds_up_no_other(running: Lab, service: Service) -> None:
    second_came, first_waited = threading.Event(), threading.Event()

    def answers(hook: Webhook) -> Response:
        if hook.params["Body"] == "second":
            second_came.set()
        elif second_came.wait(5):
            first_waited.set()
        return Response(status_code=204)

    service.replies["/sms"] = answers
    running.handset(CARER).texts(NUMBER, "first")
    running.handset(SAM).texts(NUMBER, "second")
    assert first_waited.wait(5)


def test_a_clock_moved_on_brings_what_was_due(running: Lab, real_clock: ShiftedClock, service: Service) -> None:
    told = threading.Event()

    def answers(hook: Webhook) -> Response:
        if hook.params["MessageStatus"] == "delivered":
            told.set()
        return Response(status_code=204)

    service.replies["/status"] = answers
    running.handset(SAM).text_persona = DELIVERED_LATE
    with running.exchange.at_now() as at:
        accept(running.exchange, TextOrder(SAM, NUMBER, "Page", status_url=service.url + "/status"), at=at)
    assert not told.is_set()
    real_clock.move(timedelta(hours=3, minutes=1))
    assert told.wait(5)


def test_a_fault_in_an_event_stops_nothing(running: Lab, service: Service) -> None:
    came = threading.Event()

    def breaks(_: object) -> None:
        raise ValueError("an event that fails")

    def answers(_: Webhook) -> Response:
        came.set()
        return Response(status_code=204)

    service.replies["/sms"] = answers
    running.exchange.schedule.add(running.exchange.clock.now(), breaks)
    running.handset(CARER).texts(NUMBER, "hello")
    assert came.wait(5)


def test_webhooks_of_one_moment_may_run_together(lab: Lab, service: Service) -> None:
    both = threading.Barrier(2, timeout=5)

    def waits_for_the_other(webhook: Webhook) -> Response:
        both.wait()
        return Response("<Response/>", media_type="text/xml")

    service.replies["/sms"] = waits_for_the_other
    for number in (CARER, SAM):
        lab.handset(number).texts(NUMBER, "hello")
    assert lab.run_due_together() == 2
    assert len(service.at("/sms")) == 2
    assert lab.run_due_together() == 0
