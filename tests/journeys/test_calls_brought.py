"""Bringing somebody in, from the phone and through the API; one who does not come; a young person who rings; and the
network's word of a room that never comes."""

from datetime import timedelta

import httpx
import pytest

from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.lab.exchange.personas import NEVER_ANSWERS, VOICEMAIL, CallPersona
from oncall.lab.webhooks.mischief import Mischief
from oncall.people.queries import team_by_slug
from tests.journeys.conftest import TEAM
from tests.journeys.scenes import all_forget
from tests.journeys.telling import lines, reload
from tests.journeys.world import Phone, World

WITH_A_YOUNG_PERSON = TEAM.replace(
    "contacts:\n",
    'contacts:\n  - {slug: kes, name: Kestrel Vaughan, kind: young_person, phones: ["+447700900150"], language: en}\n',
)


def _talking(world: World) -> tuple[Phone, Phone, str]:
    price, sam = world.contact("price"), world.staff("sam")
    price.rings_the_line()
    ref = sam.hears_page()
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    return price, sam, ref


@pytest.mark.parametrize("persona", [NEVER_ANSWERS, VOICEMAIL], ids=lambda persona: persona.name)
def test_when_whoever_is_asked_in_does_not_come_who_asked_hears_so_and_the_two_talk_on(
    world: World, persona: CallPersona
) -> None:
    """L1: a voicemail is nobody either."""
    price, sam, ref = _talking(world)
    world.staff("eli").handset.call_persona = persona
    sam.presses("*")
    world.pass_time(seconds=2)
    sam.presses("1")
    world.pass_time(seconds=90)
    assert "Eli Morgan did not come to the phone." in sam.heard()
    assert "did not come" not in price.heard()
    assert price.is_with(sam)
    assert lines(world, ref, "not_brought_in") == ["Eli Morgan was asked to join the call and did not come."]
    all_forget(world)


def test_who_presses_2_when_asked_in_has_said_no_and_who_asked_hears_so(world: World) -> None:
    price, sam, _ = _talking(world)
    sam.presses("*")
    world.pass_time(seconds=2)
    sam.presses("2")
    world.pass_time(seconds=5)
    carys = world.staff("carys")
    carys.picks_up_and_presses("2")
    world.pass_time(seconds=8)
    assert "Carys Bevan did not come to the phone." in sam.heard()
    assert price.is_with(sam)
    all_forget(world)


def test_who_asked_and_then_lost_their_line_leaves_nobody_alone(world: World) -> None:
    price, sam, _ = _talking(world)
    world.staff("eli").handset.call_persona = NEVER_ANSWERS
    sam.presses("*")
    world.pass_time(seconds=2)
    sam.presses("1")
    world.pass_time(seconds=5)
    sam.hangs_up()
    world.pass_time(seconds=5)
    assert "Sam Rees is no longer on the line." in price.heard()
    assert sam.rings
    all_forget(world)


def _post(world: World, ref: str, what: str, **body: str) -> httpx.Response:
    with world.house.database.transaction() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        token = create_token(session, team, scope=Scope.WRITE, name="test", at=world.clock.now())
    answer = httpx.post(
        f"{world.url}/api/v1/incidents/{ref}/call/{what}",
        json=body,
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
    )
    world.pass_time(seconds=5)
    return answer


@pytest.mark.parametrize(
    ("wish", "slug"),
    [({"tier": "backup"}, "eli"), ({"role": "lead"}, "carys"), ({"role": "service_manager"}, "huw")],
    ids=["tier", "any lead", "a role"],
)
def test_the_api_brings_somebody_in_and_whoever_asked_leaves_the_others_talking(
    world: World, wish: dict[str, str], slug: str
) -> None:
    price, sam, ref = _talking(world)
    asked = world.staff(slug)
    assert _post(world, ref, "bring-in", person="sam", **wish).status_code == 200
    assert asked.rings
    assert price.is_with(sam)
    asked.picks_up_and_presses("1")
    assert price.is_with(sam, asked)
    assert _post(world, ref, "leave", person="sam").status_code == 200
    assert "The others talk on." in sam.heard()
    assert sam.is_silent()
    assert price.is_with(asked)
    assert lines(world, ref, "left") == ["Sam Rees leaves the others talking."]
    all_forget(world)


