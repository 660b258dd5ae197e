"""What the lab does with a document: what is heard and when, what keys lead to, and what happens when it is wrong."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from twilio.rest import Client

from oncall.lab.handsets import Handset
from oncall.lab.lab import Lab
from oncall.lab.twiml.fetching import APPLICATION_ERROR
from tests.oncall.lab.conftest import NUMBER, SAM, Service

PassTime = Callable[[float], None]
TWENTY_FOUR_LETTERS = "Two seconds to say this."


@pytest.fixture
def hears(lab: Lab, api: Client, service: Service, pass_time: PassTime) -> Callable[[str], Handset]:
    """Sam answers a call whose document is this; gives Sam's handset just after the document was fetched."""

    def answered(document: str, *, inline: bool = False, fallback: str = "") -> Handset:
        service.says("/page/start", document)
        address = {"twiml": document} if inline else {"url": service.url + "/page/start?ref=KTRW"}
        api.calls.create(to=SAM, from_=NUMBER, fallback_url=fallback or "", **address)
        pass_time(2)
        handset = lab.handset(SAM)
        handset.answer()
        pass_time(0.05)
        return handset

    return answered


def response(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inner}</Response>'


def words(handset: Handset) -> list[str]:
    return [heard.text for heard in handset.heard]


def test_words_take_their_time_and_then_the_call_ends(
    hears: Callable[..., Handset], service: Service, pass_time: PassTime
) -> None:
    sound = service.says("/a.mp3", "ID3", content_type="audio/mpeg")
    sam = hears(
        response(
            f'<Say voice="Polly.Gwyneth" language="cy-GB">{TWENTY_FOUR_LETTERS}</Say>'
            f'<Pause length="3"/><Play>{sound}</Play>'
        )
    )
    pass_time(5)
    assert [(h.kind, h.text, h.language, h.voice) for h in sam.heard] == [
        ("say", TWENTY_FOUR_LETTERS, "cy-GB", "Polly.Gwyneth"),
        ("play", sound, "", ""),
    ]
    said, played = sam.heard
    assert (said.until - said.at, played.at - said.until) == (timedelta(seconds=2), timedelta(seconds=3))
    assert sam.calls[-1].is_live()
    pass_time(3)
    assert sam.calls[-1].status == "completed"


@pytest.mark.parametrize(
    ("content_type", "status", "code"),
    [("audio/mpeg", 404, 11200), ("text/html", 200, 12300), ("audio/wav", 403, 11200)],
)
def test_a_sound_that_cannot_be_had_is_passed_over(
    hears: Callable[..., Handset], service: Service, lab: Lab, content_type: str, status: int, code: int
) -> None:
    sound = service.says("/a.mp3", "?", content_type=content_type, status=status)
    sam = hears(response(f"<Play>{sound}</Play><Say>Then this</Say>"))
    assert words(sam) == ["Then this"]
    assert [entry.response["code"] for entry in lab.journal.entries("warning")] == [code]
    assert service.at("/a.mp3")[0].method == "GET"


def test_words_may_be_repeated(hears: Callable[..., Handset], pass_time: PassTime) -> None:
    sam = hears(response('<Say loop="3">Again</Say>'))
    pass_time(10)
    assert words(sam) == ["Again"] * 3


def test_a_key_interrupts_the_words(hears: Callable[..., Handset], service: Service, pass_time: PassTime) -> None:
    sam = hears(response(f'<Gather numDigits="1" action="../key?n=1"><Say>{TWENTY_FOUR_LETTERS * 5}</Say></Gather>'))
    pass_time(1)
    sam.press("2")
    pass_time(1)
    assert [(hook.params["Digits"], hook.url) for hook in service.at("/key")] == [("2", service.url + "/key?n=1")]
    assert sam.heard[0].until - sam.heard[0].at == timedelta(seconds=1)


def test_without_barge_in_a_key_waits_for_the_words(
    hears: Callable[..., Handset], service: Service, pass_time: PassTime
) -> None:
    sam = hears(
        response(f'<Gather numDigits="1" action="/key" bargeIn="false"><Say>{TWENTY_FOUR_LETTERS}</Say></Gather>')
    )
    sam.press("1")
    pass_time(2)
    sam.press("2")
    pass_time(1)
    assert [hook.params["Digits"] for hook in service.at("/key")] == ["2"]


