"""Calling back: a practitioner rings the line, or is rung, and talks to the caller; neither sees the other's number."""

import httpx
import pytest

from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.lab.exchange.personas import NEVER_ANSWERS
from oncall.people.queries import team_by_slug
from tests.journeys.world import LINE, Phone, World


def _taken_by_text(world: World) -> tuple[Phone, Phone, str]:
    """Jane Price texted, and Sam Rees has it."""
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring me")
    price.hears("999")
    ref = sam.hears_page()
    sam.replies("1")
    sam.hears(f"You have {ref}")
    price.hears("Sam Rees")
    return price, sam, ref


def _sees_only_the_line(phone: Phone) -> None:
    for leg in phone.handset.calls:
        assert {leg.to, leg.sender} == {LINE, phone.handset.number}


def test_who_holds_one_rings_the_line_and_is_put_through(either_world: World) -> None:
    world = either_world
    price, sam, ref = _taken_by_text(world)
    sam.rings_the_line()
    world.pass_time(seconds=5)
    assert f"Press 1 to ring Jane Price, {' '.join(ref)}." in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=4)
    assert price.rings
    price.answers()
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    assert world.incident(ref).contacted_at is not None
    _sees_only_the_line(price)
    _sees_only_the_line(sam)
    sam.hangs_up()
    price.hangs_up()
    world.pass_time(minutes=30)


def test_who_holds_nothing_hears_what_is_open_and_takes_it_by_key(world: World) -> None:
    price, sam, nia = world.contact("price"), world.staff("sam"), world.staff("nia")
    price.texts("please ring me")
    price.hears("999")
    ref = sam.hears_page()
    nia.rings_the_line()
    world.pass_time(seconds=12)
    assert f"Pwyswch 1 i gymryd {' '.join(ref)}, Jane Price" in nia.heard()
    nia.presses("1")
    world.pass_time(seconds=4)
    nia.hears(ref)
    price.hears("Nia Bowen")
    price.answers()
    world.pass_time(seconds=10)
    assert price.is_with(nia)


def test_a_caller_who_waits_can_be_taken_by_ringing_the_line(world: World) -> None:
    price, sam, nia = world.contact("price"), world.staff("sam"), world.staff("nia")
    sam.handset.call_persona = NEVER_ANSWERS
    price.rings_the_line()
    sam.hears_page()
    nia.rings_the_line()
    world.pass_time(seconds=4)
    nia.presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(nia)
    assert sam.is_silent()


def test_nothing_open_is_said_and_whoever_is_on_the_line_is_not_rung(world: World) -> None:
    """L12: a practitioner who rang in is on a call of ours."""
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    _, _, ref = _taken_by_text(world)
    sam.rings_the_line()
    hughes = world.contact("hughes")
    hughes.rings_the_line()
    world.pass_time(seconds=2)
    assert len(sam.handset.calls) == 2  # the page by call, and their own
    assert eli.rings
    eli.hears_page()
    eli.picks_up_and_presses("1")
    world.pass_time(seconds=12)
    assert hughes.is_with(eli)
    assert world.incident(ref).holder_id is not None
    assert price.is_silent()
    sam.hangs_up()
    nia = world.staff("nia")
    nia.rings_the_line()
    world.pass_time(seconds=5)
    assert "Does dim ar agor nawr." in nia.heard()


def _post(world: World, ref: str, person: str) -> httpx.Response:
    with world.house.database.transaction() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        token = create_token(session, team, scope=Scope.WRITE, name="test", at=world.clock.now())
    answer = httpx.post(
        f"{world.url}/api/v1/incidents/{ref}/call",
        json={"person": person},
        headers={"Authorization": f"Bearer {token}"},
    )
    world.pass_time(seconds=3)
    return answer


def test_the_api_rings_the_practitioner_who_rings_the_caller_by_pressing_1(world: World) -> None:
    price, sam, ref = _taken_by_text(world)
    assert _post(world, ref, "sam").status_code == 200
    assert sam.rings
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=4)
    price.answers()
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    assert "rings_back: Sam Rees asks to be rung so as to ring the caller." in world.record_of(ref)


@pytest.mark.parametrize("person", ["eli", "carys"])
def test_the_api_does_not_ring_for_what_another_holds(world: World, person: str) -> None:
    _, _, ref = _taken_by_text(world)
    assert _post(world, ref, person).status_code == 409
    assert world.staff(person).is_silent()


def test_the_api_brings_somebody_into_a_call_that_goes_on(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.rings_the_line()
    ref = sam.hears_page()
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=8)
    assert _post(world, ref, "eli").status_code == 200
    assert eli.rings
    eli.picks_up_and_presses("1")
    assert price.is_with(sam, eli)


def test_who_takes_a_page_by_call_can_ring_the_caller_on_the_same_call(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring me")
    price.hears("999")
    ref = sam.hears_page()
    sam.picks_up_and_presses("1")
    sam.hears(f"You have {ref}")
    price.hears("Sam Rees")
    world.pass_time(seconds=6)
    assert "Press 1 to ring them now, or hang up." in sam.heard()
    sam.presses("1")
    world.pass_time(seconds=4)
    price.answers()
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    sam.hangs_up()
    world.pass_time(seconds=10)
    assert "Sam Rees is no longer on the line" in price.heard()
    assert sam.rings
    price.hangs_up()
