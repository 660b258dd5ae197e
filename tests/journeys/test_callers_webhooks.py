"""The door for texts: signed or nothing; once, however often it is told; 5xx when it cannot be kept."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import func, select

from oncall.incidents.models import InboundEvent, Incident, TimelineEntry
from oncall.lab.webhooks.mischief import Mischief
from oncall.paging.models import Outgoing
from oncall.telephony.inbound import LONGEST_BODY, Gate
from tests.journeys.scenes import closed, fields_of_text, posted, taken
from tests.journeys.world import LINE, TOKEN, World

TABLES = (InboundEvent, Incident, TimelineEntry, Outgoing)


def _rows(world: World) -> list[int]:
    with world.house.database.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


@pytest.mark.parametrize(
    "path", ["/twilio/sms", "/twilio/sms/status/{id}", "/twilio/page/{id}", "/twilio/page/{id}/key"]
)
@pytest.mark.parametrize("token", [None, "another-token", TOKEN[::-1]])
def test_without_a_valid_signature_it_is_403_and_nothing_is_stored(world: World, path: str, token: str | None) -> None:
    """L28: and a missing header is no fault of ours."""
    where = path.format(id="019ddc29-0000-7000-8000-000000000000")
    answer = posted(world, fields_of_text("SM1", "hello"), token=token, path=where)
    assert answer.status_code == 403
    assert "<Response" not in answer.text
    assert _rows(world) == [0, 0, 0, 0]


def test_unsigned_noise_touches_no_database(world: World) -> None:
    """L28: with the one writer busy and the database gone after that, it is still refused at once."""
    with world.house.database.transaction() as session:
        session.execute(select(1))
        assert posted(world, fields_of_text("SM1", "noise"), token=None).status_code == 403
    _take_database_away(world)
    assert posted(world, fields_of_text("SM1", "noise"), token="wrong").status_code == 403


@pytest.mark.parametrize("seal", ["wrong_token", "missing", "tampered"])
def test_a_badly_signed_text_of_the_networks_is_refused(world: World, seal: str) -> None:
    world.lab.mischief("sms", Mischief(seal=seal))  # type: ignore[arg-type]
    world.contact("price").texts("hello")
    assert [entry.response["status"] for entry in world.lab.journal.entries("sms")] == [403]
    assert _rows(world) == [0, 0, 0, 0]


def test_either_token_is_accepted_while_it_is_rotated(world: World) -> None:
    gate = world.house.gate
    gate._tokens = Gate(public_url=world.url, tokens=["the-new-token", TOKEN])._tokens
    for number, token in enumerate(("the-new-token", TOKEN)):
        assert posted(world, fields_of_text(f"SM{number}", "hello"), token=token).status_code == 200
    assert posted(world, fields_of_text("SM9", "hello"), token="the-old-token").status_code == 403
    world.pass_time(seconds=5)
    world.contact("price").hears("999")
    world.staff("sam").hears_page()


def test_more_than_any_webhook_is_refused(world: World) -> None:
    answer = posted(world, fields_of_text("SM1", "x" * LONGEST_BODY))
    assert answer.status_code == 413
    assert _rows(world) == [0, 0, 0, 0]


def test_a_text_told_again_changes_nothing_and_is_answered_the_same(world: World) -> None:
    price = world.contact("price")
    first = posted(world, fields_of_text("SM1", "once"))
    world.pass_time(seconds=5)
    price.hears("999")
    world.staff("sam").hears_page()
    before = _rows(world)
    again = posted(world, fields_of_text("SM1", "once"))
    world.pass_time(seconds=5)
    assert (again.status_code, again.text, again.headers["content-type"]) == (
        first.status_code,
        first.text,
        first.headers["content-type"],
    )
    assert _rows(world) == before


def test_an_answer_told_again_takes_nothing_twice(world: World) -> None:
    """L44: a practitioner's `2` that comes twice passes on once."""
    price, sam, eli = world.contact("price"), world.staff("sam"), world.staff("eli")
    price.texts("please")
    price.hears("999")
    ref = sam.hears_page()
    for _ in range(2):
        assert posted(world, fields_of_text("SM2", "2", sender=sam.handset.number)).status_code == 200
        world.pass_time(seconds=5)
    sam.hears(f"{ref} is passed on")
    assert eli.hears_page() == ref


def test_ten_copies_at_once_are_one_text(either_world: World) -> None:
    world = either_world
    price, sam = world.contact("price"), world.staff("sam")
    world.lab.mischief("sms", Mischief(copies=10, together=True))
    price.texts("once")
    price.hears("999")
    ref = sam.hears_page()
    answers = [entry.response for entry in world.lab.journal.entries("sms")]
    assert len(answers) == 10
    assert len({(answer["status"], answer["body"]) for answer in answers}) == 1
    assert answers[0]["status"] == 200
    assert world.received(ref) == ["once"]
    assert len(world.incidents()) == 1


def test_ten_texts_of_one_caller_at_once_are_one_incident(either_world: World) -> None:
    """L44: one incident, also when it is opened and joined in the same instant."""
    world = either_world
    fields = [fields_of_text(f"SM{number}", f"text {number}", sender="+447700900555") for number in range(10)]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda each: posted(world, each).status_code, fields))
    world.pass_time(seconds=5)
    assert answers == [200] * 10
    world.phone("+447700900555").hears("999")
    ref = world.staff("sam").hears_page()
    assert sorted(world.received(ref)) == sorted(each["Body"] for each in fields)
    assert len(world.incidents()) == 1


def test_texts_that_meet_a_closing_are_in_the_old_one_or_in_a_new_one_that_names_it(either_world: World) -> None:
    world = either_world
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price, "text 0")
    texts = [fields_of_text(f"SM{number}", f"text {number}") for number in range(1, 9)]
    with ThreadPoolExecutor(9) as pool:
        closing = pool.submit(closed, world, ref)
        answers = list(pool.map(lambda each: posted(world, each).status_code, texts))
        closing.result()
    world.pass_time(seconds=5)
    assert answers == [200] * 8
    incidents = world.incidents()
    received = [words for incident in incidents for words in world.received(incident.ref)]
    assert sorted(received) == [f"text {number}" for number in range(9)]
    assert [incident.follows_id for incident in incidents[1:]] == [incidents[0].id] * (len(incidents) - 1)
    assert len(incidents) <= 2
    price.forgets()
    sam.forgets()


def test_when_the_database_is_gone_the_answer_is_5xx_and_no_document(world: World) -> None:
    _take_database_away(world)
    answer = posted(world, fields_of_text("SM1", "hello"))
    assert answer.status_code >= 500
    assert "<Response" not in answer.text
    assert not answer.headers["content-type"].startswith(("text/xml", "application/xml", "text/html"))


def test_a_get_is_no_webhook(world: World) -> None:
    assert httpx.get(f"{world.url}/twilio/sms", trust_env=False).status_code == 405


def test_a_text_without_its_usual_fields_is_still_paged(world: World) -> None:
    assert posted(world, {"To": LINE, "NumMedia": "many"}).status_code == 200
    world.pass_time(seconds=5)
    ref = world.staff("sam").hears("unknown number (withheld)").split()[0]
    assert world.received(ref) == [""]


def _take_database_away(world: World) -> None:
    """The file is gone: what is opened anew in its place holds no tables."""
    world.house.database.close()
    for path in world.house.settings.data_dir.glob("oncall-*.db*"):
        path.unlink()
