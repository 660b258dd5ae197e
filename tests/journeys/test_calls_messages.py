"""A promise or a message: what is left when nobody could come to the phone, and what becomes of it."""

from sqlalchemy import select, update

from oncall.incidents.models import Media
from oncall.lab.exchange.personas import NEVER_ANSWERS, CallPersona
from oncall.people.models import Practitioner
from tests.journeys.scenes import all_forget
from tests.journeys.telling import rows
from tests.journeys.world import Phone, World

WITHHELD = "anonymous"


def _nobody_answers(world: World) -> None:
    for slug in ("sam", "eli", "carys", "huw"):
        world.staff(slug).handset.call_persona = NEVER_ANSWERS


def _media(world: World) -> Media:
    with world.house.database.reading() as session:
        return session.scalars(select(Media)).one()


def _leaves(phone: Phone, words: str) -> None:
    phone.handset.says(words)
    phone.world.pass_time(seconds=6)
    phone.hangs_up()


def test_nobody_in_time_a_message_is_fetched_sealed_and_only_then_deleted(either_world: World) -> None:
    """L5, L42, L43: kept with us before it goes at the network; nobody is sent where it lies."""
    world = either_world
    _nobody_answers(world)
    price = world.contact("price")
    price.rings_the_line()
    world.pass_time(seconds=105)
    assert "someone will ring you back. You can leave a message after the tone" in price.heard()
    _leaves(price, "He has gone out of the window")
    world.pass_time(minutes=2)
    media = _media(world)
    assert (media.state, media.content_type) == ("stored", "audio/x-wav")
    assert world.house.media.read(media.id)[:4] == b"RIFF"
    assert world.lab.recordings == []
    [deleted] = rows(world, "delete_recording")
    [fetched] = rows(world, "recording")
    assert fetched.settled_at is not None
    assert deleted.created_at >= fetched.settled_at
    for phone in world.phones.values():
        assert not any("ecording" in text or "RE" in text.split("/")[-1] for text in phone.unseen())
    all_forget(world)


def test_star_leaves_a_message_instead_of_waiting_and_paging_begins(world: World) -> None:
    _nobody_answers(world)
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    world.pass_time(seconds=12)
    ref = sam.hears_page()
    price.presses("*")
    world.pass_time(seconds=10)
    assert "Please leave a message after the tone" in price.heard()
    assert sam.hears_page() == ref
    _leaves(price, "please ring me")
    world.pass_time(seconds=30)
    assert "message: The caller left a message." in world.record_of(ref)
    all_forget(world)


def test_a_withheld_number_is_heard_promised_nothing_that_cannot_be_kept_and_never_texted(world: World) -> None:
    """L14."""
    _nobody_answers(world)
    caller = world.phone(WITHHELD, "somebody")
    caller.rings_the_line()
    world.pass_time(seconds=115)
    assert "we cannot see your number to ring you back" in caller.heard()
    caller.hangs_up()
    world.pass_time(minutes=5)
    assert all(row.to != WITHHELD for row in _opened(world))
    all_forget(world)


def _opened(world: World) -> list["Sent"]:
    with world.house.database.reading() as session:
        found = []
        for row in rows(world):
            session.add(row)
            found.append(Sent(row.to))
        return found


class Sent:
    """Where something went."""

    def __init__(self, to: str) -> None:
        self.to = to


def test_two_withheld_callers_are_never_joined(world: World) -> None:
    _nobody_answers(world)
    caller = world.phone(WITHHELD, "somebody")
    caller.rings_the_line()
    world.pass_time(seconds=5)
    caller.hangs_up()
    caller.rings_the_line()
    world.pass_time(seconds=5)
    caller.hangs_up()
    assert len(world.incidents()) == 2
    world.pass_time(seconds=5)
    all_forget(world)


def test_call_and_text_of_one_night_are_one_incident_and_the_holder_is_rung_first(world: World) -> None:
    """L44."""
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.texts("please ring")
    price.hears("999")
    ref = sam.hears_page()
    world.pass_time(minutes=3, seconds=5)
    eli.hears_page()
    eli.replies("1")
    eli.hears(f"You have {ref}")
    price.hears("Eli Morgan")
    price.rings_the_line()
    world.pass_time(seconds=3)
    assert len(world.incidents()) == 1
    assert eli.rings
    assert sam.is_silent()
    eli.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(eli)
    assert world.incident(ref).contacted_at is not None
    all_forget(world)


def test_a_waiting_caller_taken_by_text_is_joined_to_whoever_took_it(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    sam.handset.next_calls(CallPersona("busy", ends_as="busy", sip_code=486))
    price.rings_the_line()
    world.pass_time(seconds=2)
    ref = sam.hears_page()
    sam.replies("1")
    sam.hears(f"You have {ref}")
    world.pass_time(seconds=2)
    assert sam.rings
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    assert price.unseen() == []


def test_a_caller_whom_nobody_on_the_rota_can_answer_is_stored_and_the_leads_are_rung(world: World) -> None:
    """L6."""
    gone = update(Practitioner).where(Practitioner.slug.in_(["sam", "eli", "carys"]))
    with world.house.database.transaction() as session:
        session.execute(gone.values(number_dead_at=world.clock.now()))
    price, huw = world.contact("price"), world.staff("huw")
    price.rings_the_line()
    world.pass_time(seconds=2)
    assert huw.rings
    huw.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(huw)
    all_forget(world)


def test_who_asks_by_text_what_the_caller_said_hears_that_it_is_a_spoken_message(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    world.pass_time(seconds=10)
    price.presses("*")
    world.pass_time(seconds=10)
    price.handset.says("Please ring me")
    price.hangs_up()
    world.pass_time(seconds=5)
    sam.forgets()
    ref = world.incidents()[0].ref
    sam.replies("3")
    assert "picture" not in sam.hears(f"{ref}: they left 1 spoken message(s). To hear: take it and ring this number")
