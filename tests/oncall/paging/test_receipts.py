"""News of a send, in any order, as often as the network likes: it comes to the same, and is told once."""

import itertools
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.paging.outbox import Kind
from oncall.paging.sending.claims import Job
from oncall.paging.sending.receipts import no_news, receive, to_check
from oncall.telephony.port import Accepted, OutcomeUnknown
from tests.conftest import START
from tests.databases import KEYRING, copy_of
from tests.oncall.paging.outgoing import Stage

SID = "SM" + "b" * 32
numbers = itertools.count()


def told(stage: Stage, row_id: UUID, status: str, *, sid: str = SID, code: int | None = None) -> None:
    with stage.database.transaction() as session:
        receive(session, row_id, sid=sid, status=status, code=code, at=stage.clock.now())


def page(stage: Stage) -> Job:
    """A contact's first page by text, claimed."""
    stage.contact()
    return next(job for job in stage.claims() if job.kind is Kind.PAGE_TEXT)


def test_news_of_a_row_that_nobody_knows_is_let_go(stage: Stage) -> None:
    with stage.database.transaction() as session:
        assert receive(session, UUID(int=1), sid=SID, status="sent", code=None, at=stage.clock.now()) is None


def test_a_callback_before_the_answer_is_kept_and_the_answer_changes_nothing(stage: Stage) -> None:
    """L4: the callback may beat the answer to the request."""
    job = page(stage)
    told(stage, job.row_id, "sent")
    told(stage, job.row_id, "delivered")
    assert stage.row(job.row_id).state == "delivered"
    assert not stage.settles(job, Accepted(sid=SID, status="queued"))
    assert stage.row(job.row_id).state == "delivered"
    assert stage.record("sent").count("Texted Sam Rees.") == 1


def test_a_callback_settles_what_was_not_seen_answered(stage: Stage) -> None:
    """L17: a send we never saw answered is known to be out by its callback."""
    job = page(stage)
    stage.settles(job, OutcomeUnknown())
    told(stage, job.row_id, "sent")
    row = stage.row(job.row_id)
    assert (row.state, row.sid, row.unknown_at) == ("accepted", SID, None)
    stage.pass_time(seconds=10)
    assert job.row_id not in [again.row_id for again in stage.claims()]


def test_a_callback_that_came_while_the_answer_was_lost_settles_it_too(stage: Stage) -> None:
    job = page(stage)
    told(stage, job.row_id, "sent")
    assert stage.settles(job, OutcomeUnknown())
    assert stage.row(job.row_id).state == "accepted"


def test_news_of_another_send_of_the_same_row_is_not_taken_for_its_own(stage: Stage) -> None:
    """L17: sent twice, kept once."""
    job = page(stage)
    stage.settles(job, Accepted(sid=SID, status="queued"))
    told(stage, job.row_id, "undelivered", sid="SM" + "c" * 32, code=30003)
    assert stage.row(job.row_id).state == "accepted"
    assert stage.record("failed") == []


@pytest.mark.parametrize("status", ["odd", "", "queued"])
def test_a_status_that_says_nothing_new_changes_nothing(stage: Stage, status: str) -> None:
    job = page(stage)
    stage.settles(job, Accepted(sid=SID, status="queued"))
    told(stage, job.row_id, status)
    assert stage.row(job.row_id).state == "accepted"
    assert stage.row(job.row_id).provider_status == "queued"


def test_an_end_that_a_look_up_found_is_asked_after(stage: Stage) -> None:
    """L17: found by its ref, delivered or failed long ago: the sweep learns which."""
    job = page(stage)
    stage.settles(job, OutcomeUnknown())
    stage.pass_time(seconds=5)
    again = next(found for found in stage.claims() if found.row_id == job.row_id)
    stage.settles(again, Accepted(sid=SID, status="undelivered"))
    with stage.database.reading() as session:
        assert [row_id for row_id, _sid, _way in to_check(session, at=stage.clock.now())] == [job.row_id]
    told(stage, job.row_id, "undelivered", code=30003)
    assert stage.row(job.row_id).state == "failed"


def test_no_receipt_is_noted_once_and_asked_after_for_an_hour(stage: Stage) -> None:
    """L18: a text without a receipt has not failed."""
    job = page(stage)
    stage.settles(job, Accepted(sid=SID, status="queued"))
    for _ in range(20):
        stage.pass_time(minutes=10)
        with stage.database.transaction() as session:
            for row_id, _sid, _way in to_check(session, at=stage.clock.now()):
                no_news(session, row_id, at=stage.clock.now())
    assert stage.record("no_receipt") == ["No receipt has come for the text to Sam Rees yet."]
    row = stage.row(job.row_id)
    assert (row.state, row.check_at) == ("accepted", None)


NEWS = [("sent", None), ("delivered", None), ("undelivered", 30003), ("failed", 30001), ("queued", None), ("odd", None)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(news=st.lists(st.sampled_from(NEWS), min_size=1, max_size=7), answered_after=st.integers(0, 7))
def test_in_any_order_the_first_end_counts_and_is_told_once(
    sqlite_template: Path, tmp_path: Path, news: list[tuple[str, int | None]], answered_after: int
) -> None:
    """L4: duplicates, reorderings and losses, and an answer that comes at any point among them."""
    database = Database(copy_of(sqlite_template, tmp_path), KEYRING)
    stage = Stage(database, ManualClock(START), tmp_path)
    job = page(stage)
    for place, (status, code) in enumerate(news):
        if place == answered_after:
            stage.settles(job, Accepted(sid=SID, status="queued"))
        told(stage, job.row_id, status, code=code)
    ends = [status for status, _code in news if status in {"delivered", "undelivered", "failed"}]
    row = stage.row(job.row_id)
    if ends:
        assert row.state == ("delivered" if ends[0] == "delivered" else "failed")
    assert len(stage.record("delivered") + stage.record("failed")) == bool(ends)
    assert stage.record("sent").count("Texted Sam Rees.") <= 1
    assert len(stage.record("escalated")) == 0  # the call of the same step still stands
    database.close()
