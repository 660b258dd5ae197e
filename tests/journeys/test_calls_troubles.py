"""What goes wrong around a call: a network that does not answer, callbacks lost, doubled or late, our clock standing
still, a wish that cannot be had."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from oncall.calls.models import Call
from oncall.lab.exchange.personas import HANGS_UP, NEVER_ANSWERS
from oncall.lab.rest.faults import Fault, FaultKind
from oncall.lab.webhooks.mischief import Mischief
from tests.journeys.conftest import TEAM
from tests.journeys.scenes import all_forget, talking
from tests.journeys.telling import escalation, posts, reload
from tests.journeys.world import World

BOTH_AT_ONCE = TEAM.replace("ring: [[duty], [duty, backup], [manager]]", "ring: [[duty, backup], [manager]]")


def _call(world: World) -> Call:
    with world.house.database.reading() as session:
        return session.scalars(select(Call)).one()


def test_the_first_word_waits_for_nothing_remote(world: World) -> None:
    """L9: with the network's API down the caller is greeted at once; the ring goes out when it is back."""
    world.lab.fault(Fault(FaultKind.BROKEN_BEFORE, resource="/Calls"), times=2)
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    assert "Hello Jane Price" in price.heard()
    world.pass_time(seconds=12)
    assert sam.rings
    all_forget(world)


@pytest.mark.parametrize("kind", ["conference-status", "call-status"])
def test_a_call_goes_well_with_every_callback_of_a_kind_lost(world: World, kind: str) -> None:
    world.lab.mischief(kind, Mischief(drop=True), times=1000)
    price, sam = talking(world)
    price.hangs_up()
    world.pass_time(seconds=8)
    sam.hangs_up()
    world.pass_time(minutes=15)
    assert world.alarms() == set()
    all_forget(world)


@pytest.mark.parametrize("kind", ["conference-status", "call-status", "twiml"])
def test_a_call_goes_well_with_everything_told_twice(world: World, kind: str) -> None:
    world.lab.mischief(kind, Mischief(copies=2, late=timedelta(seconds=2)), times=1000)
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    assert len(world.incidents()) == 1
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    assert len(posts(world, "/Calls")) == 1
    sam.hangs_up()
    world.pass_time(seconds=4)
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=8)
    assert price.is_with(sam)
    all_forget(world)


def test_the_room_ends_for_nobody_and_its_own_name_at_the_network_is_kept(world: World) -> None:
    """L10, L11: flags at creation; the ConferenceSid from the first callback."""
    talking(world)
    [room] = world.lab.conferences
    assert [participant.ends for participant in room.participants.values()] == [False, False]
    assert _call(world).conference_sid == room.sid
    all_forget(world)


def test_whom_the_caller_prefers_is_rung_first_and_nobody_is_left_out(world: World) -> None:
    """L13: sorted, never filtered."""
    reload(world, BOTH_AT_ONCE.replace("prefers: [sam]", "prefers: [eli, huw]"))
    world.contact("price").rings_the_line()
    world.pass_time(seconds=3)
    eli, sam = world.staff("eli"), world.staff("sam")
    first, second = posts(world, "/Calls")
    assert dict(first.request["form"])["To"] == eli.handset.number
    assert dict(second.request["form"])["To"] == sam.handset.number
    all_forget(world)


def test_who_speaks_the_callers_language_comes_before_who_does_not(world: World) -> None:
    reload(world, BOTH_AT_ONCE)
    world.contact("hughes").rings_the_line()
    world.pass_time(seconds=3)
    first, _ = posts(world, "/Calls")
    assert dict(first.request["form"])["To"] == world.staff("eli").handset.number
    all_forget(world)


def test_somebody_in_crisis_who_rings_again_and_again_is_rung_for_each_time(world: World) -> None:
    """L15: nobody is ever blocked."""
    price, sam = world.contact("price"), world.staff("sam")
    for _ in range(12):
        price.rings_the_line()
        assert sam.rings
        price.hangs_up()
        world.pass_time(seconds=2)
    assert len(world.incidents()) == 1
    all_forget(world)


def test_while_our_clock_stood_still_the_promise_came_due_and_is_kept_at_once(world: World) -> None:
    """L5, L24: the service was away while a caller waited; they are promised, and paging begins."""
    world.staff("sam").handset.call_persona = NEVER_ANSWERS
    price = world.contact("price")
    price.rings_the_line()
    world.jump(minutes=3)
    world.pass_time(seconds=20)
    assert "someone will ring you back" in price.heard()
    assert escalation(world).due_at is not None
    price.hangs_up()
    all_forget(world)


def test_a_practitioner_who_takes_and_drops_before_they_are_joined_is_rung_again(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    sam.answers()
    world.pass_time(seconds=2)
    sam.presses("1")
    sam.hangs_up()
    world.pass_time(seconds=5)
    assert sam.rings
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=8)
    assert price.is_with(sam)
    all_forget(world)


def test_hangs_up_without_a_key_takes_nothing(world: World) -> None:
    sam = world.staff("sam")
    sam.handset.call_persona = HANGS_UP
    world.contact("price").rings_the_line()
    world.pass_time(seconds=10)
    assert world.incidents()[0].status == "open"
    all_forget(world)


def test_a_withheld_number_that_is_not_there_to_ring_back_is_said(world: World) -> None:
    caller, sam = world.phone("anonymous", "somebody"), world.staff("sam")
    caller.rings_the_line()
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=15)
    assert caller.is_with(sam)
    caller.hangs_up()
    world.pass_time(seconds=6)
    assert "Their number is hidden, so they cannot be rung back." in sam.heard()
    all_forget(world)
