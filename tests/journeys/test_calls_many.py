"""Several at once: three callers and three staff, two who press 1 in the same instant, three who talk together."""

from oncall.lab.exchange.personas import NEVER_ANSWERS
from tests.journeys.conftest import TEAM
from tests.journeys.scenes import SECOND_LINE, all_forget, talking, with_second_team
from tests.journeys.telling import reload, rung_at
from tests.journeys.world import World

BOTH_AT_ONCE = TEAM.replace("ring: [[duty], [duty, backup], [manager]]", "ring: [[duty, backup], [manager]]")
KINDS = ("sam", "eli", "carys")


def test_three_callers_at_once_with_three_staff_each_get_one(either_world: World) -> None:
    """L12: who is on a call, or being rung for another, is passed over; nobody is rung twice."""
    world = either_world
    callers = [world.contact("price"), world.contact("hughes"), world.phone("+447700900199")]
    staff = [world.staff(slug) for slug in KINDS]
    for caller in callers:
        caller.rings_the_line()
    world.pass_time(seconds=2)
    for person in staff:
        assert person.rings
        person.picks_up_and_presses("1")
    world.pass_time(seconds=15)
    for caller, person in zip(callers, staff, strict=True):
        assert caller.is_with(person)
    assert [len(rung_at(world, slug)) for slug in KINDS] == [1, 1, 1]
    all_forget(world)


def test_two_who_press_1_in_the_same_instant_one_has_the_caller_the_other_hears_who(either_world: World) -> None:
    """L3: taking is one guarded update."""
    world = either_world
    reload(world, BOTH_AT_ONCE)
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.rings_the_line()
    world.pass_time(seconds=2)
    sam.answers()
    eli.answers()
    world.pass_time(seconds=4)
    sam.handset.press("1")
    eli.handset.press("1")
    world.settle()
    world.pass_time(seconds=12)
    first, second = (sam, eli) if price.is_with(sam) else (eli, sam)
    assert price.is_with(first)
    assert f"{first.name} has the call" in second.heard()
    world.pass_time(seconds=5)
    assert second.is_silent()
    all_forget(world)


def test_who_has_answered_and_not_pressed_hears_who_has_it_and_is_let_go(world: World) -> None:
    reload(world, BOTH_AT_ONCE)
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.rings_the_line()
    world.pass_time(seconds=2)
    eli.answers()
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    assert "Sam Rees has the call. Nothing more is needed of you." in eli.heard()
    assert eli.is_silent()
    all_forget(world)


def test_the_practitioner_brings_in_the_backup_three_talk_and_two_go_on(world: World) -> None:
    price, sam = talking(world)
    eli = world.staff("eli")
    sam.presses("*")
    world.pass_time(seconds=3)
    assert "Sam Rees will be back with you at once." in price.heard()
    assert "Press 1 to bring in the backup" in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=5)
    assert eli.rings
    assert price.is_with(sam)
    eli.picks_up_and_presses("1")
    assert price.is_with(sam, eli)
    sam.presses("*")
    world.pass_time(seconds=2)
    sam.presses("3")
    world.pass_time(seconds=10)
    assert price.is_with(eli)
    assert sam.is_silent()
    price.hangs_up()
    all_forget(world)


def test_a_lead_can_be_brought_in_and_no_key_at_all_goes_back_to_the_caller(world: World) -> None:
    price, sam = talking(world)
    carys = world.staff("carys")
    carys.handset.call_persona = NEVER_ANSWERS
    sam.presses("*")
    world.pass_time(seconds=2)
    sam.presses("2")
    world.pass_time(seconds=5)
    assert carys.rings
    world.pass_time(seconds=40)
    sam.presses("*")
    world.pass_time(seconds=25)
    assert price.is_with(sam)
    all_forget(world)


def test_who_is_on_a_call_of_one_team_is_not_rung_for_another(world: World) -> None:
    """L12: one mobile in two teams is one person."""
    with_second_team(world)
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    ann = world.phone("+447700900901", "Ann Lewis")
    price.rings_the_line()
    ann.handset.dials(SECOND_LINE)
    world.pass_time(seconds=4)
    assert "Sam Rees" in price.heard()
    assert "Eli Morgan" in ann.heard()
    sam.picks_up_and_presses("1")
    eli.picks_up_and_presses("1")
    assert price.is_with(sam)
    assert ann.is_with(eli)
    assert len(sam.handset.calls) == len(eli.handset.calls) == 1
    all_forget(world)
