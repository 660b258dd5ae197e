"""One caller, one incident, until it is closed; nobody is blocked, and nothing crosses between teams."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from oncall.incidents import refs
from oncall.incidents.models import Incident, Ref
from oncall.lab.rest.faults import Fault, FaultKind
from tests.journeys.scenes import (
    SECOND_LINE,
    closed,
    last_lines,
    paged,
    passed_to_eli,
    taken,
    with_second_team,
)
from tests.journeys.world import LINE, World


def test_what_a_caller_writes_while_it_is_open_or_held_is_one_incident(world: World) -> None:
    """L44: one incident."""
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price, "one")
    price.texts("two")
    sam.replies("1")
    price.hears("Sam Rees")
    sam.hears("You have")
    price.texts("three")
    sam.hears_exactly(f"{ref}: three")
    assert world.received(ref) == ["one", "two", "three"]
    assert len(world.incidents()) == 1


def test_two_phones_of_one_contact_are_one_caller_answered_where_they_wrote_last(world: World) -> None:
    """L44: one incident."""
    price, other, sam = world.contact("price"), world.phone("+447700900111"), world.staff("sam")
    ref = taken(world, price, "my battery is low")
    other.texts("this is Jane on his phone")
    sam.hears_exactly(f"{ref}: this is Jane on his phone")
    sam.replies("Are you both safe?")
    other.hears_exactly("Are you both safe?")
    price.hears_nothing()
    assert last_lines(world, ref, "phone") == ["The caller writes from another phone now."]
    assert len(world.incidents()) == 1


def test_two_unknown_numbers_are_two_callers(world: World) -> None:
    sam = world.staff("sam")
    for number in ("+447700900555", "+447700900556"):
        world.phone(number).texts("hello")
        world.phone(number).hears("999")
        sam.hears_page()
    assert len(world.incidents()) == 2


@pytest.mark.parametrize("slug", ["price", "stranger"])
def test_after_closing_a_new_one_opens_and_names_the_old(world: World, slug: str) -> None:
    caller = world.contact("price") if slug == "price" else world.phone("+447700900555")
    old = taken(world, caller)
    closed(world, old)
    world.pass_time(minutes=90)
    new = paged(world, caller, "he is back")
    first, second = world.incidents()
    assert (first.ref, second.ref, second.follows_id) == (old, new, first.id)
    assert last_lines(world, new, "follows") == [f"Follows {old}."]


def test_further_texts_are_answered_again_only_after_a_while_without_a_word_from_us(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    paged(world, price)
    for _ in range(3):
        price.texts("hello??")
    price.hears_nothing()
    world.pass_time(minutes=5)
    eli.hears_page()
    price.texts("is anybody there")
    price.hears("999", "still reaching someone for you")
    price.texts("ok")
    price.hears_nothing()
    world.staff("carys").forgets()
    sam.forgets()


def test_no_carer_is_ever_blocked_however_much_they_write(world: World) -> None:
    """L15: a registered person in crisis was auto-blocked elsewhere."""
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price, "0")
    for number in range(1, 60):
        price.handset.texts(LINE, f"{number}")
    world.pass_time(seconds=60)
    assert world.received(ref) == [str(number) for number in range(60)]
    assert sorted(sam.unseen()) == sorted(f"{ref}: {number}" for number in range(1, 60))
    sam.forgets()


def test_the_caller_is_answered_only_once_a_page_has_left(world: World) -> None:
    """L26: told "received" with nobody there to see it."""
    price, sam = world.contact("price"), world.staff("sam")
    only_pages = Fault(FaultKind.REFUSE, resource="/", code=20429)
    world.lab.fault(only_pages, times=2)
    price.handset.texts(LINE, "please")
    world.settle()
    world.pass_time(seconds=0)
    assert price.handset.inbox == []
    world.pass_time(seconds=10)
    sam.hears_page()
    price.hears("999")
    posted = [entry.request["form"] for entry in world.lab.journal.entries("rest") if entry.response["status"] == 201]
    receivers = [dict(form)["To"] for form in posted]
    assert receivers.index(sam.handset.number) < receivers.index(price.handset.number)


def test_a_ref_rests_for_ninety_days_after_closing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """L20: reply codes were reused at once."""
    price = world.contact("price")
    ref = taken(world, price)
    closed(world, ref)
    monkeypatch.setattr(refs, "LETTERS", ref[0])
    with world.house.database.transaction() as session:
        named = session.scalars(select(Ref).where(Ref.ref == ref)).one()
        named.ref = session.scalars(select(Incident)).one().ref = ref[0] * 4
    world.jump(days=89)
    price.handset.texts(LINE, "again")
    world.settle()
    assert len(world.incidents()) == 1
    world.jump(days=2)
    price.texts("and again")
    price.hears("999")
    assert world.staff("sam").hears_page() == ref[0] * 4
    assert len(world.incidents()) == 2


def test_two_teams_side_by_side_never_cross(world: World) -> None:
    with_second_team(world)
    price, lewis, sam = world.contact("price"), world.phone("+447700900901", "Ann Lewis"), world.staff("sam")
    here = paged(world, price, "for Torfaen")
    lewis.texts("for Caerphilly", to=SECOND_LINE)
    lewis.hears("999")
    there = sam.hears("Ann Lewis", "MIST Caerphilly").split()[0]
    assert sam.handset.inbox[-1].sender == SECOND_LINE
    sam.replies(f"1 {there}")
    sam.hears(f"There is no {there} here", f"{here} (Jane Price, urgent)")
    sam.replies("1", to=SECOND_LINE)
    lewis.hears("Sam Rees")
    sam.hears(f"You have {there}, Ann Lewis")
    sam.replies("3")
    sam.hears_exactly("for Torfaen")
    sam.replies("Hello Ann", to=SECOND_LINE)
    lewis.hears_exactly("Hello Ann")
    assert lewis.handset.inbox[-1].sender == SECOND_LINE
    price.hears_nothing()
    assert world.incident(here).status == "open"


def test_a_contact_of_one_team_is_a_stranger_to_another(world: World) -> None:
    with_second_team(world)
    price, sam = world.contact("price"), world.staff("sam")
    first = taken(world, price)
    price.texts("wrong number?", to=SECOND_LINE)
    price.hears("999")
    second = sam.hears("unknown number has texted", "MIST Caerphilly").split()[0]
    assert first != second
    assert len({incident.team_id for incident in world.incidents()}) == 2


def test_a_stop_to_one_line_blocks_no_other(world: World) -> None:
    with_second_team(world)
    sam, lewis = world.staff("sam"), world.phone("+447700900901", "Ann Lewis")
    sam.replies("STOP")
    sam.hears("unsubscribed")
    for lead in ("carys", "huw"):
        assert "MIST" not in world.staff(lead).hears("Sam Rees has blocked texts")
    lewis.texts("please", to=SECOND_LINE)
    lewis.hears("999")
    sam.hears("Ann Lewis")


def test_a_text_to_a_line_of_nobodys_is_left_to_the_fallback(world: World) -> None:
    world.lab.add_number("+447700900999", {"SmsUrl": f"{world.url}/twilio/sms"})
    world.contact("price").texts("hello", to="+447700900999")
    assert [entry.response["status"] for entry in world.lab.journal.entries("sms")] == [503]
    assert world.incidents() == []


def test_what_happened_is_on_the_record_in_its_order(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    ref = passed_to_eli(world, price)
    eli.replies("1")
    for phone in (price, sam, eli):
        phone.forgets()
    kinds = [line.split(":")[0] for line in world.record_of(ref)]
    wanted = ["received", "sent", "passed_on", "escalated", "acknowledged"]
    assert [kind for kind in dict.fromkeys(kinds) if kind in wanted] == wanted
    incident = world.incident(ref)
    assert incident.acknowledged_at is not None
    assert incident.acknowledged_at - incident.opened_at < timedelta(minutes=1)
