"""What leaves first, what waits for what, who may claim it, and what each answer of the network leaves behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from oncall.incidents.models import Incident
from oncall.paging.actions import take
from oncall.paging.outbox import Kind
from oncall.paging.sending.claims import LEASE_FOR
from oncall.paging.sending.settling import LONGEST_BACK_OFF, LOOK_AFTER
from oncall.paging.sending.ways import TooLate
from oncall.people.models import Practitioner
from oncall.telephony.codes import Verdict
from oncall.telephony.port import Accepted, NotProcessed, OutcomeUnknown, Refused, SendResult
from tests.oncall.paging.outgoing import Stage

ACCEPTED = Accepted(sid="SM" + "a" * 32, status="queued")


def test_first_pages_leave_before_everything_else_and_answers_after_relays(stage: Stage) -> None:
    """L24: whatever has piled up, a new contact's pages are first."""
    for kind in (Kind.LEAD_NOTICE, Kind.STAFF_ANSWER, Kind.HOLDER_RELAY):
        stage.asks(kind)
    stage.pass_time(seconds=30)
    stage.contact()
    assert [job.kind for job in stage.claims()] == [
        Kind.PAGE_TEXT,
        Kind.PAGE_CALL,
        Kind.HOLDER_RELAY,
        Kind.STAFF_ANSWER,
        Kind.LEAD_NOTICE,
    ]


def test_what_was_cut_in_parts_leaves_in_order(stage: Stage) -> None:
    first = stage.asks(Kind.HOLDER_RELAY, "one")
    stage.asks(Kind.HOLDER_RELAY, "two", after=first)
    (job,) = stage.claims()
    assert job.body == "one"
    assert stage.claims() == []
    stage.settles(job, NotProcessed())
    assert stage.claims() == []
    stage.pass_time(seconds=2)
    (job,) = stage.claims()
    assert job.body == "one"
    stage.settles(job, ACCEPTED)
    assert [job.body for job in stage.claims()] == ["two"]


def test_what_follows_something_that_failed_does_not_wait_for_ever(stage: Stage) -> None:
    first = stage.asks(Kind.STAFF_ANSWER, "one")
    stage.asks(Kind.STAFF_ANSWER, "two", after=first)
    (job,) = stage.claims()
    stage.settles(job, Refused(code=30003, verdict=Verdict.OTHER_CHANNEL))
    assert [job.body for job in stage.claims()] == ["two"]


def test_a_claim_is_one_processes_until_its_lease_lapses(stage: Stage) -> None:
    """L16: claimed, and come back if its process died; the late one can settle nothing any more."""
    stage.asks(Kind.STAFF_ANSWER)
    (first,) = stage.claims()
    stage.pass_time(seconds=LEASE_FOR.total_seconds() - 1)
    assert stage.claims() == []
    stage.pass_time(seconds=1)
    (second,) = stage.claims()
    assert second.may_have_been_sent
    assert not first.may_have_been_sent
    assert not stage.settles(first, ACCEPTED)
    assert stage.settles(second, ACCEPTED)
    assert stage.row(first.row_id).state == "accepted"


@pytest.mark.parametrize(
    ("answer", "state", "waits"),
    [
        (ACCEPTED, "accepted", None),
        (OutcomeUnknown(), "waiting", LOOK_AFTER),
        (NotProcessed(retry_after=timedelta(seconds=7)), "waiting", timedelta(seconds=7)),
        (NotProcessed(retry_after=timedelta(hours=20)), "waiting", LONGEST_BACK_OFF),
        (Refused(code=21610, verdict=Verdict.OPTED_OUT), "failed", None),
        (Refused(code=0, verdict=Verdict.BUG), "failed", None),
    ],
)
def test_each_answer_leaves_a_row_as_it_should(
    stage: Stage, answer: SendResult, state: str, waits: timedelta | None
) -> None:
    """L18, L17: accepted, unknown, never processed, refused: each is its own case."""
    stage.asks(Kind.STAFF_ANSWER)
    (job,) = stage.claims()
    stage.settles(job, answer)
    row = stage.row(job.row_id)
    assert row.state == state
    assert (row.unknown_at is not None) == isinstance(answer, OutcomeUnknown)
    assert row.lease_token is None
    if waits is not None:
        assert row.due_at - stage.clock.now() == waits


def test_trying_again_backs_off_and_never_for_more_than_half_a_minute(stage: Stage) -> None:
    stage.asks(Kind.STAFF_ANSWER)
    waits = []
    for _ in range(9):
        (job,) = stage.claims()
        stage.settles(job, NotProcessed())
        due_at = stage.row(job.row_id).due_at
        waits.append(due_at - stage.clock.now())
        stage.clock.set(due_at)
    assert all(timedelta(seconds=2**tried / 2) <= wait for tried, wait in enumerate(waits[:5]))
    assert max(waits) <= LONGEST_BACK_OFF
    assert waits[-1] >= LONGEST_BACK_OFF / 2
    assert stage.alarms() == {"telephony_unreachable"}


def test_what_waited_longer_than_it_is_worth_has_failed(stage: Stage) -> None:
    """L19: it is never sent hours late."""
    stage.asks(Kind.STAFF_ANSWER)
    stage.pass_time(minutes=61)
    (job,) = stage.claims()
    assert job.is_too_late
    stage.settles(job, TooLate())
    assert (stage.row(job.row_id).state, stage.row(job.row_id).error) == ("failed", "too late")


def test_a_page_that_is_not_wanted_any_more_is_dropped_when_it_is_claimed(stage: Stage) -> None:
    """L24: its step is over."""
    incident = stage.contact()
    jobs = stage.claims()
    for job in jobs:
        stage.settles(job, OutcomeUnknown())
    with stage.database.transaction() as session:
        for job in jobs:
            row = session.get_one(type(stage.rows()[0]), job.row_id)
            row.step = 7
    stage.pass_time(seconds=5)
    assert [job.is_wanted for job in stage.claims()] == [False, False]
    assert incident.status == "open"


def test_a_call_that_was_on_its_way_when_somebody_took_it_is_hung_up(stage: Stage) -> None:
    """L7: taken between the request to ring and the network's answer to it."""
    incident = stage.contact()
    call = next(job for job in stage.claims() if job.kind is Kind.PAGE_CALL)
    with stage.database.transaction() as session:
        eli = session.scalars(select(Practitioner).where(Practitioner.slug == "eli")).one()
        here = session.get_one(Incident, incident.id)
        take(session, stage.team(session), here, by=eli, at=stage.clock.now())
    assert stage.rows(Kind.HANG_UP) == []
    stage.settles(call, Accepted(sid="CA" + "f" * 32, status="queued"))
    assert [job.to for job in stage.claims() if job.kind is Kind.HANG_UP] == ["CA" + "f" * 32]


def test_a_call_that_is_still_wanted_is_left_to_ring(stage: Stage) -> None:
    stage.contact()
    call = next(job for job in stage.claims() if job.kind is Kind.PAGE_CALL)
    stage.settles(call, Accepted(sid="CA" + "f" * 32, status="queued"))
    assert stage.rows(Kind.HANG_UP) == []
