"""Words for a holder whom no text reaches: they are rung, and where nothing reaches them somebody else is paged."""

import pytest

from oncall.lab.exchange import personas
from tests.journeys.telling import lines, picks_up, presses, rung_at
from tests.journeys.world import World


def held_and_contacted(world: World) -> str:
    """Sam holds it and has been in touch."""
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring")
    ref = sam.hears_page()
    sam.replies("1")
    sam.replies("I am here")
    world.pass_time(minutes=1)
    sam.forgets()
    price.forgets()
    return ref


def test_a_holder_whose_phone_takes_no_texts_is_rung_once_for_all_of_them(world: World) -> None:
    """L18: undelivered is not told; the words wait behind 3."""
    ref, price, sam = held_and_contacted(world), world.contact("price"), world.staff("sam")
    rung_before = len(rung_at(world, "sam"))
    sam.handset.text_persona = personas.undelivered(30003)
    for words in ("he has gone out", "the door was open", "what shall I do"):
        price.texts(words)
    assert len(rung_at(world, "sam")) == rung_before + 1
    assert len(lines(world, ref, "failed")) == 3
    picks_up(sam)
    world.pass_time(seconds=8)
    assert "Jane Price has texted again" in sam.heard()
    presses(sam, "3")
    world.pass_time(seconds=20)
    assert "what shall I do" in sam.heard()
    world.staff("eli").hears_nothing()


@pytest.mark.parametrize("code", [30005, 21610])
def test_words_for_a_holder_whom_nothing_reaches_bring_the_next_person(world: World, code: int) -> None:
    """L21, L22: taken and contacted, and yet the caller's next words must reach a person."""
    ref, price, sam, eli = held_and_contacted(world), world.contact("price"), world.staff("sam"), world.staff("eli")
    sam.handset.text_persona = personas.undelivered(code)
    price.texts("he has gone out")
    if code == 21610:  # only texts are blocked
        assert sam.rings
        eli.hears_nothing()
    else:
        assert eli.hears_page() == ref
        eli.replies("1")
        eli.hears(f"You have {ref}")
        price.hears("Eli Morgan")
    for slug in ("carys", "huw"):
        world.staff(slug).hears("Sam Rees")
