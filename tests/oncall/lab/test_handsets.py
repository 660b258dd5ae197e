"""Handsets that text: the words the company keeps, odd senders, replies in the answer, pictures, segments."""

from collections.abc import Callable

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from oncall.lab.exchange.exchange import Settings
from oncall.lab.handsets import NoCall
from oncall.lab.lab import Lab
from oncall.lab.texts.segments import segments
from tests.oncall.lab.conftest import ACCOUNT, CARER, NUMBER, SAM, TOKEN, Service

PassTime = Callable[[float], None]


@pytest.mark.parametrize("word", ["STOP", "stop", " Stop ", "END", "QUIT", "CANCEL", "UNSUBSCRIBE", "STOPALL"])
def test_stop_opts_out_and_still_reaches_the_service(
    lab: Lab, api: Client, service: Service, pass_time: PassTime, word: str
) -> None:
    sam = lab.handset(SAM)
    sam.texts(NUMBER, word)
    lab.run_due()
    assert [hook.params["Body"] for hook in service.at("/sms")] == [word]
    assert "unsubscribed" in sam.inbox[0].body
    with pytest.raises(TwilioRestException) as refused:
        api.messages.create(to=SAM, from_=NUMBER, body="Page")
    assert refused.value.code == 21610
    assert api.messages.create(to=CARER, from_=NUMBER, body="Other").status == "queued"
    sam.texts(NUMBER, "start")
    lab.run_due()
    assert api.messages.create(to=SAM, from_=NUMBER, body="Page").status == "queued"


@pytest.mark.parametrize("words", ["please stop", "STOP NOW", "yes", "stopp"])
def test_only_the_bare_word_counts(lab: Lab, api: Client, words: str) -> None:
    lab.handset(SAM).texts(NUMBER, words)
    lab.run_due()
    assert lab.handset(SAM).inbox == []
    assert api.messages.create(to=SAM, from_=NUMBER, body="Page").status == "queued"


def test_help_is_answered_by_the_company_and_reaches_the_service(lab: Lab, service: Service) -> None:
    lab.handset(CARER).texts(NUMBER, "help")
    lab.run_due()
    assert [text.body for text in lab.handset(CARER).inbox] == ["Reply STOP to unsubscribe. Msg&Data Rates May Apply."]
    assert len(service.at("/sms")) == 1


@pytest.mark.parametrize("sender", ["anonymous", "86444", "NHSWales", "+266696687", ""])
def test_odd_senders_arrive_as_they_are(lab: Lab, service: Service, sender: str) -> None:
    lab.handset(sender).texts(NUMBER, "x" * 1600)
    lab.run_due()
    [hook] = service.at("/sms")
    assert (hook.params["From"], len(hook.params["Body"]), hook.params["NumSegments"]) == (sender, 1600, "11")


@pytest.mark.parametrize(
    ("body", "content_type", "arrives"),
    [
        ("<Response><Message>One</Message><Message><Body>Two</Body></Message></Response>", "text/xml", ["One", "Two"]),
        ("<Response/>", "text/xml", []),
        ("", "text/xml", []),
        ("Plain", "text/plain", ["Plain"]),
    ],
)
def test_the_answer_may_hold_replies(
    lab: Lab, service: Service, pass_time: PassTime, body: str, content_type: str, arrives: list[str]
) -> None:
    service.says("/sms", body, content_type=content_type)
    lab.handset(CARER).texts(NUMBER, "hello")
    pass_time(5)
    assert [text.body for text in lab.handset(CARER).inbox] == arrives
    assert lab.journal.warnings() == []


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        ('{"detail":"x"}', "application/json", 12300),
        ("<Response>", "text/xml", 12100),
        ("<response/>", "text/xml", 12100),
        ("<Response><message>x</message></Response>", "text/xml", 12100),
        ('<!DOCTYPE x [<!ENTITY a "b">]><Response/>', "text/xml", 12100),
    ],
)
def test_an_answer_that_cannot_be_read_is_warned_of(
    lab: Lab, service: Service, body: str, content_type: str, code: int
) -> None:
    service.says("/sms", body, content_type=content_type)
    lab.handset(CARER).texts(NUMBER, "hello")
    lab.run_due()
    assert lab.journal.warnings() == [code]


def test_pictures_are_fetched_with_the_password(lab: Lab, service: Service, api: Client) -> None:
    sid = lab.handset(CARER).texts(NUMBER, "look", media=[("image/png", b"png"), ("image/jpeg", b"jpeg")])
    lab.run_due()
    [hook] = service.at("/sms")
    assert (hook.params["NumMedia"], hook.params["MediaContentType1"]) == ("2", "image/jpeg")
    url = hook.params["MediaUrl1"]
    assert url.startswith(lab.base_url)
    fetched = httpx.get(url, auth=(ACCOUNT, TOKEN), trust_env=False)
    assert (fetched.content, fetched.headers["content-type"]) == (b"jpeg", "image/jpeg")
    assert httpx.get(url, trust_env=False).status_code == 401
    assert httpx.get(url[:-3] + "zzz", auth=(ACCOUNT, TOKEN), trust_env=False).status_code == 404
    assert [media.content_type for media in api.messages(sid).media.list()] == ["image/png", "image/jpeg"]


def test_pictures_may_be_kept_elsewhere(lab: Lab, service: Service) -> None:
    lab.settings = Settings(redirects_media=True)
    lab.handset(CARER).texts(NUMBER, "look", media=[("image/png", b"png")])
    lab.run_due()
    url = service.at("/sms")[0].params["MediaUrl0"]
    moved = httpx.get(url, auth=(ACCOUNT, TOKEN), trust_env=False)
    assert moved.status_code == 307
    assert httpx.get(moved.headers["location"], trust_env=False).content == b"png"
    assert httpx.get(moved.headers["location"] + "0", trust_env=False).status_code == 404


def test_a_text_to_nobodys_number_goes_nowhere(lab: Lab, service: Service) -> None:
    lab.handset(CARER).texts("+447700900999", "hello")
    assert lab.run_due() == 0
    assert service.received == []
    assert [text.body for text in lab.handset(CARER).sent] == ["hello"]


def test_a_silent_phone_cannot_be_answered(lab: Lab) -> None:
    with pytest.raises(NoCall):
        lab.handset(SAM).answer()


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 153, 3),
        ("ŵ" * 70, 1),
        ("ŵ" * 71, 2),
        ("à£é" * 53, 1),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
    ],
)
def test_segments(body: str, count: int) -> None:
    assert segments(body) == count


def test_a_reply_that_cannot_be_sent_is_warned_of(lab: Lab, service: Service) -> None:
    service.says("/sms", "<Response><Message>Thank you.</Message></Response>")
    lab.handset("anonymous").texts(NUMBER, "hello")
    lab.run_due()
    assert lab.journal.warnings() == [21211]


def test_the_lab_tells_when_the_next_thing_is_due(lab: Lab, api: Client) -> None:
    assert lab.next_event_at() is None
    api.messages.create(to=SAM, from_=NUMBER, body="Page")
    assert lab.next_event_at() is not None
    assert lab.account_sid == ACCOUNT
