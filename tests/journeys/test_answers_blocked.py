"""A practitioner whose phone blocks our texts is rung, and the leads know; START undoes it."""

import pytest
from sqlalchemy import select

from oncall.lab.exchange.personas import failed
from oncall.people.models import Practitioner
from tests.journeys.scenes import last_lines, paged, taken
from tests.journeys.world import World


def _stops(world: World, word: str = "STOP") -> None:
    world.staff("sam").replies(word)
    world.staff("sam").hears("unsubscribed")
    for lead in ("carys", "huw"):
        world.staff(lead).hears("Sam Rees has blocked texts from this line (STOP)", "paged by call only")


def _opted_out(world: World, slug: str = "sam") -> bool:
    with world.house.database.reading() as session:
        sam = session.scalars(select(Practitioner).where(Practitioner.slug == slug)).one()
        return sam.opted_out_at is not None


@pytest.mark.parametrize(
    "word", ["STOP", " stop ", "Unsubscribe", "QUIT", "end", "Cancel", "STOPALL", "revoke", "optout"]
)
def test_stop_is_noted_and_the_leads_are_told_once(world: World, word: str) -> None:
    """L27: a practitioner who texts STOP has silently un-paged themselves; here it is not silent."""
    _stops(world, word)
    assert _opted_out(world)
    assert world.alarms() == {"opted_out"}
    world.staff("sam").replies(word)
    world.staff("sam").hears("unsubscribed")


def test_one_who_has_blocked_texts_is_rung_instead(world: World) -> None:
    """L27."""
    price, sam = world.contact("price"), world.staff("sam")
    _stops(world)
    price.texts("please ring me")
    price.hears("999")
    assert sam.rings
    sam.answers()
    world.pass_time(seconds=4)
    sam.presses("1")
    world.pass_time(seconds=4)
    price.hears("Sam Rees has your message")
    assert "What you text to this number now goes to them" in sam.heard()


def test_a_block_while_a_page_is_open_leaves_the_call_standing(world: World) -> None:
    """L27."""
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    ref = paged(world, price)
    _stops(world)
    assert sam.rings
    world.pass_time(minutes=3)
    assert eli.hears_page() == ref


def test_a_block_first_heard_of_when_a_text_is_refused_is_noted_too(world: World) -> None:
    """L27: error 21610 says what the keyword would have said."""
    world.lab.exchange.records.opted_out.add(("+447700900000", "+447700900001"))
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring me")
    price.hears("999")
    for lead in ("carys", "huw"):
        world.staff(lead).hears("Sam Rees has blocked texts")
    assert sam.rings
    assert _opted_out(world)
    assert "opted_out" in world.alarms()


@pytest.mark.parametrize("word", ["START", "unstop", "Yes"])
def test_start_has_texts_reach_them_again(world: World, word: str) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    _stops(world)
    sam.replies(word)
    sam.hears("re-subscribed")
    sam.hears("Texts reach you again")
    for lead in ("carys", "huw"):
        world.staff(lead).hears("Sam Rees can be paged by text again")
    assert world.alarms() == set()
    paged(world, price)


def test_yes_from_a_holder_who_blocks_nothing_is_words_for_the_caller(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    taken(world, price)
    sam.replies("Yes")
    price.hears_exactly("Yes")


def test_a_lead_who_blocks_texts_is_not_told_of_themselves(world: World) -> None:
    carys, huw = world.staff("carys"), world.staff("huw")
    carys.replies("STOP")
    carys.hears("unsubscribed")
    huw.hears("Carys Bevan has blocked texts")


def test_a_caller_who_texts_stop_is_still_paged_and_the_holder_learns_that_texts_do_not_arrive(world: World) -> None:
    """L15: a carer who sends STOP is not shut out: it is stored, a person is paged, and the leads are told."""
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("stop")
    price.hears("unsubscribed")
    ref = sam.hears_page()
    for lead in ("carys", "huw"):
        world.staff(lead).hears(f"{ref}: Jane Price has blocked texts from this line (STOP)", "somebody rings")
    assert world.received(ref) == ["stop"]
    assert last_lines(world, ref, "blocked")
    assert last_lines(world, ref, "failed") == [
        "The answer to the caller did not arrive (texts from this line are blocked there, code 21610)."
    ]
    sam.replies("1")
    sam.hears(f"You have {ref}")
    sam.replies("Shall I ring you?")
    sam.hears(f"{ref}: your text did not reach Jane Price", "ring them")
    assert world.incident(ref).contacted_at is None


def test_an_answer_that_fails_for_the_practitioner_marks_only_what_is_known(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price)
    sam.handset.text_persona = failed(30007)
    sam.replies("1")
    price.hears("Sam Rees")
    world.pass_time(seconds=30)
    assert not _opted_out(world)
    assert world.incident(ref).status == "acknowledged"
