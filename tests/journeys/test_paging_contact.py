"""After it is taken: contact within its time, the promise, being paged again, and escalation going on without it."""

from datetime import timedelta

from sqlalchemy import select

from oncall.incidents.models import Incident
from oncall.paging.actions import contacted
from oncall.people.models import Practitioner, Team
from tests.journeys.telling import lines, picks_up, presses, rung_at
from tests.journeys.world import World


def taken(world: World, answer: str = "1") -> str:
    """A carer has texted and Sam has it."""
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring")
    ref = sam.hears_page()
    sam.replies(answer)
    sam.forgets()
    price.forgets()
    return ref


def test_taking_is_not_contact_so_the_holder_is_paged_again_by_text_and_call(world: World) -> None:
    """L21: acknowledged, then forgotten; after `contact_within` the holder hears again."""
    ref, sam = taken(world), world.staff("sam")
    world.pass_time(minutes=14, seconds=45)
    sam.hears_nothing()
    world.pass_time(seconds=20)
    sam.hears(f"{ref} urgent", "Jane Price has not heard from you yet")
    assert sam.rings
    picks_up(sam)
    assert "has not heard from you yet" in sam.heard()
    sam.hangs_up()
    sam.replies("On my way to you")
    world.contact("price").hears_exactly("On my way to you")
    world.pass_time(minutes=60)
    assert world.incident(ref).contacted_at is not None


def test_without_contact_escalation_resumes_at_the_step_after_the_one_that_reached_the_holder(world: World) -> None:
    """L21: it stays acknowledged, and whoever takes it then becomes its holder."""
    ref = taken(world)
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    world.pass_time(minutes=15)
    sam.forgets()
    world.pass_time(minutes=3)
    assert eli.hears_page() == ref
    assert world.incident(ref).status == "acknowledged"
    assert lines(world, ref, "escalated")[-1] == "Paging step 2: the caller was not contacted in time."
    eli.replies("1")
    eli.hears(f"You have {ref}")
    price.hears("Eli Morgan has your message")
    price.texts("thank you")
    eli.hears_exactly(f"{ref}: thank you")
    sam.hears_nothing()


def test_the_second_to_hold_it_resumes_after_their_own_step(world: World) -> None:
    ref = taken(world)
    sam, eli, carys = map(world.staff, ("sam", "eli", "carys"))
    world.pass_time(minutes=18)
    eli.hears_page()
    eli.replies("1")
    world.pass_time(minutes=18)
    assert carys.hears_page() == ref
    for phone in (sam, eli, world.contact("price")):
        phone.forgets()


def test_it_goes_on_and_on_without_contact(world: World) -> None:
    """L22: holding something does not end it either."""
    ref = taken(world)
    world.pass_time(minutes=18 + 8 + 11)
    sam, eli, carys = map(world.staff, ("sam", "eli", "carys"))
    assert len(carys.unseen()) == 2
    assert len(eli.unseen()) == 2
    assert sam.unseen()[-1].startswith(f"{ref} urgent")
    for phone in (sam, eli, carys):
        phone.forgets()


def test_a_promise_takes_the_place_of_the_time_for_contact(world: World) -> None:
    """L21: `1 40` moves the question to forty minutes from then."""
    ref, sam = taken(world, "1 40"), world.staff("sam")
    world.pass_time(minutes=39, seconds=50)
    sam.hears_nothing()
    world.pass_time(seconds=15)
    sam.hears(f"{ref} urgent", "has not heard from you yet")
    sam.replies("1 20")
    sam.hears("promised contact within 20 min")
    world.contact("price").hears("Sam Rees", "within 20 minutes")
    world.pass_time(minutes=19, seconds=40)
    sam.hears_nothing()
    world.pass_time(seconds=30)
    sam.hears("has not heard from you yet")


def test_the_practitioners_word_closes_the_circle(world: World) -> None:
    ref = taken(world)
    incident = world.incident(ref)
    with world.house.database.transaction() as session:
        team, sam = session.scalars(select(Team)).one(), session.get_one(Practitioner, incident.holder_id)
        here = session.get_one(Incident, incident.id)
        contacted(session, team, here, by=sam, how="rang from my own phone", at=world.clock.now())
    world.pass_time(minutes=120)
    assert "Sam Rees was in contact: rang from my own phone." in lines(world, ref, "contacted")


def test_a_holder_who_passes_it_on_stays_the_holder_until_another_takes_it(world: World) -> None:
    ref = taken(world)
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    sam.replies("2")
    sam.hears(f"{ref} is passed on")
    assert eli.hears_page() == ref
    price.texts("are you there?")
    sam.hears_exactly(f"{ref}: are you there?")
    picks_up(eli)
    presses(eli, "1")
    world.pass_time(seconds=5)
    eli.hears(f"You have {ref}")
    price.hears("Eli Morgan")
    assert world.incident(ref).acknowledged_at is not None


def test_a_page_again_answered_by_key_is_a_promise_anew(world: World) -> None:
    ref, sam = taken(world), world.staff("sam")
    world.pass_time(minutes=15)
    sam.hears("has not heard from you yet")
    picks_up(sam)
    presses(sam, "1")
    world.pass_time(seconds=5)
    sam.forgets()
    began = len(rung_at(world, "sam"))
    world.pass_time(minutes=14)
    assert len(rung_at(world, "sam")) == began
    world.pass_time(minutes=2)
    sam.hears("has not heard from you yet")
    assert world.incident(ref).acknowledged_at is not None
    assert world.clock.now() - world.incident(ref).opened_at > timedelta(minutes=30)
