"""The service was down, or died with a send in its hands: what is still open goes on, once, and nothing is lost."""

import pytest
from sqlalchemy import update

from oncall.incidents.models import Incident
from oncall.paging.models import Escalation, Outgoing
from oncall.paging.sending.claims import Job, claim
from oncall.telephony.port import Accepted, Text
from tests.journeys.telling import form, lines, posts, rows, rung_at
from tests.journeys.world import World

SAM = "+447700900001"


def dies_with(world: World, kind: str) -> Job:
    """A process claims the rows that are due and is never seen again; gives its job of that kind."""
    with world.house.database.transaction() as session:
        jobs = claim(session, at=world.clock.now(), limit=50)
    return next(job for job in jobs if job.kind == kind)


def writes_only(world: World, words: str) -> None:
    """A carer's text is taken in, and the process dies before its sender wakes."""
    world.contact("price").handset.texts("+447700900000", words)
    world.lab.run_due()


@pytest.mark.parametrize("minutes", [4, 20, 600])
def test_after_the_service_was_down_one_steps_pages_go_out(world: World, minutes: int) -> None:
    """L24, L23: however many waits have lapsed, it goes on from where it stood, by one step with its whole wait."""
    price, sam, eli, carys = (world.contact("price"), *map(world.staff, ("sam", "eli", "carys")))
    price.texts("please ring")
    price.forgets()
    ref = sam.hears_page()
    world.jump(minutes=minutes)
    world.pass_time(seconds=30)
    assert eli.hears_page() == ref
    eli.hears_nothing()
    carys.hears_nothing()
    sam.hears_nothing()
    assert len(rung_at(world, "eli")) == 1
    world.pass_time(minutes=2, seconds=20)
    carys.hears_nothing()
    world.pass_time(seconds=15)
    assert carys.hears_page() == ref


def test_a_first_page_that_never_left_in_a_long_outage_is_not_sent_late_beside_the_next(world: World) -> None:
    """L24, L19: a page older than its step's wait is stale; the next step's goes out in its place."""
    writes_only(world, "please ring")
    world.jump(minutes=20)
    world.pass_time(seconds=30)
    everybody = [world.staff(slug) for slug in ("sam", "eli", "carys")]
    assert sum(len(phone.unseen()) for phone in everybody) == 1
    assert sum(len(rung_at(world, slug)) for slug in ("sam", "eli", "carys")) == 1
    world.contact("price").hears("999")
    for phone in everybody:
        phone.forgets()


def test_a_page_that_was_claimed_and_never_sent_is_sent_when_its_lease_lapses(world: World) -> None:
    """L16: marked before sending, a crash lost the page; claimed, it comes back."""
    writes_only(world, "please ring")
    dies_with(world, "page_text")
    world.pass_time(seconds=40)
    world.staff("sam").hears_nothing()
    world.pass_time(seconds=10)
    ref = world.staff("sam").hears_page()
    world.staff("sam").hears_nothing()
    assert len(rung_at(world, "sam")) == 1
    assert lines(world, ref, "sent")[:1] == ["Texted Sam Rees."]
    world.contact("price").hears("999")


def test_a_page_that_was_sent_and_never_settled_is_found_and_not_sent_again(world: World) -> None:
    """L16, L17: killed between the send and its settling: looked up by its ref."""
    writes_only(world, "please ring")
    world.lab.hold("message-status")
    job = dies_with(world, "page_text")
    sent = Text(to=job.to, sender=job.sender, body=job.body, status_url=f"{world.url}/nowhere", valid_for=job.valid_for)
    assert isinstance(world.house.telephony.send_text(sent), Accepted)
    world.pass_time(seconds=55)
    ref = world.staff("sam").hears_page()
    world.staff("sam").hears_nothing()
    assert len(posts(world, to=SAM)) == 1
    assert lines(world, ref, "sent").count("Texted Sam Rees.") == 1
    world.contact("price").hears("999")


