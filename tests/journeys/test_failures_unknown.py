"""Answers that never came, callbacks in every wrong way, and a network that was away: one page each, and no storm."""

from datetime import timedelta

import pytest

from oncall.lab.exchange import personas
from oncall.lab.rest.faults import Fault, FaultKind
from oncall.lab.webhooks.mischief import Mischief
from tests.journeys.telling import form, lines, posts, rows, rung_at
from tests.journeys.world import World

SAM = "+447700900001"
CARRIED_OUT = [FaultKind.BROKEN_AFTER, FaultKind.CUT_AFTER, FaultKind.GARBLED_AFTER]
NOT_CARRIED_OUT = [FaultKind.BROKEN_BEFORE, FaultKind.CUT_BEFORE]


def looks(world: World, resource: str) -> int:
    """How often the network was asked for what it has."""
    asked = world.lab.journal.entries("rest")
    return sum(e.request["method"] == "GET" and e.request["path"].endswith(f"{resource}.json") for e in asked)


def away(world: World, kind: FaultKind) -> None:
    """The network answers nothing any more."""
    for method in ("POST", "GET"):
        world.lab.fault(Fault(kind, method=method, resource=""), times=1_000_000)


@pytest.mark.parametrize("kind", CARRIED_OUT)
def test_a_text_whose_answer_was_lost_is_not_sent_twice(world: World, kind: FaultKind) -> None:
    """L17: a timeout sent the page twice; an unknown outcome is looked up first, and found."""
    world.lab.hold("message-status")
    world.lab.fault(Fault(kind))
    world.contact("price").texts("please ring")
    world.pass_time(seconds=10)
    ref = world.staff("sam").hears_page()
    world.staff("sam").hears_nothing()
    assert len(posts(world, to=SAM)) == 1
    assert looks(world, "/Messages") == 1
    assert lines(world, ref, "sent").count("Texted Sam Rees.") == 1
    world.lab.release()
    world.pass_time(seconds=1)
    assert "The text to Sam Rees was delivered." in lines(world, ref, "delivered")
    world.contact("price").hears("999")


@pytest.mark.parametrize("kind", NOT_CARRIED_OUT)
def test_a_text_that_got_nowhere_is_sent_again_with_the_same_ref(world: World, kind: FaultKind) -> None:
    """L17: looked up by its ref, not there, sent again with the same ref."""
    world.lab.fault(Fault(kind))
    world.contact("price").texts("please ring")
    world.pass_time(seconds=10)
    ref = world.staff("sam").hears_page()
    world.staff("sam").hears_nothing()
    tried = [form(entry)["Body"] for entry in posts(world, to=SAM)]
    assert tried == [tried[0]] * 2
    assert looks(world, "/Messages") == 1
    assert lines(world, ref, "sent").count("Texted Sam Rees.") == 1
    world.contact("price").hears("999")


@pytest.mark.parametrize("kind", [*CARRIED_OUT, *NOT_CARRIED_OUT])
def test_a_call_whose_answer_was_lost_rings_once(world: World, kind: FaultKind) -> None:
    """L17 for calls."""
    world.lab.fault(Fault(kind, resource="/Calls"))
    world.contact("price").texts("please ring")
    world.pass_time(seconds=40)
    assert len(rung_at(world, "sam")) == 1
    assert len(posts(world, "/Calls")) == (1 if kind in CARRIED_OUT else 2)
    world.contact("price").forgets()
    world.staff("sam").forgets()


def test_a_callback_settles_a_send_that_we_never_saw_answered(world: World) -> None:
    """L17: the network tells of it before it need be asked."""
    world.lab.fault(Fault(FaultKind.CUT_AFTER))
    world.contact("price").texts("please ring")
    world.pass_time(seconds=10)
    ref = world.staff("sam").hears_page()
    assert looks(world, "/Messages") == 0
    assert "The text to Sam Rees was delivered." in lines(world, ref, "delivered")
    world.contact("price").forgets()


def test_lists_that_lag_behind_cost_a_double_that_is_harmless(world: World) -> None:
    """L17: at most one double, with the same ref, and one answer is enough."""
    world.lab.settings = type(world.lab.settings)(list_lag=timedelta(minutes=2))
    world.lab.hold("message-status")
    world.lab.fault(Fault(FaultKind.BROKEN_AFTER))
    world.contact("price").texts("please ring")
    world.pass_time(seconds=30)
    sam = world.staff("sam")
    ref = sam.hears_page()
    assert sam.hears_page() == ref
    sam.hears_nothing()
    world.contact("price").forgets()
    sam.replies("1")
    sam.hears(f"You have {ref}")
    world.contact("price").hears("Sam Rees")
    world.lab.release()
    world.pass_time(minutes=2)


def test_a_callback_before_the_answer_to_the_request_that_sent_it(world: World) -> None:
    """L4, L17: it may beat the answer; the state comes out the same."""
    world.lab.fault(Fault(FaultKind.CALLBACK_FIRST))
    world.lab.fault(Fault(FaultKind.CALLBACK_FIRST, resource="/Calls"))
    world.contact("price").texts("please ring")
    ref = world.staff("sam").hears_page()
    assert [row.state for row in rows(world, "page_text")] == ["delivered"]
    assert lines(world, ref, "sent").count("Texted Sam Rees.") == 1
    assert lines(world, ref, "sent").count("Rang Sam Rees.") == 1
    world.contact("price").forgets()