def test_what_cannot_be_asked_of_a_call_is_refused_and_nothing_rings(world: World) -> None:
    price, sam, ref = _talking(world)
    refused = {
        ("bring-in", "eli", "backup"): 409,  # not on the call
        ("bring-in", "sam", "duty"): 409,  # who holds it is there already
        ("bring-in", "sam", "nights"): 422,
        ("leave", "eli", ""): 409,
        ("leave", "sam", ""): 409,  # the only one there
    }
    for (what, person, tier), status in refused.items():
        extra = {"tier": tier} if tier else {}
        assert _post(world, ref, what, person=person, **extra).status_code == status
    assert _post(world, ref, "bring-in", person="sam").status_code == 422
    assert price.is_with(sam)
    assert world.staff("eli").is_silent()
    price.hangs_up()
    world.pass_time(seconds=2)
    assert _post(world, ref, "bring-in", person="sam", tier="backup").status_code == 409
    all_forget(world)


def test_a_young_person_who_rings_is_a_caller_with_words_of_their_own_and_is_named_to_nobody(world: World) -> None:
    reload(world, WITH_A_YOUNG_PERSON)
    kes, sam = world.phone("+447700900150", "Kestrel"), world.staff("sam")
    kes.rings_the_line()
    assert "Hello, it is good that you rang. We are ringing Sam Rees for you now." in kes.heard()
    page = sam.hears("a young person")
    sam.answers()
    world.pass_time(seconds=8)
    assert "a young person is waiting on the line" in sam.heard()
    assert not any("Kestrel" in text for text in (page, kes.heard(), sam.heard()))
    for slug in ("sam", "eli", "carys"):
        world.staff(slug).handset.call_persona = NEVER_ANSWERS
    sam.hangs_up()
    world.pass_time(seconds=95)
    assert "You have not done anything wrong. Someone will ring you back." in kes.heard()
    kes.hangs_up()
    world.pass_time(seconds=5)
    assert len(world.incidents()) == 1
    assert not any("Kestrel" in text for phone in world.phones.values() for text in phone.unseen())
    all_forget(world)


def test_with_all_word_of_the_room_lost_contact_is_noted_while_they_talk_and_nobody_is_paged(world: World) -> None:
    world.lab.mischief("conference-status", Mischief(drop=True), times=1000)
    price, sam, ref = _talking(world)
    world.pass_time(minutes=2)
    assert world.incident(ref).contacted_at is not None
    world.pass_time(minutes=16)
    sam.hears_nothing()
    sam.hangs_up()
    world.pass_time(seconds=4)
    assert "Sam Rees is no longer on the line." in price.heard()
    price.hangs_up()
    all_forget(world)


def test_with_all_word_of_the_room_lost_a_short_talk_is_noted_as_the_practitioner_leaves(world: World) -> None:
    world.lab.mischief("conference-status", Mischief(drop=True), times=1000)
    _, sam, ref = _talking(world)
    world.pass_time(seconds=15)
    assert world.incident(ref).contacted_at is None
    sam.hangs_up()
    world.pass_time(seconds=2)
    assert world.incident(ref).contacted_at is not None
    all_forget(world)


def test_with_all_word_of_the_room_lost_a_call_back_is_noted(world: World) -> None:
    world.lab.mischief("conference-status", Mischief(drop=True), times=1000)
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring me")
    ref = sam.hears_page()
    sam.replies("1")
    all_forget(world)
    sam.rings_the_line()
    world.pass_time(seconds=5)
    sam.presses("1")
    world.pass_time(seconds=4)
    price.answers()
    world.pass_time(minutes=2)
    assert price.is_with(sam)
    assert world.incident(ref).contacted_at is not None
    world.pass_time(minutes=16)
    all_forget(world)


@pytest.mark.parametrize("kind", ["conference-status", "call-status"])
def test_nobody_who_only_answered_counts_as_having_talked(world: World, kind: str) -> None:
    """L1: a voicemail that listens on for a minute and more is no contact, whatever else was lost."""
    world.lab.mischief(kind, Mischief(drop=True, late=timedelta(0)), times=1000)
    world.staff("sam").handset.call_persona = VOICEMAIL
    world.staff("eli").handset.call_persona = VOICEMAIL
    world.staff("carys").handset.call_persona = VOICEMAIL
    price = world.contact("price")
    price.rings_the_line()
    world.pass_time(seconds=100)
    assert world.incidents()[0].contacted_at is None
    assert "Someone will ring you back" in price.heard() or "someone will ring you back" in price.heard()
    price.hangs_up()
    all_forget(world)
