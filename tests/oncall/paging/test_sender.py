"""The sender in its own threads and in the caller's: woken by commits, never stopped by one row, ended in order."""

import threading
from collections.abc import Callable

import httpx
import pytest

from oncall.paging.outbox import Kind
from oncall.paging.sending.sender import LOOKS_EVERY_S
from tests.oncall.paging.outgoing import Network, Stage

WITHIN_S = 20


def eventually(what: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(WITHIN_S * 100):
        if what():
            return
        pause.wait(0.01)
    raise AssertionError("it never came about")


def test_a_commit_wakes_the_sender_and_its_look_around_is_only_the_safety_net(stage: Stage) -> None:
    """L23: a page leaves at once; the wait of one look is not waited out, many times over."""
    network = Network()
    with stage.sender(network) as sender:
        sender.start()
        eventually(lambda: True)
        clock = threading.Event()
        woken = []
        for place in range(5):
            clock.wait(LOOKS_EVERY_S / 4)  # between two looks
            stage.asks(Kind.STAFF_ANSWER, f"words {place}")
            eventually(lambda place=place: len(network.posts) == place + 1)  # type: ignore[misc]
            woken.append(place)
        eventually(lambda: {row.state for row in stage.rows()} == {"accepted"})
        sender.stop()
    assert len(woken) == 5


def test_what_is_being_sent_ends_before_the_sender_does(stage: Stage) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def slow(request: httpx.Request) -> httpx.Response:
        begun.set()
        goes_on.wait(WITHIN_S)
        return httpx.Response(201, json={"sid": "SM" + "d" * 32, "status": "queued"})

    with stage.sender(slow) as sender:
        sender.start()
        stage.asks(Kind.STAFF_ANSWER)
        assert begun.wait(WITHIN_S)
        ending = threading.Thread(target=sender.stop)
        ending.start()
        goes_on.set()
        ending.join(WITHIN_S)
        assert not ending.is_alive()
    assert [row.state for row in stage.rows()] == ["accepted"]


def test_no_transaction_is_open_while_the_network_is_asked(stage: Stage) -> None:
    """L16: claim, send, settle: another may write meanwhile."""

    def writes(request: httpx.Request) -> httpx.Response:
        stage.asks(Kind.LEAD_NOTICE, "written meanwhile")
        return httpx.Response(201, json={"sid": f"SM{len(stage.rows()):032x}", "status": "queued"})

    stage.asks(Kind.STAFF_ANSWER)
    with stage.sender(writes) as sender:
        jobs = sender._claim(limit=1)
        sender._handle(jobs[0])
    assert [row.state for row in stage.rows()] == ["accepted", "waiting"]


def test_a_row_whose_send_breaks_is_set_aside_and_its_step_goes_on(stage: Stage) -> None:
    """L30: one bad row never stops the sender; a page that was set aside has failed."""
    stage.contact()
    with stage.sender(Network(RuntimeError("odd"), RuntimeError("odd"))) as sender:
        sender.send_due()
    assert stage.alarms() == {"row_set_aside"}
    assert [(row.step, row.state) for row in stage.rows(Kind.PAGE_TEXT)] == [(0, "aside"), (1, "accepted")]


@pytest.mark.parametrize("fault", [httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut")])
def test_a_post_is_never_repeated_by_itself(stage: Stage, fault: Exception) -> None:
    """L17: no automatic retry of a send."""
    network = Network(fault)
    stage.asks(Kind.STAFF_ANSWER)
    with stage.sender(network) as sender:
        sender.send_due()
    assert len(network.requests) == 1
    assert [row.state for row in stage.rows()] == ["waiting"]


def test_what_cannot_be_looked_up_is_not_sent_again(stage: Stage) -> None:
    """L17: not found and could not look are opposite; only the first sends again."""
    network = Network(httpx.ReadTimeout("slow"), httpx.ConnectError("away"), httpx.ConnectError("away"))
    stage.asks(Kind.STAFF_ANSWER)
    with stage.sender(network) as sender:
        for _ in range(3):
            sender.send_due()
            stage.pass_time(seconds=5)
        assert len(network.posts) == 1
        sender.send_due()
    assert len(network.posts) == 2
    assert [row.state for row in stage.rows()] == ["accepted"]


def test_what_was_looked_up_too_late_is_not_sent_any_more(stage: Stage) -> None:
    """L17, L19, L24: not there, and no longer worth sending."""
    network = Network(httpx.ReadTimeout("slow"))
    stage.asks(Kind.STAFF_ANSWER)
    with stage.sender(network) as sender:
        sender.send_due()
        stage.pass_time(minutes=61)
        sender.send_due()
    assert [request.method for request in network.requests] == ["POST", "GET"]
    assert [(row.state, row.error) for row in stage.rows()] == [("failed", "too late")]


def test_the_thread_lives_on_when_the_database_fails_it(stage: Stage) -> None:
    """L30, L24: the database was away for a moment."""
    network = Network()
    with stage.sender(network) as sender:
        whole, failing = sender._claim, [OSError("away"), OSError("away")]

        def claims(*, limit: int) -> object:
            if failing:
                raise failing.pop()
            return whole(limit=limit)

        sender._claim = claims  # type: ignore[method-assign, assignment]
        sender.start()
        stage.asks(Kind.STAFF_ANSWER)
        eventually(lambda: len(network.posts) == 1)
        sender.stop()
    assert failing == []