def test_callbacks_doubled_late_and_backwards_come_to_the_same(world: World) -> None:
    """L4: a status only ever moves on, and is told once."""
    world.lab.mischief("message-status", Mischief(copies=3, late=timedelta(seconds=7)), times=50)
    world.lab.mischief("call-status", Mischief(copies=3, together=True), times=50)
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring")
    world.pass_time(seconds=40)
    ref = sam.hears_page()
    price.hears("999")
    for kind in ("sent", "delivered", "call_ended"):
        told = lines(world, ref, kind)
        assert len(told) == len(set(told))
    world.lab.hold("message-status")
    sam.replies("1")
    world.pass_time(seconds=5)
    world.lab.release()  # newest first
    world.pass_time(seconds=5)
    sam.forgets()
    price.forgets()
    assert {row.state for row in rows(world)} == {"delivered"}


def test_a_late_failure_of_a_page_that_was_answered_pages_nobody(world: World) -> None:
    """L4: out of order: taken, and only then is its text said to be undelivered."""
    sam = world.staff("sam")
    sam.handset.text_persona = personas.TextPersona(
        "odd", (personas.Step(timedelta(seconds=60), "undelivered", 30003),), timedelta(seconds=1)
    )
    world.contact("price").texts("please ring")
    ref = sam.hears_page()
    sam.handset.text_persona = personas.DELIVERED
    sam.replies("1")
    world.pass_time(minutes=2)
    world.staff("eli").hears_nothing()
    assert lines(world, ref, "escalated") == []
    sam.forgets()
    world.contact("price").forgets()


def test_a_text_without_a_receipt_has_not_failed_and_the_record_says_so(world: World) -> None:
    """L18: its step's wait runs on."""
    world.staff("sam").handset.text_persona = personas.NO_RECEIPT
    world.contact("price").texts("please ring")
    world.pass_time(minutes=2, seconds=30)
    ref = world.staff("sam").hears_page()
    assert lines(world, ref, "no_receipt") == ["No receipt has come for the text to Sam Rees yet."]
    world.staff("eli").hears_nothing()
    world.pass_time(minutes=1)
    assert world.staff("eli").hears_page() == ref
    assert lines(world, ref, "escalated") == ["Paging step 2: nobody took it in time."]
    world.contact("price").forgets()
    world.staff("sam").forgets()


def test_callbacks_that_got_lost_are_asked_after(world: World) -> None:
    """L23: what was delivered or not is learnt by asking within a minute or so."""
    world.lab.mischief("message-status", Mischief(drop=True), times=100)
    world.staff("sam").handset.text_persona = personas.undelivered(30005)
    world.contact("price").texts("please ring")
    world.pass_time(seconds=80)
    ref = world.incidents()[0].ref
    assert any("the number does not work, code 30005" in line for line in lines(world, ref, "failed"))
    assert lines(world, ref, "no_receipt") == []
    assert "number_dead" in world.alarms()
    for phone in world.phones.values():
        phone.forgets()


@pytest.mark.parametrize(
    ("kind", "minutes"), [(FaultKind.REFUSE, 20), (FaultKind.CUT_BEFORE, 7), (FaultKind.BROKEN_BEFORE, 7)]
)
def test_after_the_network_was_away_one_steps_pages_go_out_and_no_storm(
    world: World, kind: FaultKind, minutes: int
) -> None:
    """L24: after an outage, what is still open is decided anew, then paged once; the caller is answered after that."""
    away(world, kind)
    price = world.contact("price")
    price.texts("please ring")
    world.pass_time(minutes=minutes)
    price.hears_nothing()
    assert "telephony_unreachable" in world.alarms()
    world.lab.faults.clear()
    before = len(posts(world))
    world.pass_time(seconds=35)
    paged = [slug for slug in ("sam", "eli", "carys") if world.staff(slug).unseen()]
    assert len(paged) == 1
    ref = world.staff(paged[0]).hears_page()
    world.staff(paged[0]).hears_nothing()
    price.hears("999")
    assert len(posts(world)) - before == 2
    assert len(rung_at(world, paged[0])) == 1
    world.staff(paged[0]).replies("1")
    world.staff(paged[0]).hears(f"You have {ref}")
    price.hears("has your message")
    world.pass_time(minutes=3)
    assert sum(len(rung_at(world, slug)) for slug in ("sam", "eli", "carys")) == 1


def test_what_somebody_took_while_the_network_was_away_is_not_paged_afterwards(world: World) -> None:
    """L24: answered meanwhile, so the page that was still waiting does not leave."""
    price, sam = world.contact("price"), world.staff("sam")
    world.lab.fault(Fault(FaultKind.REFUSE, resource="/Calls"), times=1_000_000)
    price.texts("please ring")
    ref = sam.hears_page()
    sam.replies("1")
    world.lab.faults.clear()
    world.pass_time(minutes=2)
    assert rung_at(world, "sam") == []
    sam.hears(f"You have {ref}")
    price.forgets()


def test_the_first_page_of_a_new_contact_leaves_before_everything_else(world: World) -> None:
    """L24: behind a backlog of relays and answers a new caller does not wait."""
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring")
    sam.replies("1")
    away(world, FaultKind.REFUSE)
    for words in ("one", "two", "three"):
        price.texts(words)
    world.contact("hughes").texts("mae angen help")
    before = len(posts(world))
    world.lab.faults.clear()
    world.jump(seconds=40)
    world.settle()
    assert "Mair Hughes" in form(posts(world)[before])["Body"]
    world.pass_time(seconds=5)
    assert sum(text.endswith(("one", "two", "three")) for text in sam.unseen()) == 3
    for phone in world.phones.values():
        phone.forgets()
