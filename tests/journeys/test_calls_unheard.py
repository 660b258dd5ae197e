"""What the network does not tell, or cannot be asked: no line is taken to go on that has ended, no promise is late."""

import pytest
from sqlalchemy import select

from oncall.calls.models import Call
from oncall.lab.exchange.personas import BY_HAND, NEVER_ANSWERS
from oncall.lab.rest.faults import Fault, FaultKind
from oncall.lab.webhooks.mischief import Mischief
from oncall.paging.models import Engaged
from tests.journeys.scenes import all_forget, change, last_lines, talking
from tests.journeys.world import World

STAFF = ("sam", "eli", "carys", "huw", "nia")


def _nobody_answers(world: World) -> None:
    for slug in STAFF:
        world.staff(slug).handset.call_persona = NEVER_ANSWERS


def test_a_caller_of_whose_hanging_up_nothing_was_told_is_rung_back_and_not_taken_to_be_there(world: World) -> None:
    """The number's own status callback is lost: who takes it must not be put into an empty room."""
    _nobody_answers(world)
    price, sam = world.contact("price"), world.staff("sam")
    world.lab.mischief("call-status", Mischief(drop=True), times=1000)
    price.rings_the_line()
    world.pass_time(seconds=95)
    assert "someone will ring you back" in price.heard()
    price.hangs_up()
    world.pass_time(minutes=2)
    with world.house.database.reading() as session:
        assert session.scalars(select(Call)).one().ended_at is not None
    sam.handset.call_persona = BY_HAND
    while not sam.rings:
        world.pass_time(seconds=20)
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=5)
    sam.presses("1")
    world.pass_time(seconds=5)
    assert price.rings
    price.answers()
    world.pass_time(seconds=12)
    assert price.is_with(sam)
    all_forget(world)


def test_a_practitioner_who_rang_in_is_free_again_though_nobody_told_that_they_hung_up(world: World) -> None:
    sam, price = world.staff("sam"), world.contact("price")
    world.lab.mischief("call-status", Mischief(drop=True), times=1)
    sam.rings_the_line()
    world.pass_time(minutes=2)
    assert sam.is_silent()
    _swept(world)
    price.rings_the_line()
    assert sam.rings
    with world.house.database.reading() as session:
        assert session.scalars(select(Engaged)).one().ended_at is not None
    all_forget(world)


def _swept(world: World) -> None:
    world._sweep()
    world.settle()


def test_when_the_network_cannot_be_asked_lines_stay_as_they_are(world: World) -> None:
    price = world.contact("price")
    price.rings_the_line()
    world.pass_time(seconds=60)
    world.lab.fault(Fault(FaultKind.BROKEN_BEFORE, resource="/Calls"), times=1)
    _swept(world)
    assert price.rings
    with world.house.database.reading() as session:
        assert session.scalars(select(Call)).one().ended_at is None
    all_forget(world)


def test_the_promise_is_said_in_time_though_the_network_cannot_send_the_caller_on(world: World) -> None:
    """L5: what a waiting caller hears comes from us, so the ceiling stands without the network's interface."""
    _nobody_answers(world)
    price = world.contact("price")
    price.rings_the_line()
    world.pass_time(seconds=80)
    world.lab.fault(Fault(FaultKind.BROKEN_BEFORE, resource="/Calls"), times=1000)
    world.pass_time(seconds=30)
    assert "Press star to leave a message, or hang up now." in price.heard()
    _, _, since = price.heard().partition("Press star to leave a message, or hang up now.")
    assert "still ringing" not in since
    price.presses("*")
    world.pass_time(seconds=15)
    assert "leave a message after the tone" in price.heard()
    all_forget(world)


@pytest.mark.parametrize(
    ("number", "hello"),
    [
        ("+447700900101", "Hello Jane Price, this is the on-call line of MIST Torfaen."),
        ("+447700900777", "Helo, dyma linell ar alwad MIST Torfaen."),
        ("anonymous", "Hello, this is the on-call line of MIST Torfaen."),
    ],
)
def test_where_nobody_at_all_can_be_rung_the_first_words_say_999_and_the_promise_once(
    world: World, number: str, hello: str
) -> None:
    """L6."""
    for slug in STAFF:
        change(world, slug, number_dead_at=world.clock.now())
    caller = world.phone(number)
    caller.rings_the_line()
    world.pass_time(seconds=40)
    heard = caller.heard()
    assert hello in heard
    assert heard.index("999") < heard.index("I am sorry")
    assert heard.count("I am sorry") == 1
    ref = world.incidents()[0].ref
    assert last_lines(world, ref, "promised_back")
    assert world.alarms() == {"nobody_reachable"}
    if number.startswith("+"):
        assert "your message" not in caller.hears("999")


def test_who_has_talked_for_longer_than_half_an_hour_is_not_rung_for_another(world: World) -> None:
    """L12."""
    _, sam = talking(world)
    world.pass_time(minutes=45)
    hughes, eli = world.contact("hughes"), world.staff("eli")
    hughes.rings_the_line()
    assert eli.rings
    assert len(sam.handset.calls) == 1
    assert "Eli Morgan" in hughes.heard()
    all_forget(world)


def test_a_caller_who_rings_again_while_whoever_had_them_hears_that_they_are_gone_is_joined_by_key(
    world: World,
) -> None:
    """Both mean to ring the other: the caller, who waits, is not rung on a busy phone."""
    price, sam = talking(world)
    eli = world.staff("eli")
    price.hangs_up()
    world.pass_time(seconds=3)
    assert "Jane Price is no longer on the line." in sam.heard()
    price.rings_the_line()
    assert eli.rings
    sam.presses("1")
    world.pass_time(seconds=15)
    assert price.is_with(sam)
    assert eli.is_silent()
    sam.hangs_up()
    world.pass_time(seconds=8)
    assert "Sam Rees is no longer on the line." in price.heard()
    assert sam.rings
    all_forget(world)


def test_who_presses_too_late_hears_who_has_the_caller_now(world: World) -> None:
    price, sam = talking(world)
    eli = world.staff("eli")
    price.hangs_up()
    world.pass_time(seconds=3)
    price.rings_the_line()
    eli.picks_up_and_presses("1")
    world.pass_time(seconds=3)
    sam.presses("1")
    world.pass_time(seconds=3)
    assert "Eli Morgan has the call." in sam.heard()
    assert price.is_with(eli)
    all_forget(world)