@pytest.mark.parametrize(
    ("attributes", "keys", "digits"),
    [
        ('numDigits="2"', "20", "20"),
        ('numDigits="2"', "204", "20"),
        ('numDigits="4"', "20#", "20"),
        ('finishOnKey="*"', "20#*", "20#"),
        ("", "123#", "123"),
        ('timeout="2"', "12", "12"),
    ],
)
def test_which_keys_make_an_answer(
    hears: Callable[..., Handset], service: Service, pass_time: PassTime, attributes: str, keys: str, digits: str
) -> None:
    sam = hears(response(f'<Gather {attributes} action="/key"><Say>Keys</Say></Gather>'))
    sam.press(keys)
    pass_time(2.1)
    assert [hook.params["Digits"] for hook in service.at("/key")] == [digits]


@pytest.mark.parametrize("keys", ["", "#"])
def test_no_keys_fall_through_without_a_request(
    hears: Callable[..., Handset], service: Service, pass_time: PassTime, keys: str
) -> None:
    sam = hears(response('<Gather timeout="3" action="/key"><Say>Keys?</Say></Gather><Say>Nothing then.</Say>'))
    sam.press(keys)
    pass_time(10)
    assert words(sam) == ["Keys?", "Nothing then."]
    assert service.at("/key") == []


def test_the_timeout_counts_from_the_last_word_and_the_last_key(
    hears: Callable[..., Handset], service: Service, pass_time: PassTime
) -> None:
    sam = hears(response(f'<Gather timeout="3" action="/key"><Say>{TWENTY_FOUR_LETTERS}</Say></Gather>'))
    pass_time(4.9)
    sam.press("1")
    pass_time(2.9)
    assert service.at("/key") == []
    pass_time(0.2)
    assert [hook.params["Digits"] for hook in service.at("/key")] == ["1"]


def test_nothing_may_be_asked_for_too(hears: Callable[..., Handset], service: Service, pass_time: PassTime) -> None:
    hears(response('<Gather timeout="1" action="/key" actionOnEmptyResult="true"/><Say>Never said.</Say>'))
    pass_time(2)
    assert [hook.params["Digits"] for hook in service.at("/key")] == [""]


def test_an_action_left_out_is_the_document_itself(
    hears: Callable[..., Handset], service: Service, pass_time: PassTime
) -> None:
    sam = hears(response('<Gather numDigits="1"/>'))
    sam.press("9")
    pass_time(1)
    assert [hook.params.get("Digits") for hook in service.at("/page/start")] == [None, "9"]
    assert service.at("/page/start")[1].url.endswith("?ref=KTRW")


def test_hanging_up_while_asked_for_keys_asks_for_nothing(
    hears: Callable[..., Handset], service: Service, pass_time: PassTime
) -> None:
    sam = hears(response('<Gather action="/key" actionOnEmptyResult="true"/>'))
    sam.press("1")
    sam.hang_up()
    pass_time(60)
    assert service.at("/key") == []


def test_keys_nobody_waits_for_are_lost(hears: Callable[..., Handset], service: Service, pass_time: PassTime) -> None:
    sam = hears(response(f'<Say>{TWENTY_FOUR_LETTERS}</Say><Gather timeout="1" numDigits="1" action="/key"/>'))
    sam.press("1")
    pass_time(10)
    assert service.at("/key") == []
    assert [key for _, key in sam.calls[-1].pressed] == ["1"]


def test_a_redirect_goes_on_with_another_document(
    hears: Callable[..., Handset], service: Service, pass_time: PassTime
) -> None:
    service.says("/page/more", response("<Say>More.</Say>"))
    sam = hears(response('<Say>First.</Say><Redirect method="GET">more?x=1</Redirect><Say>Never.</Say>'))
    pass_time(5)
    assert words(sam) == ["First.", "More."]
    [asked] = service.at("/page/more")
    assert (asked.method, asked.params["x"], asked.params["CallStatus"]) == ("GET", "1", "in-progress")


def test_a_document_given_inline(hears: Callable[..., Handset], service: Service, pass_time: PassTime) -> None:
    sam = hears(response(f'<Gather numDigits="1" action="{service.url}/key"><Say>Key?</Say></Gather>'), inline=True)
    sam.press("1")
    pass_time(1)
    assert [hook.params["Digits"] for hook in service.at("/key")] == ["1"]


