"""Every error the network can give a page, each given by the lab, and what follows for page, person and leads."""

from itertools import pairwise

import pytest

from oncall.lab.exchange import personas
from oncall.lab.rest.faults import Fault, FaultKind
from tests.journeys.conftest import TEAM
from tests.journeys.telling import STEPS, lines, posts, practitioner, reload, rows
from tests.journeys.world import World

SAM = "+447700900001"
NO_ALARM: frozenset[str] = frozenset()
ALARM = frozenset({"send_failed"})
STOPPED = ALARM | {"opted_out"}
DEAD = ALARM | {"number_dead"}
REFUSED_TEXTS = [
    (20003, ALARM),
    (20404, NO_ALARM),
    (21211, DEAD),
    (21212, ALARM),
    (21408, ALARM),
    (21602, ALARM),
    (21603, ALARM),
    (21604, ALARM),
    (21606, ALARM),
    (21610, STOPPED),
    (21611, NO_ALARM),
    (21612, NO_ALARM),
    (21614, NO_ALARM),
    (21617, ALARM),
    (21635, NO_ALARM),
    (30029, ALARM),
    (30030, ALARM),
    (39999, ALARM),  # one that nobody has heard of
]
UNDELIVERED = [
    (30001, ALARM),
    (30002, ALARM),
    (30003, NO_ALARM),
    (30004, ALARM),
    (30005, DEAD),
    (30006, ALARM),
    (30007, ALARM),
    (30008, NO_ALARM),
    (30036, NO_ALARM),
    (39998, ALARM),
]
REFUSED_CALLS = [
    (20003, ALARM),
    (21211, DEAD),
    (21215, ALARM),
    (13224, DEAD),
    (13227, ALARM),
    (22005, ALARM),
    (39997, ALARM),
]


def only_by(world: World, channel: str) -> None:
    """Sam is paged by one channel, so that its failure is the step's."""
    reload(world, TEAM.replace(STEPS, STEPS.replace("duty, by: [text, call]", f"duty, by: [{channel}]")))


def check_passed_on(world: World, code: int, alarms: frozenset[str]) -> None:
    """Eli was paged at once, the record says why, and the right alarms stand; nothing else was learnt of Sam."""
    ref = world.staff("eli").hears_page()
    assert f"code {code})" in lines(world, ref, "failed")[0]
    assert lines(world, ref, "escalated") == ["Paging step 2: no page arrived."]
    assert world.alarms() == alarms
    sam = practitioner(world, "sam")
    assert (sam.opted_out_at is not None) == ("opted_out" in alarms)
    assert (sam.number_dead_at is not None) == ("number_dead" in alarms)
    leads_told = rows(world, "lead_notice")
    assert len(leads_told) == (2 if alarms & {"opted_out", "number_dead"} else 0)
    for phone in world.phones.values():
        phone.forgets()


@pytest.mark.parametrize(("code", "alarms"), REFUSED_TEXTS)
def test_a_text_that_is_refused_has_failed(world: World, code: int, alarms: frozenset[str]) -> None:
    """L18: each outcome is a row in one table, each emitted by the stand-in; unknown codes escalate."""
    only_by(world, "text")
    to_sam = Fault(FaultKind.REFUSE, code=code, matches=lambda request: request.given("To") == SAM)
    world.lab.fault(to_sam, times=9)
    world.contact("price").texts("please ring")
    check_passed_on(world, code, alarms)
    assert len(posts(world, to=SAM)) == 1


@pytest.mark.parametrize(("code", "alarms"), UNDELIVERED)
def test_a_text_that_does_not_arrive_has_failed(world: World, code: int, alarms: frozenset[str]) -> None:
    """L18: `undelivered` and `failed` are not sent."""
    only_by(world, "text")
    world.staff("sam").handset.text_persona = personas.undelivered(code)
    world.contact("price").texts("please ring")
    check_passed_on(world, code, alarms)


@pytest.mark.parametrize(("code", "alarms"), REFUSED_CALLS)
def test_a_call_that_is_refused_has_failed(world: World, code: int, alarms: frozenset[str]) -> None:
    """L18 for calls."""
    only_by(world, "call")
    world.lab.fault(Fault(FaultKind.REFUSE, resource="/Calls", code=code), times=1)
    world.contact("price").texts("please ring")
    check_passed_on(world, code, alarms)


def test_too_many_at_once_is_tried_again_and_has_not_failed(world: World) -> None:
    """L18: 429 was not processed, so the same page leaves a little later, once."""
    only_by(world, "text")
    world.lab.fault(Fault(FaultKind.REFUSE, code=20429), times=4)
    world.contact("price").texts("please ring")
    world.pass_time(seconds=25)
    sam = world.staff("sam")
    ref = sam.hears_page()
    sam.hears_nothing()
    world.contact("price").hears("999")
    assert lines(world, ref, "failed") == []
    tries = [entry.at for entry in posts(world, to=SAM)]
    assert len(tries) == 5
    gaps = [(b - a).total_seconds() for a, b in pairwise(tries)]
    assert 0.5 <= gaps[0] <= 1
    assert gaps == sorted(gaps)


def test_what_expired_in_the_networks_queue_passes_on(world: World) -> None:
    """L19: with its step's wait over, a page is dropped by the network and says so."""
    only_by(world, "text")
    world.staff("sam").handset.text_persona = personas.EXPIRES
    world.contact("price").texts("please ring")
    world.pass_time(minutes=3)
    ref = world.staff("eli").hears_page()
    assert len(lines(world, ref, "escalated")) == 1
    assert "Sam Rees did not arrive (it could not be delivered now, code 30036)" in lines(world, ref, "failed")[0]
    world.contact("price").forgets()


def test_an_answer_to_a_caller_that_failed_for_no_stated_reason_is_tried_once_more(world: World) -> None:
    """L18, L4: 30008 may be retried once; late repeats of the first failure do not end the second try."""
    price, sam = world.contact("price"), world.staff("sam")
    price.handset.text_persona = personas.undelivered(30008)
    price.texts("please ring")
    ref = sam.hears_page()
    price.handset.text_persona = personas.DELIVERED
    first = rows(world, "caller_answer")[0]
    assert first.state == "failed"
    world.pass_time(seconds=15)
    price.hears("999")
    price.hears_nothing()
    assert [row.state for row in rows(world, "caller_answer")] == ["failed", "delivered"]
    assert lines(world, ref, "failed") == []


def test_an_answer_that_fails_twice_is_in_the_record(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.handset.text_persona = personas.undelivered(30008)
    price.texts("please ring")
    world.pass_time(seconds=30)
    ref = sam.hears_page()
    assert len(rows(world, "caller_answer")) == 2
    assert lines(world, ref, "failed") == ["The answer to the caller did not arrive (it failed, code 30008)."]
