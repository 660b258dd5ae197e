"""The real process is killed during each stage of a call and started again: no caller waits for ever, none is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from oncall.calls.models import Call
from oncall.lab.rest.faults import FaultKind
from tests.databases import copy_of
from tests.journeys.conftest import TEAM
from tests.journeys.process import ELI, PRICE, SAM, Service, eventually, service
from tests.journeys.world import LINE

pytestmark = pytest.mark.process
QUICK = TEAM.replace("ring_for: 20s", "ring_for: 8s").replace("promise_after: 90s", "promise_after: 20s")


@pytest.fixture
def running(sqlite_template: Path, tmp_path: Path) -> Iterator[Service]:
    with service(copy_of(sqlite_template, tmp_path), tmp_path, QUICK) as started:
        yield started


def heard(running: Service, number: str) -> str:
    return " ".join(said.text for said in running.lab.handset(number).heard)


def rings(running: Service, number: str) -> bool:
    call = running.lab.handset(number).current_call
    return call is not None and call.status == "ringing"


def are_talking(running: Service, *numbers: str) -> bool:
    return any(room.has_begun and room.numbers == set(numbers) for room in running.lab.conferences)


def begins_again(running: Service) -> None:
    running.kill()
    running.leases_lapse()
    running.start()


def take(running: Service, number: str) -> None:
    """The phone is lifted and 1 is pressed as soon as somebody speaks."""
    eventually(lambda: rings(running, number))
    running.lab.handset(number).answer()
    eventually(lambda: "Press 1" in heard(running, number))
    running.lab.handset(number).press("1")


def test_killed_after_the_first_word_and_before_the_ring_left_the_phone_rings_after_the_start(running: Service) -> None:
    """L16, L8: the ring was written with the call."""
    stop = running.stop_at("/Calls", FaultKind.CUT_BEFORE)
    running.lab.handset(PRICE).dials(LINE)
    assert stop.reached.wait(20)
    running.kill()
    stop.goes_on.set()
    begins_again(running)
    eventually(lambda: rings(running, SAM) or rings(running, ELI))
    assert "Hello Jane Price" in heard(running, PRICE)


def test_killed_while_phones_ring_the_next_group_is_rung_and_the_caller_is_with_who_answers(running: Service) -> None:
    running.lab.handset(PRICE).dials(LINE)
    eventually(lambda: rings(running, SAM))
    begins_again(running)
    take(running, ELI)
    eventually(lambda: are_talking(running, PRICE, ELI))


def test_killed_while_a_caller_waits_and_nobody_answers_the_promise_is_kept(running: Service) -> None:
    """L5: and paging begins."""
    running.lab.handset(PRICE).dials(LINE)
    eventually(lambda: rings(running, SAM))
    begins_again(running)
    eventually(lambda: "someone will ring you back" in heard(running, PRICE))
    eventually(lambda: bool(running.rows("page_call")))


def test_killed_while_two_talk_they_talk_on_and_who_leaves_first_is_rung_again(running: Service) -> None:
    """L10: nothing of ours stands between two who talk."""
    running.lab.handset(PRICE).dials(LINE)
    take(running, SAM)
    eventually(lambda: are_talking(running, PRICE, SAM))
    running.kill()
    assert are_talking(running, PRICE, SAM)
    running.start()
    assert are_talking(running, PRICE, SAM)
    running.lab.handset(SAM).hang_up()
    eventually(lambda: "Sam Rees is no longer on the line" in heard(running, PRICE))
    take(running, SAM)
    eventually(lambda: are_talking(running, PRICE, SAM))


def test_killed_after_the_caller_hung_up_they_are_paged_for(running: Service) -> None:
    """L8: told of the hang-up or not."""
    running.lab.handset(PRICE).dials(LINE)
    eventually(lambda: rings(running, SAM))
    running.kill()
    running.lab.handset(PRICE).hang_up()
    running.leases_lapse()
    running.start()
    eventually(lambda: bool(running.rows("page_call")))
    with running.database.reading() as session:
        call = session.scalars(select(Call)).one()
        assert call.due_at is None
