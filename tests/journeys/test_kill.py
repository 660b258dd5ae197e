"""The real process is killed between the steps of the way and started again: nothing is lost, nobody is paged twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall.lab.rest.faults import Fault, FaultKind
from tests.databases import Postgres, copy_of
from tests.journeys.conftest import TEAM
from tests.journeys.process import ELI, PRICE, SAM, URGENT, Service, eventually, service
from tests.journeys.telling import STEPS

pytestmark = pytest.mark.process
PATIENT = TEAM.replace(STEPS, STEPS.replace("page: duty, by: [text, call]", "page: duty, by: [text]"))
QUICK = TEAM.replace(STEPS, "steps: [{page: duty, by: [text], wait: 4s}, {page: backup, by: [text], wait: 3m}, ")


@pytest.fixture
def unhurried(sqlite_template: Path, tmp_path: Path) -> Iterator[Service]:
    with service(copy_of(sqlite_template, tmp_path), tmp_path, PATIENT) as running:
        yield running


def begins_again(running: Service) -> None:
    running.kill()
    running.leases_lapse()
    running.start()


def ends_well(running: Service) -> None:
    """Sam has one page, takes it, and the caller has heard of both."""
    running.hears(SAM, "Reply 1")
    running.hears(PRICE, "the person on duty is being told")
    running.texts(SAM, "1")
    running.hears(SAM, "You have")
    running.hears(PRICE, "Sam Rees has your message")
    assert running.incident().status == "acknowledged"
    assert len(running.inbox(SAM)) == 2
    assert len(running.inbox(PRICE)) == 2


def test_killed_while_a_text_is_being_stored_nothing_is_half_there(unhurried: Service) -> None:
    """L16, L8: not answered, so not stored; when the network brings it again, it is stored once and paged."""
    with unhurried.database_is_busy():
        unhurried.texts(PRICE, URGENT)
        unhurried.kill()
    eventually(lambda: bool(unhurried.lab.journal.entries("sms")))
    assert unhurried.incidents() == []
    unhurried.start()
    assert unhurried.brought_again().is_success
    assert unhurried.brought_again().is_success
    ends_well(unhurried)


def test_killed_as_soon_as_a_text_was_answered_its_page_goes_out(unhurried: Service) -> None:
    """L16: stored with all that it asks for, whatever became of the sender."""
    unhurried.texts(PRICE, URGENT)
    eventually(lambda: bool(unhurried.lab.journal.entries("sms")))
    begins_again(unhurried)
    unhurried.leases_lapse()
    ends_well(unhurried)


def test_killed_before_the_network_had_the_page_it_is_sent_after_the_start(unhurried: Service) -> None:
    """L16: claimed, on its way, never there: looked up, not found, sent."""
    stop = unhurried.stop_at("/Messages", FaultKind.CUT_BEFORE)
    unhurried.texts(PRICE, URGENT)
    assert stop.reached.wait(20)
    unhurried.kill()
    stop.goes_on.set()
    assert [row.state for row in unhurried.rows("page_text")] == ["claimed"]
    begins_again(unhurried)
    ends_well(unhurried)


def test_killed_before_the_networks_answer_was_read_the_page_is_not_sent_again(unhurried: Service) -> None:
    """L16, L17: carried out, the answer unread: looked up by its ref and found."""
    unhurried.lab.hold("message-status")
    unhurried.lab.fault(Fault(FaultKind.SLOW, seconds=60))
    unhurried.texts(PRICE, URGENT)
    unhurried.hears(SAM, "Reply 1")
    unhurried.kill()
    assert [row.state for row in unhurried.rows("page_text")] == ["claimed"]
    unhurried.lab.release()
    begins_again(unhurried)
    ends_well(unhurried)


def test_killed_after_settling_and_before_its_receipt_nothing_is_sent_again(unhurried: Service) -> None:
    """L16, L4: the receipt comes to the next process."""
    unhurried.lab.hold("message-status")
    unhurried.texts(PRICE, URGENT)
    eventually(lambda: [row.state for row in unhurried.rows("page_text")] == ["accepted"])
    begins_again(unhurried)
    unhurried.lab.release()
    eventually(lambda: [row.state for row in unhurried.rows("page_text")] == ["delivered"])
    ends_well(unhurried)


def test_killed_while_a_receipt_is_taken_in_nothing_is_sent_again(unhurried: Service) -> None:
    """L16, L4: a receipt half taken in was not; one that comes again is."""
    unhurried.lab.hold("message-status")
    unhurried.texts(PRICE, URGENT)
    eventually(lambda: {row.state for row in unhurried.rows("caller_answer")} == {"accepted"})
    with unhurried.database_is_busy():
        unhurried.lab.release()
        unhurried.kill()
    unhurried.start()
    assert [row.state for row in unhurried.rows("page_text")] == ["accepted"]
    ends_well(unhurried)


def test_killed_during_a_steps_wait_the_next_step_comes_in_its_time(sqlite_template: Path, tmp_path: Path) -> None:
    """L23: a restart keeps the time of what was begun."""
    with service(copy_of(sqlite_template, tmp_path), tmp_path, QUICK) as running:
        running.texts(PRICE, URGENT)
        running.hears(SAM, "Reply 1")
        begins_again(running)
        running.hears(ELI, "Reply 1")
        running.hears(SAM, "Reply 1")
        running.texts(ELI, "1")
        running.hears(ELI, "You have")
        running.hears(PRICE, "Eli Morgan has your message")


def test_killed_with_a_call_on_its_way_what_was_answered_meanwhile_is_not_rung(
    sqlite_template: Path, tmp_path: Path
) -> None:
    """L16, L24: Sam took it by text; the call that the dead process held is not placed."""
    with service(copy_of(sqlite_template, tmp_path), tmp_path, TEAM) as running:
        stop = running.stop_at("/Calls", FaultKind.CUT_BEFORE)
        running.lab.hold("message-status")
        running.texts(PRICE, URGENT)
        assert stop.reached.wait(20)
        ref = running.incident().ref
        running.texts(SAM, f"1 {ref}")
        eventually(lambda: running.incident().status == "acknowledged")
        running.kill()
        stop.goes_on.set()
        begins_again(running)
        running.lab.release()
        running.hears(SAM, "You have")
        eventually(lambda: {row.state for row in running.rows("page_call")} == {"cancelled"})
        assert running.lab.handset(SAM).calls == []


def test_a_worker_killed_with_a_page_in_its_hands_is_followed_by_the_other(postgres: Postgres, tmp_path: Path) -> None:
    """L16 with two processes over one PostgreSQL: the lease lapses, and whoever lives sends it."""
    with postgres.fresh() as url, service(url, tmp_path, PATIENT, workers=2) as running:
        stop = running.stop_at("/Messages", FaultKind.CUT_BEFORE)
        running.texts(PRICE, URGENT)
        assert stop.reached.wait(20)
        running.kill_worker()
        stop.goes_on.set()
        running.leases_lapse()
        ends_well(running)
