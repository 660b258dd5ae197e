"""Steps, waits and who is passed over: a contact goes on from one person to the next until somebody takes it."""

from pathlib import Path

import pytest
from sqlalchemy import update

from oncall.people.models import Practitioner
from oncall.people.severity import Severity
from tests.journeys.conftest import TEAM
from tests.journeys.telling import STEPS, form, lines, picks_up, posts, practitioner, presses, reload, rise, rung_at
from tests.journeys.world import World

NOBODY_ON_DUTY = TEAM.replace(
    "people: [sam], turn", "people: [sam], cover: [{days: [wed], from: '09:00', to: '17:00'}], turn"
)
SAM_AWAY = TEAM.replace(
    "escalation:", '  leave:\n    - {person: sam, from: "2026-03-01", to: "2026-04-01"}\nescalation:'
)
ALL_AWAY = TEAM.replace(
    "escalation:",
    "  leave:\n"
    + "".join(f'    - {{person: {who}, from: "2026-03-01", to: "2026-04-01"}}\n' for who in ("sam", "eli", "carys"))
    + "escalation:",
)


def test_a_contact_climbs_step_by_step_and_begins_again_until_somebody_takes_it(world: World) -> None:
    """L22: it never stops by itself."""
    price, sam, eli, carys = (world.contact("price"), *map(world.staff, ("sam", "eli", "carys")))
    price.texts("please ring")
    price.forgets()
    ref = sam.hears_page()
    world.pass_time(minutes=2, seconds=50)
    eli.hears_nothing()
    world.pass_time(seconds=15)
    assert eli.hears_page() == ref
    world.pass_time(minutes=3)
    assert carys.hears_page() == ref
    world.pass_time(minutes=4, seconds=50)
    sam.hears_nothing()
    world.pass_time(seconds=10)
    assert sam.hears_page() == ref
    world.pass_time(minutes=11 * 7)
    for phone in (sam, eli, carys):
        assert len(phone.unseen()) == 7
        phone.forgets()
    assert world.incident(ref).status == "open"


def test_each_step_is_by_text_and_call_together_and_a_text_is_worth_its_steps_wait(world: World) -> None:
    """L19: what waits at the network is dropped when its step is over; never ten hours late."""
    world.contact("price").texts("please ring")
    world.pass_time(minutes=9)
    texts = [entry for entry in posts(world) if "Reply 1" in form(entry)["Body"]]
    assert [form(entry)["ValidityPeriod"] for entry in texts] == ["180", "180", "300"]
    for slug in ("sam", "eli", "carys"):
        assert len(rung_at(world, slug)) == 1
    for phone in world.phones.values():
        phone.forgets()


def test_whoever_passes_it_on_is_left_alone_and_the_next_is_paged_at_once(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.texts("please ring")
    price.forgets()
    ref = sam.hears_page()
    sam.replies("2")
    sam.hears(f"{ref} is passed on")
    assert not sam.rings
    assert eli.hears_page() == ref
    assert lines(world, ref, "escalated") == ["Paging step 2: it was passed on."]
    eli.replies("1")
    eli.hears(f"You have {ref}")
    price.hears("Eli Morgan")


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (NOBODY_ON_DUTY, "Not paged: duty: nobody is on the rota."),
        (SAM_AWAY, "Not paged: Sam Rees (duty): on leave."),
    ],
)
def test_a_step_that_reaches_nobody_passes_on_at_once_and_the_record_says_why(
    world: World, file: str, why: str
) -> None:
    reload(world, file)
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.texts("please ring")
    price.hears("999")
    ref = eli.hears_page()
    assert lines(world, ref, "passed_over") == [why]
    assert lines(world, ref, "sent")[0] == "Texted Eli Morgan."
    assert not sam.rings


def test_a_number_known_to_be_dead_is_passed_over(world: World) -> None:
    with world.house.database.transaction() as session:
        session.execute(update(Practitioner).where(Practitioner.slug == "sam").values(number_dead_at=world.clock.now()))
    world.contact("price").texts("please ring")
    world.contact("price").forgets()
    ref = world.staff("eli").hears_page()
    assert lines(world, ref, "passed_over") == ["Not paged: Sam Rees (duty): no way to reach them works."]


def test_nobody_on_the_rota_pages_every_lead_and_loses_nothing(world: World) -> None:
    """L6: the contact is stored and the leads are paged, by text and call."""
    reload(world, ALL_AWAY)
    price, huw = world.contact("price"), world.staff("huw")
    price.texts("please ring")
    price.hears("999")
    ref = huw.hears_page()
    assert huw.rings
    assert world.received(ref) == ["please ring"]
    assert "nobody_reachable" not in world.alarms()
    huw.replies("1")
    huw.hears(f"You have {ref}")
    price.hears("Huw Griffiths")


