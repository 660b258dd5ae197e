"""Alarms that no single deed raises or clears: signatures that all fail, a line that is back, an incident now held."""

import pytest

from oncall.incidents.actions import take
from oncall.incidents.models import Incident
from oncall.paging.alarms import raise_alarm
from oncall.paging.outbox import Kind
from oncall.paging.upkeep import keep_up
from oncall.people.models import Practitioner
from oncall.telephony.port import Accepted, NotProcessed
from tests.oncall.paging.outgoing import Stage


def keeps_up(stage: Stage, *, failures: int = 0, passes: int = 1) -> None:
    with stage.database.transaction() as session:
        keep_up(session, failures=failures, passes=passes, at=stage.clock.now())


@pytest.mark.parametrize(
    ("failures", "passes", "alarms"), [(2, 0, set()), (3, 0, {"signatures_failing"}), (3, 1, {"signatures_failing"})]
)
def test_a_wrong_public_address_is_an_alarm(stage: Stage, failures: int, passes: int, alarms: set[str]) -> None:
    """L29: a wrong public address made every webhook a 403; here it is an alarm within moments."""
    keeps_up(stage, failures=failures, passes=passes)
    assert stage.alarms() == alarms


def test_the_alarm_ends_with_the_first_webhook_that_passes(stage: Stage) -> None:
    """L29."""
    keeps_up(stage, failures=9, passes=0)
    keeps_up(stage, failures=0, passes=1)
    assert stage.alarms() == set()


def test_the_networks_alarm_ends_once_something_has_left_again(stage: Stage) -> None:
    """L24: away and back."""
    stage.asks(Kind.STAFF_ANSWER)
    for _ in range(3):
        (job,) = stage.claims()
        stage.settles(job, NotProcessed())
        stage.pass_time(seconds=31)
    keeps_up(stage)
    assert stage.alarms() == {"telephony_unreachable"}
    (job,) = stage.claims()
    stage.settles(job, Accepted(sid="SM" + "e" * 32, status="queued"))
    keeps_up(stage)
    assert stage.alarms() == set()


def test_nobody_reachable_ends_when_somebody_holds_it(stage: Stage) -> None:
    """L26: the alarm stands while the incident waits."""
    incident = stage.contact()
    with stage.database.transaction() as session:
        raise_alarm(session, "nobody_reachable", subject=str(incident.id), at=stage.clock.now(), detail="Nobody.")
    keeps_up(stage)
    assert stage.alarms() == {"nobody_reachable"}
    with stage.database.transaction() as session:
        here, sam = session.get_one(Incident, incident.id), session.query(Practitioner).first()
        assert sam is not None
        assert take(session, here, by=sam, at=stage.clock.now(), instead_of=None)
    keeps_up(stage)
    assert stage.alarms() == set()
