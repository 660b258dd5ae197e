"""Reminding on a real database: once whichever process is first, the leads where a text does not reach the holder."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from oncall.incidents.actions import FlagChange
from oncall.incidents.flags.deciding import decide
from oncall.incidents.models import Incident
from oncall.incidents.tasks.models import Task
from oncall.paging.models import Alarm, Outgoing
from oncall.paging.tasks.reminding import PUT_OFF_FOR, remind
from oncall.people.models import Practitioner, Team
from tests.oncall.paging.outgoing import CARER, Stage


@pytest.fixture
def confirmed(stage: Stage) -> Stage:
    """Sam has confirmed that somebody is missing."""
    stage.contact()
    _confirm(stage)
    return stage


def _confirm(stage: Stage) -> None:
    with stage.database.transaction() as session:
        incident = session.scalars(select(Incident)).first()
        assert incident is not None
        team = session.get_one(Team, incident.team_id)
        sam = session.scalars(select(Practitioner).where(Practitioner.slug == "sam")).one()
        change = FlagChange(flag="missing", state="confirmed")
        decide(session, team, incident, change, by=sam, at=stage.clock.now())


def told(stage: Stage) -> list[tuple[str, str]]:
    """Who was texted of tasks, and what."""
    with stage.database.reading() as session:
        rows = select(Outgoing, Practitioner).join(Practitioner, Practitioner.id == Outgoing.practitioner_id)
        found = session.execute(rows.where(Outgoing.kind == "task_notice").order_by(Outgoing.id)).all()
        return [(row[1].slug, row[0].body) for row in found]


def test_many_processes_remind_once(confirmed: Stage) -> None:
    assert remind(confirmed.database, confirmed.clock) == 0
    confirmed.clock.move(timedelta(minutes=61))
    with ThreadPoolExecutor(4) as processes:
        assert sum(processes.map(lambda _: remind(confirmed.database, confirmed.clock), range(8))) >= 1
    assert sorted(slug for slug, _ in told(confirmed)) == ["carys", "huw", "sam", "sam"]
    assert remind(confirmed.database, confirmed.clock) == 0


def test_after_an_outage_a_round_is_told_once_and_the_next_is_ahead(confirmed: Stage) -> None:
    confirmed.clock.move(timedelta(hours=5, minutes=1))
    remind(confirmed.database, confirmed.clock)
    assert sum("Hourly check" in body for _, body in told(confirmed)) == 1
    with confirmed.database.reading() as session:
        check = session.scalars(select(Task).where(Task.task == "hourly_check")).one()
        assert timedelta(0) < check.due_at - confirmed.clock.now() <= timedelta(hours=1)


def test_where_the_holder_cannot_be_texted_the_leads_are(confirmed: Stage) -> None:
    with confirmed.database.transaction() as session:
        session.execute(
            update(Practitioner).where(Practitioner.slug == "sam").values(opted_out_at=confirmed.clock.now())
        )
    confirmed.clock.move(timedelta(minutes=61))
    remind(confirmed.database, confirmed.clock)
    assert {slug for slug, _ in told(confirmed)} == {"carys", "huw"}
    assert all("+4477" not in body and CARER not in body for _, body in told(confirmed))


def test_one_that_cannot_be_said_is_put_off_with_an_alarm(confirmed: Stage) -> None:
    with confirmed.database.transaction() as session:
        session.execute(update(Task).values(asked_sealed=b"broken"))
    confirmed.clock.move(timedelta(minutes=61))
    assert remind(confirmed.database, confirmed.clock) == 0
    assert told(confirmed) == []
    with confirmed.database.reading() as session:
        assert session.scalars(select(Alarm.kind)).all() == ["reminding_failed"]
        due = session.scalars(select(Task.next_at).where(Task.task == "hourly_check")).one()
        assert due == confirmed.clock.now() + PUT_OFF_FOR


def test_of_what_is_for_leads_only_nobody_else_is_reminded(confirmed: Stage) -> None:
    with confirmed.database.transaction() as session:
        huw = session.scalars(select(Practitioner).where(Practitioner.slug == "huw")).one()
        incident = session.scalars(select(Incident)).one()
        incident.restricted = {"named": [str(huw.id)], "widened": False}
    confirmed.clock.move(timedelta(minutes=61))
    remind(confirmed.database, confirmed.clock)
    assert {slug for slug, _ in told(confirmed)} == {"carys"}
