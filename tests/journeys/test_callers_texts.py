"""Whatever a caller texts, from whatever it comes, is stored exactly and paged to a person."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from oncall.incidents.models import Media
from oncall.lab.exchange.exchange import Settings
from oncall.paging.sending.media import LARGEST
from tests.journeys.scenes import fields_of_text, last_lines, paged, posted, taken
from tests.journeys.world import LINE, World

CARERS = Path(__file__).parents[1] / "data" / "carer_texts.jsonl"
ODD = {
    "emoji": "🙂👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "welsh": "Mae'r tŷ'n oer, dŵr ym mhobman. Sut ŷch chi? ÂÊÎÔÛŴŶ",
    "long": "x" * 1600,
    "long and wide": ("ŵ🙂 " * 600)[:1600],
    "blanks": "  \t hello \r\n\n ",
    "only blanks": "   \n",
    "html": "<img src=x onerror=alert(1)> &amp; <b>&lt;",
    "quotes": "\"; DROP TABLE incidents; -- ' %s {ref} {0}",
    "empty": "",
    "form letters": "a=b&c=d;e+f%20g",
    "a command": "1 20",
}
WITHHELD = ["anonymous", "Anonymous", "unknown", "restricted", "+266696687", "unavailable", ""]
NAMELESS = ["60777", "DWP-ALERTS", "NHSNoReply", "+1", "07700900123"]


@pytest.mark.parametrize("kind", ODD)
def test_what_was_written_is_stored_exactly_and_a_person_is_paged(world: World, kind: str) -> None:
    price = world.contact("price")
    ref = paged(world, price, ODD[kind])
    assert world.received(ref) == [ODD[kind]]
    world.staff("sam").replies("1")
    price.hears("Sam Rees")
    world.staff("sam").hears("You have")


@pytest.mark.parametrize("sender", WITHHELD + NAMELESS)
def test_a_sender_that_is_no_number_is_paged_never_texted_and_never_joined(world: World, sender: str) -> None:
    """L14: `anonymous` and its kin are never a number."""
    sam = world.staff("sam")
    refs = []
    for number in range(2):
        assert posted(world, fields_of_text(f"SM{number}", "help me", sender=sender)).status_code == 200
        world.pass_time(seconds=5)
        refs.append(sam.hears("unknown number (withheld) has texted").split()[0])
    assert len(set(refs)) == 2
    sam.replies(f"1 {refs[0]}")
    sam.hears(f"You have {refs[0]}", "number is hidden", "cannot be texted")
    sam.replies("Are you there?")
    sam.hears(f"{refs[0]} came from a hidden number", "went to nobody")
    assert world.lab.handset(sender).inbox == []
    assert world.incident(refs[0]).contacted_at is None


def test_an_unknown_number_is_answered_in_welsh_and_english_and_its_page_shows_no_number(world: World) -> None:
    stranger, sam = world.phone("+447700900555"), world.staff("sam")
    stranger.texts("who is this")
    answer = stranger.hears("ffoniwch 999", "ring 999")
    assert answer.index("ffoniwch 999") < answer.index("ring 999")
    page = sam.hears("unknown number has texted")
    assert "900555" not in page
    sam.replies("1")
    sam.hears("You have", "unknown number")
    stranger.hears("Mae eich neges gyda Sam Rees", "Sam Rees has your message")
    sam.replies("This is Sam from MIST")
    stranger.hears_exactly("This is Sam from MIST")


def test_a_contact_is_answered_in_their_own_language(world: World) -> None:
    hughes, sam = world.contact("hughes"), world.staff("sam")
    hughes.texts("helpwch fi")
    answer = hughes.hears("ffoniwch 999", "Mae eich neges gyda ni")
    assert "danger" not in answer
    sam.hears_page()
    sam.replies("1 20")
    hughes.hears("Mae eich neges gyda Sam Rees", "20 munud")
    sam.hears("You have")


def test_a_picture_is_fetched_and_kept_sealed(world: World) -> None:
    price = world.contact("price")
    picture = b"\xff\xd8\xff a picture of a door " * 50
    price.texts("look", media=(("image/jpeg", picture), ("image/png", b"\x89PNG")))
    price.hears("999")
    ref = world.staff("sam").hears_page()
    with world.house.database.reading() as session:
        first, second = session.scalars(select(Media).order_by(Media.at, Media.id))
    assert (first.state, first.content_type, first.size) == ("stored", "image/jpeg", len(picture))
    assert world.house.media.read(first.id) == picture
    assert world.house.media.read(second.id) == b"\x89PNG"
    kept = [path.read_bytes() for path in (world.house.settings.data_dir / "media").iterdir()]
    assert not any(b"picture of a door" in sealed for sealed in kept)
    assert last_lines(world, ref, "media")[0] == "A file came with it (image/jpeg)."


def test_a_picture_sent_on_to_where_it_is_kept_is_followed(world: World) -> None:
    world.lab.settings = Settings(redirects_media=True)
    world.contact("price").texts("", media=(("image/gif", b"GIF89a"),))
    world.contact("price").hears("999")
    world.staff("sam").hears_page()
    assert _media(world).state == "stored"


def test_a_picture_that_is_too_large_is_refused_and_the_page_still_goes_out(world: World) -> None:
    world.contact("price").texts("look", media=(("video/mp4", b"0" * (LARGEST + 1)),))
    world.contact("price").hears("999")
    world.staff("sam").hears_page()
    kept = _media(world)
    assert (kept.state, kept.error, kept.size) == ("refused", "too_long", None)


@pytest.mark.parametrize(
    "url", ["https://evil.example/x.jpg", "http://169.254.169.254/latest", "file:///etc/passwd", "x"]
)
def test_an_address_that_is_not_the_networks_is_never_fetched(world: World, url: str) -> None:
    fields = {**fields_of_text("MM1", "look"), "NumMedia": "1", "MediaUrl0": url, "MediaContentType0": "image/jpeg"}
    assert posted(world, fields).status_code == 200
    world.pass_time(seconds=5)
    world.contact("price").hears("999")
    world.staff("sam").hears_page()
    kept = _media(world)
    assert (kept.state, kept.error) == ("refused", "address")


def test_further_pictures_are_named_to_the_holder(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    ref = taken(world, price)
    price.texts("", media=(("image/jpeg", b"1"), ("image/jpeg", b"2")))
    sam.hears_exactly(f"{ref}: Jane Price sent 2 picture(s) or file(s).")


def test_sixty_carers_texts_are_each_stored_exactly_paged_and_taken(world: World) -> None:
    texts = [json.loads(line)["text"] for line in CARERS.read_text().splitlines()]
    assert len(texts) == 60
    sam = world.staff("sam")
    stored = paged_to = held = 0
    for number, words in enumerate(texts):
        carer = world.phone(f"+4477009004{number:02}")
        ref = paged(world, carer, words)
        paged_to += 1
        stored += world.received(ref) == [words]
        sam.replies(f"1 {ref}")
        sam.hears(f"You have {ref}")
        carer.hears("Sam Rees")
        held += world.incident(ref).status == "acknowledged"
    webhooks = [entry for entry in world.lab.journal.entries("sms") if entry.response["status"] == 200]
    assert (stored, paged_to, held, len(webhooks)) == (60, 60, 60, 120)
    assert all(text.to == LINE for phone in world.phones.values() for text in phone.handset.sent)


def _media(world: World) -> Media:
    with world.house.database.reading() as session:
        return session.scalars(select(Media)).one()
