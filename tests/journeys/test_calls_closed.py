"""An incident is closed while its caller is still on the line: whatever they need then is a new one's, and is seen."""

from oncall.incidents.models import Incident
from oncall.incidents.queries import get
from oncall.lab.exchange.personas import NEVER_ANSWERS
from tests.journeys.scenes import all_forget, closed, last_lines, paged_and_talking, taken
from tests.journeys.world import Phone, World

STAFF = ("sam", "eli", "carys")


def _talking_and_closed(world: World) -> tuple[Phone, Phone, str]:
    price, sam, ref = paged_and_talking(world)
    closed(world, ref)
    assert price.is_with(sam)
    return price, sam, ref


def _follower(world: World, ref: str) -> Incident:
    old, new = world.incidents()
    assert old.ref == ref
    assert old.status == "closed"
    assert new.follows_id == old.id
    assert last_lines(world, new.ref, "follows") == [f"Follows {ref}."]
    return new


def test_closing_ends_nothing_for_two_who_talk_and_then_hang_up(world: World) -> None:
    price, sam, _ = _talking_and_closed(world)
    price.hangs_up()
    world.pass_time(seconds=3)
    sam.hangs_up()
    world.pass_time(minutes=20)
    assert len(world.incidents()) == 1


def test_who_goes_back_to_a_caller_after_closing_has_a_new_incident(world: World) -> None:
    price, sam, ref = _talking_and_closed(world)
    sam.hangs_up()
    world.pass_time(seconds=4)
    sam.answers()
    world.pass_time(seconds=6)
    assert "they are still on the line" in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=6)
    assert price.is_with(sam)
    new = _follower(world, ref)
    assert new.status == "acknowledged"
    assert new.contacted_at is not None


def test_a_caller_whom_nobody_comes_back_to_after_closing_is_paged_for(world: World) -> None:
    price, sam, ref = _talking_and_closed(world)
    for slug in STAFF:
        world.staff(slug).handset.call_persona = NEVER_ANSWERS
    sam.hangs_up()
    world.pass_time(seconds=110)
    assert "someone will ring you back" in price.heard()
    price.hangs_up()
    world.pass_time(seconds=5)
    new = _follower(world, ref)
    assert new.status == "open"
    assert sam.hears_page() == new.ref
    all_forget(world)


def test_what_follows_is_kept_from_whomever_the_closed_one_was_kept_from(world: World) -> None:
    price, sam, ref = _talking_and_closed(world)
    kept = {"named": [str(world.incident(ref).holder_id)], "widened": False}
    with world.house.database.transaction() as session:
        get(session, world.incident(ref).id).restricted = kept
    for slug in STAFF:
        world.staff(slug).handset.call_persona = NEVER_ANSWERS
    all_forget(world)
    sam.hangs_up()
    world.pass_time(seconds=110)
    price.hangs_up()
    world.pass_time(minutes=5)
    new = _follower(world, ref)
    assert new.restricted == kept
    assert not [said for said in sam.unseen() if new.ref in said]
    assert any(said.startswith(new.ref) for said in world.staff("carys").unseen())
    all_forget(world)


def test_another_who_answers_for_a_caller_left_alone_after_closing_has_them(world: World) -> None:
    price, sam, ref = _talking_and_closed(world)
    eli = world.staff("eli")
    sam.handset.call_persona = NEVER_ANSWERS
    sam.hangs_up()
    world.pass_time(seconds=45)
    eli.picks_up_and_presses("1")
    world.pass_time(seconds=6)
    assert price.is_with(eli)
    assert _follower(world, ref).status == "acknowledged"
    all_forget(world)


def test_a_message_left_after_closing_is_seen(world: World) -> None:
    price, sam, ref = _talking_and_closed(world)
    sam.hangs_up()
    world.pass_time(seconds=4)
    sam.picks_up_and_presses("2")
    world.pass_time(seconds=12)
    assert len(world.incidents()) == 1
    assert "Sam Rees says that all is said" in price.heard()
    price.handset.says("One thing more")
    price.hangs_up()
    world.pass_time(seconds=5)
    new = _follower(world, ref)
    assert last_lines(world, new.ref, "message") == ["The caller left a message."]
    assert sam.hears_page() == new.ref
    all_forget(world)


def test_closing_what_a_waiting_caller_rang_about_leaves_them_waiting_for_somebody(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    price.rings_the_line()
    closed(world, ref)
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=6)
    assert price.is_with(sam)
    assert _follower(world, ref).status == "acknowledged"
    all_forget(world)
