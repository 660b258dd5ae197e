"""Words between the caller and whoever holds it, by the team's number alone; words for nobody are said to be so."""

import pytest

from oncall.lab.exchange.personas import undelivered
from tests.journeys.scenes import change, closed, last_lines, paged, passed_to_eli, taken
from tests.journeys.world import LINE, World

LONG_WELSH = "Mae'r dŵr ym mhobman, ŵŷâ 🙂 " * 60


@pytest.mark.parametrize(
    "words",
    ["I'm on my way", "Yes", " yes please \n", "Stop.", "2 minutes", "Dŵr ŷ 🙂", "pass him the phone", "a" * 1600],
)
def test_whatever_the_holder_writes_reaches_the_caller_to_the_letter(world: World, words: str) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    sam.replies(words)
    price.hears_exactly(words)
    assert world.incident(ref).contacted_at is not None
    assert f"Sam Rees to the caller: {words}" in last_lines(world, ref, "relayed")


def test_neither_side_sees_the_others_number(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    taken(world, price)
    sam.replies("Where are you?")
    price.hears_exactly("Where are you?")
    price.texts("at home")
    sam.hears("at home")
    for phone in (price, sam):
        assert {text.sender for text in phone.handset.inbox} == {LINE}
        others = {"7700900101", "7700900001"}
        assert not any(number in text.body for text in phone.handset.inbox for number in others)


def test_one_who_holds_several_is_asked_which_and_names_it(world: World) -> None:
    price, hughes, sam = world.contact("price"), world.contact("hughes"), world.staff("sam")
    first, second = taken(world, price), taken(world, hughes)
    sam.replies("On my way")
    sam.hears(f"You hold {first}, {second}", f"{first} On my way")
    price.hears_nothing()
    sam.replies(f"{second.lower()}: Ar y ffordd,  nawr")
    hughes.hears_exactly("Ar y ffordd,  nawr")
    sam.replies(f"{first}\nBe there soon\n")
    price.hears_exactly("Be there soon\n")


def test_a_ref_and_nothing_more_is_not_sent_to_the_caller(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    for empty in (ref, f" {ref}: ", "", " \n"):
        sam.replies(empty)
        sam.hears("empty")
    price.hears_nothing()


def test_a_picture_from_a_practitioner_is_said_to_stay_behind(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    taken(world, price)
    for words in ("", "look at this"):
        sam.texts(words, media=(("image/jpeg", b"1"),))
        sam.hears("went to nobody: only words")
    price.hears_exactly("look at this")


def test_words_for_one_that_is_not_theirs_never_reach_another_caller(world: World) -> None:
    price, hughes, sam, eli = (
        world.contact("price"),
        world.contact("hughes"),
        world.staff("sam"),
        world.staff("eli"),
    )
    others = passed_to_eli(world, price)
    taken(world, hughes)
    sam.replies(f"{others} I cannot come, sorry")
    sam.hears("Your words went to nobody", f"1 {others} takes it")
    eli.replies(f"1 {others}")
    price.hears("Eli Morgan")
    eli.hears("You have")
    sam.replies(f"{others} I cannot come, sorry")
    sam.hears("Your words went to nobody", f"{others} is with Eli Morgan")
    hughes.hears_nothing()


def test_a_word_like_a_ref_that_names_nothing_is_only_a_word(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    taken(world, price)
    sam.replies("Hmmm, let me think")
    price.hears_exactly("Hmmm, let me think")


def test_words_before_taking_reach_nobody_and_say_how_to_take(world: World) -> None:
    price, hughes, sam = world.contact("price"), world.contact("hughes"), world.staff("sam")
    first = paged(world, price)
    sam.replies("I'm on it")
    sam.hears("This went to nobody yet", f"{first} (Jane Price, urgent)", "Reply 1 to take it")
    second = paged(world, hughes)
    sam.replies("I'm on it")
    sam.hears(first, second, f"Reply 1 {first} to take it")


def test_a_practitioners_own_crisis_is_not_an_answer_and_they_are_told_what_they_can_send(world: World) -> None:
    nia = world.staff("nia")
    nia.replies("i cant do this any more, i want it to stop")
    nia.hears("Aeth hwn at neb", "999", "1 i gymryd")
    assert world.incidents() == []


def test_with_nothing_held_words_go_to_nobody_and_999_is_named(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    closed(world, taken(world, price))
    sam.replies("are you all right now?")
    sam.hears("This went to nobody: you hold nothing open", "999")
    price.hears_nothing()


@pytest.mark.parametrize("word", ["HELP", "info", "start"])
def test_a_word_the_network_keeps_is_answered_with_what_can_be_sent(world: World, word: str) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    taken(world, price)
    sam.replies(word)
    if word != "start":
        sam.hears("Reply STOP to unsubscribe")
    sam.hears("1 takes a page, 2 passes it on")


def test_the_callers_words_reach_only_the_holder_word_for_word(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    ref = passed_to_eli(world, price)
    eli.replies("1")
    price.hears("Eli Morgan")
    eli.hears("You have")
    for words in ("shes  back\n", "dŵr 🙂", "1", " "):
        price.texts(words)
        eli.hears_exactly(f"{ref}: {words}")
    price.texts("")
    eli.hears(f"{ref}: Jane Price sent a text with no words")
    sam.hears_nothing()


def test_a_long_text_reaches_the_holder_whole_and_in_order(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    words = LONG_WELSH[:1600]
    price.texts(words)
    parts = [sam.hears(f"{ref}: ") for _ in sam.unseen()]
    assert len(parts) > 1
    assert "".join(part.removeprefix(f"{ref}: ") for part in parts) == words


def test_a_practitioner_may_choose_a_notice_only(world: World) -> None:
    change(world, "sam", wants_notice_only=True)
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    price.texts("she has cut her arm")
    notice = sam.hears(ref, "Jane Price has written again", "3 shows it")
    assert "arm" not in notice
    sam.replies("3")
    sam.hears_exactly("please ring me")
    sam.hears_exactly("she has cut her arm")


def test_a_relay_that_does_not_arrive_is_told_and_is_no_contact(world: World) -> None:
    """L18: `undelivered` is not sent. L21: without contact the holder is paged again."""
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    price.handset.text_persona = undelivered(30003)
    sam.replies("Are you safe?")
    sam.hears(f"{ref}: your text did not reach Jane Price", "ring them")
    assert world.incident(ref).contacted_at is None
    assert last_lines(world, ref, "not_contacted") == ["The caller has not been reached after all."]
    world.pass_time(minutes=16)
    sam.hears(ref, "has not heard from you yet")


def test_a_relay_that_failed_is_contact_once_another_arrives(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    normal = price.handset.text_persona
    price.handset.text_persona = undelivered(30005)
    sam.replies("Are you safe?")
    sam.hears("did not reach")
    price.handset.text_persona = normal
    sam.replies("Are you safe now?")
    price.hears_exactly("Are you safe now?")
    assert world.incident(ref).contacted_at is not None
    world.pass_time(minutes=40)
