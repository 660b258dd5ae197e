"""A carer texts; the practitioner on duty has it within seconds, takes it, answers; nothing is lost."""

from tests.journeys.conftest import TEAM
from tests.journeys.telling import reload
from tests.journeys.world import World


def test_a_carer_texts_and_the_practitioner_on_duty_takes_it_and_answers(either_world: World) -> None:
    world = either_world
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("hes locked himself in the bathroom and wont talk  ")

    ref = sam.hears_page()
    price.hears("If anyone is in danger now, ring 999.")
    assert world.received(ref) == ["hes locked himself in the bathroom and wont talk  "]

    sam.replies("1 20")
    price.hears("Sam Rees has your message", "within 20 minutes")
    sam.hears(f"You have {ref}, Jane Price", "within 20 min")

    sam.replies("I'm here. Is he hurt?")
    price.hears_exactly("I'm here. Is he hurt?")
    assert world.incident(ref).contacted_at is not None

    price.texts("no just crying")
    sam.hears_exactly(f"{ref}: no just crying")
    world.pass_time(minutes=60)


def test_a_page_names_no_young_person_and_nothing_that_was_written(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("Kestrel has cut her arm")
    page = sam.hears("MIST Torfaen", "urgent", "Jane Price", "http")
    price.hears("999")
    assert "Kestrel" not in page
    assert "arm" not in page


def test_a_young_person_who_texts_is_a_caller_like_any_other_and_is_not_named(world: World) -> None:
    listed = "  - {slug: hughes,"
    kestrel = '  - {slug: kestrel, name: Kestrel, kind: young_person, phones: ["+447700900109"], language: en}\n'
    reload(world, TEAM.replace(listed, kestrel + listed))
    young, sam = world.phone("+447700900109", "Kestrel"), world.staff("sam")
    young.texts("can i talk to someone")
    page = sam.hears("a young person has texted", "Reply 1")
    young.hears("If anyone is in danger now, ring 999.")
    sam.replies("1")
    taken = sam.hears("You have", "a young person")
    young.hears("Sam Rees has your message")
    assert "Kestrel" not in page + taken
    assert world.incidents()[0].contact_id is not None