def test_a_page_whose_callback_came_though_its_sender_died_is_not_sent_again(world: World) -> None:
    """L16, L17: the callback alone says that it is out; nothing need be looked up."""
    writes_only(world, "please ring")
    job = dies_with(world, "page_text")
    status = f"{world.url}/twilio/sms/status/{job.row_id}"
    world.staff("sam").handset.text_persona = type(world.staff("sam").handset.text_persona)(
        "sent only", world.staff("sam").handset.text_persona.steps[:1]
    )
    sent = Text(to=job.to, sender=job.sender, body=job.body, status_url=status, valid_for=job.valid_for)
    assert isinstance(world.house.telephony.send_text(sent), Accepted)
    world.pass_time(seconds=55)
    ref = world.staff("sam").hears_page()
    world.staff("sam").hears_nothing()
    assert len(posts(world, to=SAM)) == 1
    assert lines(world, ref, "sent").count("Texted Sam Rees.") == 1
    world.contact("price").hears("999")


def test_what_was_taken_while_a_page_lay_claimed_is_not_paged_again(world: World) -> None:
    """L16, L24: answered meanwhile; the call that the dead process held is not placed."""
    writes_only(world, "please ring")
    dies_with(world, "page_call")
    ref = world.incidents()[0].ref
    sam = world.staff("sam")
    sam.replies(f"1 {ref}")
    sam.hears(f"You have {ref}")
    world.pass_time(minutes=2)
    assert rung_at(world, "sam") == []
    sam.hears_nothing()
    assert {row.state for row in rows(world, "page_call")} == {"cancelled"}
    world.contact("price").hears("Sam Rees")


def test_a_row_that_cannot_be_opened_is_set_aside_and_the_others_go_on(world: World) -> None:
    """L30: one bad row stopped the whole sender for seven hours."""
    writes_only(world, "please ring")
    bad = rows(world, "page_text")[0]
    with world.house.database.transaction() as session:
        session.execute(update(Outgoing).where(Outgoing.id == bad.id).values(body_sealed=b"broken"))
    world.pass_time(seconds=10)
    assert world.staff("sam").rings
    assert "row_set_aside" in world.alarms()
    hughes = world.contact("hughes")
    hughes.texts("mae angen help")
    world.staff("sam").hears("Mair Hughes")
    for phone in world.phones.values():
        phone.forgets()


def test_a_row_of_a_kind_that_nobody_knows_is_set_aside_and_the_others_go_on(world: World) -> None:
    """L30: as left by a newer version beside this one."""
    writes_only(world, "please ring")
    with world.house.database.transaction() as session:
        session.execute(update(Outgoing).where(Outgoing.kind == "page_call").values(kind="page_by_pigeon"))
    world.pass_time(seconds=10)
    world.staff("sam").hears_page()
    world.contact("price").hears("999")
    assert "row_set_aside" in world.alarms()


def test_an_escalation_that_cannot_be_read_is_put_off_with_an_alarm_and_the_others_go_on(world: World) -> None:
    """L30 for the tick."""
    price, hughes, sam, eli = world.contact("price"), world.contact("hughes"), world.staff("sam"), world.staff("eli")
    price.texts("please ring")
    broken = world.incidents()[0]
    with world.house.database.transaction() as session:
        row = update(Escalation).where(Escalation.incident_id == broken.id)
        session.execute(row.values(state={"odd": True}), execution_options={"synchronize_session": False})
    hughes.texts("mae angen help")
    world.pass_time(minutes=3, seconds=10)
    eli.hears("Mair Hughes")
    assert "escalation_failed" in world.alarms()
    with world.house.database.reading() as session:
        assert session.get_one(Incident, broken.id).status == "open"
    for phone in (price, hughes, sam):
        phone.forgets()


def test_the_same_ref_stands_in_every_page_of_one_contact(world: World) -> None:
    """L17: so that a double is harmless."""
    world.contact("price").texts("please ring")
    world.pass_time(minutes=12)
    ref = world.incidents()[0].ref
    pages = [form(entry)["Body"] for entry in posts(world) if "Reply 1" in form(entry)["Body"]]
    assert len(pages) == 4
    assert all(page.startswith(ref) for page in pages)
    for phone in world.phones.values():
        phone.forgets()
