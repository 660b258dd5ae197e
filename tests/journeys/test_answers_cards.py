"""`CARD` sends a practitioner the guidance card that fits, to their own phone, with nothing of anybody in it."""

from sqlalchemy import select

from oncall.incidents.actions import FlagChange, change_flag
from oncall.incidents.queries import get
from oncall.people.models import Practitioner
from tests.journeys.scenes import change, last_lines, paged, taken
from tests.journeys.world import World


def flagged(world: World, ref: str, flag: str) -> None:
    with world.house.database.transaction() as session:
        incident = get(session, world.incident(ref).id)
        change_flag(session, incident, FlagChange(flag=flag, state="suggested"), by="service", at=world.clock.now())


def test_the_holder_is_sent_the_card_that_fits_and_the_caller_hears_nothing(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price, "shes gone out the window")
    flagged(world, ref, "missing")
    sam.replies("card")
    card = sam.hears("Missing or away\nFear for their safety", "999", "Awaiting clinical sign-off.")
    for word in ("Kestrel", "Jane", "Price", "Loud voices", "quiet voice", "window"):
        assert word not in card
    price.hears_nothing()
    assert last_lines(world, ref, "guidance") == ["Sam Rees was sent the guidance card Missing or away, version 1."]


def test_in_welsh_to_whoever_speaks_it_and_it_is_no_contact_with_the_caller(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    change(world, "sam", languages=["cy", "en"])
    sam.replies(f"cerdyn {ref}")
    sam.hears("Unrhyw awr anodd", "Yn aros am lofnod clinigol.")
    price.hears_nothing()
    assert world.incident(ref).contacted_at is None


def test_whoever_is_paged_may_ask_before_taking_and_nobody_else(world: World) -> None:
    price, sam, nia = world.contact("price"), world.staff("sam"), world.staff("nia")
    ref = paged(world, price)
    sam.replies(f"{ref} card")
    sam.hears("Any hard moment")
    assert world.incident(ref).status == "open"
    nia.replies(f"card {ref}")
    nia.hears(f"Dyw {ref} ddim yn aros")
    nia.replies("card")
    nia.hears("Does dim ar agor i chi")
    assert len(last_lines(world, ref, "guidance")) == 1


def test_holding_two_the_practitioner_is_asked_which(world: World) -> None:
    sam = world.staff("sam")
    first = taken(world, world.contact("price"))
    second = taken(world, world.contact("hughes"))
    sam.replies("card")
    sam.hears("Which one?", first, second, f"CARD {first}")
    assert last_lines(world, first, "guidance") == []
    flagged(world, second, "carer_stress")
    sam.replies(f"card {second}")
    sam.hears("Carer at their limit")


def test_whom_an_allegation_names_is_sent_no_card_of_it(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = paged(world, price)
    flagged(world, ref, "allegation_staff")
    with world.house.database.transaction() as session:
        named = session.scalars(select(Practitioner).where(Practitioner.slug == "sam")).one()
        get(session, world.incident(ref).id).restricted = {"named": [str(named.id)], "widened": False}
    sam.replies(f"card {ref}")
    sam.hears(f"There is no {ref} here.")
    sam.replies("card")
    sam.hears("Nothing is open for you")
    assert last_lines(world, ref, "guidance") == []


def test_whom_it_names_while_they_hold_it_is_sent_no_card_either(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    with world.house.database.transaction() as session:
        named = session.scalars(select(Practitioner).where(Practitioner.slug == "sam")).one()
        get(session, world.incident(ref).id).restricted = {"named": [str(named.id)], "widened": False}
    sam.replies("card")
    sam.hears("Nothing is open for you")
    assert last_lines(world, ref, "guidance") == []
