"""`3` sends back what the caller wrote, exactly and in order; who read what is on the record."""

import pytest

from tests.journeys.scenes import change, last_lines, paged, passed_to_eli, taken
from tests.journeys.world import World

TEXTS = [
    "hes got a knife",
    "  blanks before and after  ",
    "two\nlines\n",
    "Dw i ddim yn gwybod beth i'w wneud, mae'r dŵr yn oer. Sut ŷch chi? Tŷ",
    "🙂👨‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "<b>please</b> & <script>alert(1)</script>",
    "x" * 1600,
    ("Mae e wedi mynd â'r ŵy. " * 67)[:1600],
]


@pytest.mark.parametrize("words", TEXTS)
def test_three_sends_exactly_what_was_written(world: World, words: str) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price, words)
    sam.replies("3")
    assert "".join(sam.hears() for _ in sam.unseen()) == words
    assert last_lines(world, ref, "read") == ["Sam Rees was sent what the caller wrote."]
    assert world.incident(ref).status == "open"


def test_several_texts_come_in_order_before_and_after_taking(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    written = ["one", "two", "three", "four", "five"]
    ref = paged(world, price, written[0])
    for words in written[1:]:
        price.texts(words)
    sam.replies(f"3 {ref}")
    assert [sam.hears() for _ in sam.unseen()] == written
    sam.replies("1")
    price.hears("Sam Rees")
    sam.hears("You have")
    sam.replies("3")
    assert [sam.hears() for _ in sam.unseen()] == written


def test_an_empty_text_is_said_to_be_empty(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price, "")
    sam.replies("3")
    sam.hears_exactly(f"{ref}: there are no words to show.")


def test_pictures_are_named_not_sent(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("look", media=(("image/jpeg", b"\xff\xd8picture"),))
    price.hears("999")
    sam.hears_page()
    sam.replies("3")
    sam.hears_exactly("look")
    sam.hears("1 picture(s) or file(s)", "behind sign-in")


def test_once_somebody_holds_it_nobody_else_is_shown_the_words(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    ref = passed_to_eli(world, price)
    eli.replies("1")
    price.hears("Eli Morgan")
    eli.hears("You have")
    price.texts("this is for Eli")
    eli.hears("this is for Eli")
    sam.replies(f"3 {ref}")
    sam.hears(f"{ref} is with Eli Morgan")
    assert last_lines(world, ref, "read") == []


def test_words_are_read_out_by_call_only_on_three_and_that_is_written_down(world: World) -> None:
    """L25: what was written is spoken only to a person who asked for it."""
    change(world, "sam", languages=["en"])
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price, "she is on the roof")
    sam.answers()
    world.pass_time(seconds=10)
    assert "roof" not in sam.heard()
    sam.presses("3")
    world.pass_time(seconds=10)
    assert "She is on the roof".lower() in sam.heard().lower()
    assert last_lines(world, ref, "read") == ["Sam Rees was read what the caller wrote."]
    sam.presses("1")
    world.pass_time(seconds=5)
    price.hears("Sam Rees")
    sam.hears("You have")


def test_one_who_is_on_a_page_call_while_another_takes_it_hears_who_has_it_on_any_key(world: World) -> None:
    price, sam, nia = world.contact("price"), world.staff("sam"), world.staff("nia")
    ref = paged(world, price, "she is on the roof")
    sam.answers()
    nia.replies(f"1 {ref}")
    price.hears("Nia Bowen")
    nia.hears(ref)
    sam.presses("3")
    world.pass_time(seconds=5)
    assert "Nia Bowen has it already" in sam.heard()
    assert "roof" not in sam.heard()


def test_a_holder_who_cannot_be_texted_is_rung_about_further_words(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    sam.replies("STOP")
    sam.hears("unsubscribed")
    for lead in ("carys", "huw"):
        world.staff(lead).hears("Sam Rees has blocked texts")
    price.texts("he is back")
    assert sam.rings
    sam.answers()
    world.pass_time(seconds=10)
    assert "Jane Price has texted again" in sam.heard()
    sam.presses("3")
    world.pass_time(seconds=10)
    assert "he is back" in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=4)
    assert "You have it already" in sam.heard()
    assert world.incident(ref).status == "acknowledged"
