"""Practitioners answer pages by text: take, promise, pass on; and hear why when it cannot be done."""

from datetime import timedelta

import pytest

from tests.journeys.scenes import at_clock, change, closed, last_lines, paged, passed_to_eli, taken
from tests.journeys.world import World


@pytest.mark.parametrize("answer", ["1", " 1 \n", "ack", "TAKE", "Iawn", "1.", "1 {ref}", "iawn {ref}"])
def test_each_way_of_taking_takes_it(world: World, answer: str) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price)
    sam.replies(answer.format(ref=ref.lower()))
    price.hears("Sam Rees has your message", "within 15 minutes")
    sam.hears(f"You have {ref}, Jane Price", "within 15 min")
    assert world.incident(ref).status == "acknowledged"


@pytest.mark.parametrize("answer", ["1 20", "1 {ref} 20", "1 20 {ref}", "TAKE 20", "ack  20"])
def test_minutes_are_a_promise_that_takes_the_place_of_the_time_for_contact(world: World, answer: str) -> None:
    """L21: what was promised is what is watched."""
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price)
    sam.replies(answer.format(ref=ref))
    price.hears("Sam Rees has your message", "within 20 minutes")
    sam.hears(f"You have {ref}", "within 20 min")
    world.pass_time(minutes=19)
    sam.hears_nothing()
    world.pass_time(minutes=1)
    sam.hears(ref, "has not heard from you yet")


@pytest.mark.parametrize("answer", ["1 0", "1 721", "1 {ref} 5000"])
def test_minutes_out_of_range_do_nothing_and_say_so(world: World, answer: str) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price)
    sam.replies(answer.format(ref=ref))
    sam.hears("from 1 to 720", "Nothing was done")
    assert world.incident(ref).status == "open"


def test_the_holder_may_promise_anew_and_the_caller_hears_it(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    sam.replies("1 30")
    price.hears("Sam Rees has your message", "within 30 minutes")
    sam.hears(f"{ref}: you have promised contact within 30 min")
    sam.replies("1")
    sam.hears(f"You have {ref} already")


@pytest.mark.parametrize("answer", ["2", "pass", "PASIO", "2 {ref}", " Pass. "])
def test_each_way_of_passing_on_reaches_the_next_person_at_once(world: World, answer: str) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    ref = paged(world, price)
    sam.replies(answer.format(ref=ref))
    sam.hears(f"{ref} is passed on")
    assert eli.hears_page() == ref


def test_who_comes_second_hears_who_has_it_and_since_when(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    ref = passed_to_eli(world, price)
    since = at_clock(world)
    eli.replies("1")
    price.hears("Eli Morgan has your message")
    eli.hears(f"You have {ref}")
    world.pass_time(minutes=3)
    for answer in ("1", f"1 {ref}", f"2 {ref}", f"3 {ref}", "3"):
        sam.replies(answer)
        sam.hears(f"{ref} is with Eli Morgan, who took it at {since}")
    assert world.incident(ref).acknowledged_at is not None


def test_a_closed_one_is_said_to_be_closed(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    at = at_clock(world)
    closed(world, ref)
    for answer in ("1", f"1 {ref}", f"2 {ref}", "3", f"{ref} are you still there?"):
        sam.replies(answer)
        sam.hears(f"{ref} is closed, since {at}")


def test_a_ref_that_does_not_exist_is_named_with_what_is_open(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price)
    wrong = "BBBB" if ref != "BBBB" else "CCCC"
    sam.replies(f"1 {wrong.lower()}")
    sam.hears(f"There is no {wrong} here", ref, "Jane Price, urgent")
    assert world.incident(ref).status == "open"


def test_with_nothing_open_a_command_is_answered(world: World) -> None:
    sam = world.staff("sam")
    for answer in ("1", "2", "3", "1 20"):
        sam.replies(answer)
        sam.hears("Nothing is open for you")
    sam.replies("1 BBBB")
    sam.hears("There is no BBBB here. Nothing is open for you.")


def test_of_several_open_a_bare_answer_is_asked_which(world: World) -> None:
    """L20: a bare answer counts only when exactly one page is open."""
    price, hughes, sam = world.contact("price"), world.contact("hughes"), world.staff("sam")
    first, second = paged(world, price), paged(world, hughes)
    for answer in ("1", "2", "3"):
        sam.replies(answer)
        sam.hears("Which one?", f"{first} (Jane Price, urgent)", f"{second} (Mair Hughes, urgent)", f"{answer} {first}")
    sam.replies("1 20")
    sam.hears("Which one?", f"1 {first} 20")
    sam.replies(f"1 {second} 20")
    hughes.hears("Sam Rees")
    sam.hears(f"You have {second}, Mair Hughes")
    sam.replies("1")
    price.hears("Sam Rees has your message")
    sam.hears(f"You have {first}, Jane Price")


def test_a_bare_answer_means_the_page_that_waits_not_the_one_held(world: World) -> None:
    price, hughes, sam, eli = (
        world.contact("price"),
        world.contact("hughes"),
        world.staff("sam"),
        world.staff("eli"),
    )
    held = taken(world, price)
    waiting = paged(world, hughes)
    sam.replies("2")
    sam.hears(f"{waiting} is passed on")
    assert eli.hears_page() == waiting
    assert world.incident(held).status == "acknowledged"


def test_a_holder_who_passes_on_stays_the_holder_until_somebody_takes_it(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    ref = taken(world, price)
    sam.replies("2")
    sam.hears(f"{ref} is passed on")
    assert eli.hears_page() == ref
    price.texts("are you there?")
    sam.hears_exactly(f"{ref}: are you there?")
    eli.replies("1")
    price.hears("Eli Morgan has your message")
    eli.hears(f"You have {ref}")
    price.texts("hello?")
    eli.hears_exactly(f"{ref}: hello?")


def test_one_not_paged_may_take_by_its_ref_but_not_pass_on_or_read(world: World) -> None:
    price, nia = world.contact("price"), world.staff("nia")
    ref = paged(world, price)
    for answer in (f"2 {ref}", f"3 {ref}"):
        nia.replies(answer)
        nia.hears(f"Dyw {ref} ddim yn aros amdanoch chi")
    nia.replies(f"1 {ref}")
    price.hears("Nia Bowen has your message")
    nia.hears(f"Mae {ref} gyda chi, Jane Price")


def test_a_practitioner_is_spoken_to_in_their_language(world: World) -> None:
    change(world, "sam", languages=["cy", "en"])
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("ring me")
    price.hears("999")
    ref = sam.hears("brys (urgent)", "mae Jane Price wedi tecstio", "Atebwch 1").split()[0]
    sam.replies("iawn")
    price.hears("Sam Rees")
    sam.hears(f"Mae {ref} gyda chi")


def test_a_page_answered_after_it_was_over_is_forgotten_half_a_day_later(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    closed(world, ref)
    world.jump(hours=13)
    sam.replies("1")
    sam.hears("Nothing is open for you, so nothing was done.")


def test_taking_is_written_down_with_the_promise(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price)
    taken_at = world.clock.now()
    sam.replies("1 45")
    price.forgets()
    sam.forgets()
    assert last_lines(world, ref, "acknowledged") == ["Sam Rees took it and promised contact within 45 minutes."]
    at = world.incident(ref).acknowledged_at
    assert at is not None
    assert at - taken_at < timedelta(seconds=5)