def test_an_inline_document_has_no_relative_addresses(
    lab: Lab, hears: Callable[..., Handset], pass_time: PassTime
) -> None:
    sam = hears(response('<Gather numDigits="1" action="/key"/>'), inline=True)
    sam.press("1")
    pass_time(1)
    assert lab.journal.warnings() == [15004]
    assert words(sam) == [APPLICATION_ERROR]


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (response("<Say>x</Say>"), "text/xml", 500, 11200),
        (response("<Say>x</Say>"), "text/xml", 404, 11200),
        ("<Response><Say>x</Say>", "text/xml", 200, 12100),
        ("<response/>", "text/xml", 200, 12100),
        (response("<say>x</say>"), "text/xml", 200, 12100),
        (response("<Gather><Dial/></Gather>"), "text/xml", 200, 12100),
        (response("words"), "text/xml", 200, 12100),
        ("", "text/xml", 200, 12100),
        ('{"detail": "x"}', "application/json", 200, 12300),
        (response('<Say voice="Polly.Nobody">x</Say>'), "text/xml", 200, 13511),
        (response('<Say voice="Polly.Gwyneth-Neural" language="cy-GB">x</Say>'), "text/xml", 200, 13511),
        (response('<Say voice="Polly.Amy" language="cy-GB">x</Say>'), "text/xml", 200, 13512),
        (response('<Say language="cy">x</Say>'), "text/xml", 200, 13512),
        (response("<Say> </Say>"), "text/xml", 200, 13520),
        (response("<Play/>"), "text/xml", 200, 13420),
        (response('<Pause length="x"/>'), "text/xml", 200, 12200),
        (response("<Redirect>ftp://x/</Redirect>"), "text/xml", 200, 11100),
    ],
)
def test_what_cannot_be_performed_goes_to_the_fallback_or_is_an_application_error(
    lab: Lab,
    api: Client,
    service: Service,
    pass_time: PassTime,
    body: str,
    content_type: str,
    status: int,
    code: int,
) -> None:
    url = service.says("/page/start", body, content_type=content_type, status=status)
    sam = lab.handset(SAM)
    for fallback in ({}, {"fallback_url": service.says("/fallback", response("<Say>Ring 999.</Say>"))}):
        api.calls.create(to=SAM, from_=NUMBER, url=url, **fallback)
        pass_time(2)
        sam.answer()
        pass_time(60)
    assert [heard.text for leg in sam.calls for heard in leg.heard] == [APPLICATION_ERROR, "Ring 999."]
    assert {leg.status for leg in sam.calls} == {"completed"}
    assert lab.journal.warnings() == [code, code]
    [hook] = service.at("/fallback")
    assert (hook.params["ErrorCode"], hook.params["ErrorUrl"]) == (str(code), url)


def test_a_fallback_that_fails_too_ends_in_an_error(
    lab: Lab, hears: Callable[..., Handset], service: Service, pass_time: PassTime
) -> None:
    sam = hears("", fallback=service.says("/fallback", response('<Say voice="nobody">x</Say>')))
    pass_time(60)
    assert (words(sam), lab.journal.warnings()) == ([APPLICATION_ERROR], [12100, 13511])


def test_plain_text_is_read_aloud(lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", "Internal Server Error", content_type="text/plain")
    lab.handset(SAM).dials(NUMBER)
    pass_time(10)
    assert words(lab.handset(SAM)) == ["Internal Server Error"]
    assert lab.handset(SAM).calls[-1].status == "completed"


def test_a_document_that_comes_after_the_hang_up_is_not_performed(
    lab: Lab, service: Service, pass_time: PassTime
) -> None:
    sam = lab.handset(SAM)

    def late(_: object) -> object:
        sam.hang_up()
        return service.replies["/later"](None)  # type: ignore[arg-type]

    service.says("/later", response("<Say>Too late.</Say>"))
    service.replies["/voice"] = late  # type: ignore[assignment]
    sam.dials(NUMBER)
    pass_time(10)
    assert words(sam) == []
    assert sam.calls[-1].status == "no-answer"
