"""Somebody leaves: the caller before they are answered, a practitioner before the caller, a line that drops."""

from oncall.lab.exchange.personas import NEVER_ANSWERS
from tests.journeys.scenes import paged_and_talking
from tests.journeys.world import World


def test_a_caller_who_hangs_up_first_is_paged_for_and_no_phone_rings_on(world: World) -> None:
    """L7, L8: ringing legs are cancelled, the incident stays open, and a call-back page goes out."""
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    ref = sam.hears_page()
    assert sam.rings
    price.hangs_up()
    assert sam.is_silent()
    world.pass_time(seconds=3)
    assert world.incident(ref).status == "open"
    assert sam.hears_page() == ref
    assert "rang_off: The caller hung up before anybody was there." in world.record_of(ref)
    sam.picks_up_and_presses("1")
    sam.hears(f"You have {ref}")


def test_who_answers_as_the_caller_hangs_up_hears_who_rang_and_can_ring_back(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    ref = sam.hears_page()
    sam.answers()
    price.hangs_up()
    world.pass_time(seconds=3)
    sam.hears_page()
    sam.presses("9")
    world.pass_time(seconds=15)
    assert "Press 1 to take it and ring them back" in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=5)
    sam.hears(f"You have {ref}")
    assert price.rings
    price.answers()
    world.pass_time(seconds=10)
    assert "This is the on-call line of MIST Torfaen, ringing you back. Sam Rees is on the line." in price.heard()
    assert price.is_with(sam)
    assert world.incident(ref).contacted_at is not None


def test_a_practitioner_who_leaves_first_is_rung_again_and_goes_back(world: World) -> None:
    """L10: the caller is not cut off; they hear that they may hang up if all is said, or stay."""
    price, sam, _ = paged_and_talking(world)
    sam.hangs_up()
    world.pass_time(seconds=5)
    assert "Sam Rees is no longer on the line. If all is said, you may hang up" in price.heard()
    assert sam.rings
    sam.answers()
    world.pass_time(seconds=7)
    assert "they are still on the line" in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=3)
    assert price.is_with(sam)


def test_a_practitioner_for_whom_it_is_finished_says_so_and_the_caller_hears_it(world: World) -> None:
    price, sam, ref = paged_and_talking(world)
    sam.hangs_up()
    world.pass_time(seconds=3)
    sam.picks_up_and_presses("2")
    world.pass_time(seconds=20)
    assert "Sam Rees says that all is said" in price.heard()
    price.hangs_up()
    world.pass_time(minutes=60)
    assert world.incident(ref).contacted_at is not None


def test_when_the_practitioner_does_not_come_back_the_others_are_rung(world: World) -> None:
    price, sam, ref = paged_and_talking(world)
    eli = world.staff("eli")
    sam.handset.call_persona = NEVER_ANSWERS
    sam.hangs_up()
    world.pass_time(seconds=45)
    assert eli.hears_page() == ref
    eli.picks_up_and_presses("1")
    assert price.is_with(eli)
    assert world.incident(ref).holder_id is not None
    price.hangs_up()
    world.pass_time(minutes=60)


def test_a_caller_who_hangs_up_after_the_practitioner_left_has_said_all(world: World) -> None:
    price, sam, _ = paged_and_talking(world)
    sam.handset.call_persona = NEVER_ANSWERS
    sam.hangs_up()
    world.pass_time(seconds=30)
    price.hangs_up()
    for phone in world.phones.values():
        phone.forgets()
    world.pass_time(minutes=60)


def test_a_caller_left_alone_whom_nobody_answers_is_promised_and_the_holder_paged(world: World) -> None:
    """L5, L10: a hard ceiling here too."""
    price, sam, ref = paged_and_talking(world)
    for slug in ("sam", "eli", "carys"):
        world.staff(slug).handset.call_persona = NEVER_ANSWERS
    sam.hangs_up()
    world.pass_time(seconds=92)
    assert "someone will ring you back" in price.heard()
    price.hangs_up()
    world.pass_time(seconds=5)
    sam.hears(ref, "has not heard from you yet")
    for phone in world.phones.values():
        phone.forgets()


def test_a_practitioner_hears_that_the_callers_line_has_dropped_and_rings_back(world: World) -> None:
    price, sam, ref = paged_and_talking(world)
    price.hangs_up()
    world.pass_time(seconds=7)
    assert "Jane Price is no longer on the line. Press 1 to ring them back, or hang up." in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=5)
    assert "We are ringing Jane Price now." in sam.heard()
    assert price.handset.current_call is not None
    assert price.handset.current_call.sender == "+447700900000"
    price.answers()
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    assert "rings_back: Sam Rees rings the caller." in world.record_of(ref)


def test_a_caller_who_does_not_answer_when_rung_back_can_be_tried_again(world: World) -> None:
    price, sam, _ = paged_and_talking(world)
    price.hangs_up()
    world.pass_time(seconds=7)
    price.handset.next_calls(NEVER_ANSWERS)
    sam.presses("1")
    world.pass_time(seconds=60)
    assert "Jane Price did not answer. Press 1 to ring them back" in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=5)
    price.answers()
    world.pass_time(seconds=10)
    assert price.is_with(sam)


def test_a_practitioner_whose_line_drops_while_the_callers_phone_rings_cuts_nobody_off(world: World) -> None:
    price, sam, _ = paged_and_talking(world)
    price.hangs_up()
    world.pass_time(seconds=7)
    sam.presses("1")
    world.pass_time(seconds=3)
    assert price.rings
    sam.hangs_up()
    world.pass_time(seconds=3)
    assert price.is_silent()