def test_nobody_reachable_at_all_is_an_alarm_and_the_caller_is_not_told_that_somebody_has_it(world: World) -> None:
    """L26: the caller is answered after a page has gone out; nobody reachable is an alarm, and it is tried again."""
    with world.house.database.transaction() as session:
        session.execute(update(Practitioner).values(number_dead_at=world.clock.now()))
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring")
    price.hears("999", "have not reached anyone yet")
    assert world.alarms() == {"nobody_reachable"}
    with world.house.database.transaction() as session:
        session.execute(update(Practitioner).where(Practitioner.slug == "sam").values(number_dead_at=None))
    world.pass_time(seconds=65)
    ref = sam.hears_page()
    price.hears("the person on duty is being told")
    sam.replies("1")
    sam.hears(f"You have {ref}")
    price.hears("Sam Rees")
    assert "nobody_reachable" not in world.alarms()


def test_a_practitioner_who_stopped_texts_is_rung_and_the_leads_know(world: World) -> None:
    """L27: STOP marks them unreachable by text; they are phoned, and a lead is told."""
    sam, carys, huw = map(world.staff, ("sam", "carys", "huw"))
    sam.texts("STOP")
    sam.forgets()  # the network's own answer
    carys.hears("Sam Rees", "STOP")
    huw.hears("Sam Rees", "STOP")
    price = world.contact("price")
    price.texts("please ring")
    price.hears("999")
    assert sam.rings
    assert posts(world, to=sam.handset.number) == []
    picks_up(sam)
    presses(sam, "1")
    price.hears("Sam Rees")
    assert practitioner(world, "sam").opted_out_at is not None


def test_a_block_we_hear_of_only_by_an_error_is_the_same(world: World) -> None:
    """L27: error 21610 marks them unreachable by text, the call goes out all the same."""
    sam, carys, huw = map(world.staff, ("sam", "carys", "huw"))
    world.lab.exchange.records.opted_out.add(("+447700900000", sam.handset.number))
    world.contact("price").texts("please ring")
    world.contact("price").forgets()
    ref = world.incidents()[0].ref
    assert sam.rings
    assert "texts from this line are blocked there, code 21610" in lines(world, ref, "failed")[0]
    carys.hears("Sam Rees", "STOP")
    huw.hears("Sam Rees", "STOP")
    assert "opted_out" in world.alarms()


def test_texts_alone_refused_pass_on_at_once_to_the_next_step(world: World) -> None:
    """L18: `undelivered` is not sent; its step has failed and the next begins."""
    reload(world, TEAM.replace(STEPS, STEPS.replace("page: duty, by: [text, call]", "page: duty, by: [text]")))
    sam, eli = world.staff("sam"), world.staff("eli")
    world.lab.exchange.records.opted_out.add(("+447700900000", sam.handset.number))
    world.contact("price").texts("please ring")
    world.contact("price").forgets()
    ref = eli.hears_page()
    assert lines(world, ref, "escalated") == ["Paging step 2: no page arrived."]
    for slug in ("carys", "huw"):
        world.staff(slug).forgets()


def test_a_rise_in_severity_restarts_at_the_new_severitys_first_step(world: World) -> None:
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.texts("please ring")
    price.forgets()
    ref = sam.hears_page()
    world.pass_time(minutes=1)
    rise(world, ref, Severity.EMERGENCY)
    assert sam.hears_page("emergency") == ref
    assert eli.hears_page("emergency") == ref
    world.pass_time(minutes=2)
    world.staff("carys").hears_page("emergency")


def test_a_rise_in_severity_pages_whoever_holds_it_again(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("please ring")
    price.forgets()
    ref = sam.hears_page()
    sam.replies("1")
    sam.forgets()
    price.forgets()
    rise(world, ref, Severity.EMERGENCY)
    sam.hears(f"{ref} is now emergency", "Jane Price")
    world.pass_time(seconds=5)
    assert sam.rings
    sam.replies("hello, I am here")
    price.hears_exactly("hello, I am here")
    world.pass_time(minutes=60)


def test_the_journal_of_a_night_names_no_young_person(world: World, tmp_path: Path) -> None:
    """L25: what leaves the house towards the line's addresses holds ids only."""
    world.contact("price").texts("Kestrel is on the roof")
    world.pass_time(minutes=12)
    for entry in world.lab.journal.entries():
        assert "Kestrel" not in str(entry.request.get("url", "")) + str(entry.request.get("path", ""))
        assert "447700" not in str(entry.request.get("url", "")) + str(entry.request.get("path", ""))
    for phone in world.phones.values():
        assert not any("Kestrel" in text for text in phone.unseen())
        phone.forgets()
