"""The tick: it moves on what is due, each for itself, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.exc import OperationalError

from oncall.paging import engine
from oncall.paging.escalation import NoEscalation, locked
from oncall.paging.models import Escalation
from oncall.paging.outbox import Kind
from tests.oncall.paging.outgoing import Stage

CARERS = [f"+4477009001{number:02d}" for number in range(20, 25)]


def ticks(stage: Stage) -> int:
    return engine.tick(stage.database, stage.clock)


def test_nothing_is_moved_on_before_its_time(stage: Stage) -> None:
    stage.contact()
    assert ticks(stage) == 0
    stage.pass_time(minutes=3)
    assert ticks(stage) == 1
    assert ticks(stage) == 0


def test_only_what_is_due_is_moved_on(stage: Stage) -> None:
    stage.contact()
    stage.pass_time(minutes=2)
    stage.contact(CARERS[0])
    stage.pass_time(minutes=1)
    assert ticks(stage) == 1
    assert [row.step for row in stage.rows(Kind.PAGE_TEXT)].count(1) == 1


def test_one_that_cannot_be_moved_on_is_put_off_and_tried_again(stage: Stage) -> None:
    """L30, L22: set aside with an alarm, the others go on, and it is never given up."""
    broken = stage.contact()
    for carer in CARERS:
        stage.contact(carer)
    with stage.database.transaction() as session:
        row = update(Escalation).where(Escalation.incident_id == broken.id)
        session.execute(row.values(state={}), execution_options={"synchronize_session": False})
    stage.pass_time(minutes=3)
    assert ticks(stage) == len(CARERS)
    assert stage.alarms() == {"escalation_failed"}
    with stage.database.reading() as session:
        kept = session.scalars(select(Escalation).where(Escalation.incident_id == broken.id)).one()
    assert kept.due_at == stage.clock.now() + timedelta(seconds=60)
    assert kept.error == "KeyError"


def test_a_database_that_fails_puts_nothing_off(stage: Stage) -> None:
    """L24: away for a moment, nothing is marked; the next tick finds it due."""
    stage.contact()
    stage.pass_time(minutes=3)

    def fails(*_: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    writer = stage.database._writer
    event.listen(writer, "commit", fails)
    if not stage.database.is_embedded:  # there the same engine reads, and a reading session never commits
        assert stage.database._reader is writer
    try:
        assert ticks(stage) == 0
    finally:
        event.remove(writer, "commit", fails)
    assert ticks(stage) == 1


def test_an_incident_without_an_escalation_is_named_for_the_fact(stage: Stage) -> None:
    incident = stage.contact()
    with stage.database.transaction() as session, pytest.raises(NoEscalation):
        locked(session, stage.team(session).id)
    assert incident.status == "open"
