"""The documents a call is given: well-formed, with a voice that speaks its language."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.telephony.twiml import Language, document, empty, gather, hang_up, pause, say


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own document


@pytest.mark.parametrize(
    ("language", "voice", "locale"), [("en", "Polly.Amy", "en-GB"), ("cy", "Polly.Gwyneth", "cy-GB")]
)
def test_each_language_has_its_voice(language: Language, voice: str, locale: str) -> None:
    said = parsed(document(say("Mae rhywun yn dŵad", language)))[0]
    assert (said.tag, said.get("voice"), said.get("language")) == ("Say", voice, locale)
    assert said.text == "Mae rhywun yn dŵad"


@pytest.mark.parametrize("language", ["en-GB-WLS", "cy-GB", "fr", ""])
def test_no_other_language_can_be_asked_for(language: Language) -> None:
    with pytest.raises(KeyError):
        say("Hello", language)


def test_one_key_is_gathered_and_silence_goes_on_to_the_next_verb() -> None:
    root = parsed(
        document(
            gather(say("Press 1.", "en"), say("Pwyswch 1.", "cy"), action="https://a.example/k?page=7&n=1"),
            say("Goodbye.", "en"),
            hang_up(),
        )
    )
    assert [verb.tag for verb in root] == ["Gather", "Say", "Hangup"]
    asked = root[0]
    assert asked.attrib == {
        "action": "https://a.example/k?page=7&n=1",
        "finishOnKey": "",
        "input": "dtmf",
        "method": "POST",
        "numDigits": "1",
        "timeout": "5",
    }
    assert [prompt.text for prompt in asked] == ["Press 1.", "Pwyswch 1."]


@pytest.mark.parametrize(("length", "seconds"), [(0.2, "1"), (1, "1"), (2.6, "3"), (90, "90")])
def test_lengths_are_whole_seconds_of_at_least_one(length: float, seconds: str) -> None:
    wait = timedelta(seconds=length)
    root = parsed(document(pause(wait), gather(action="/k", wait_for=wait)))
    assert (root[0].get("length"), root[1].get("timeout")) == (seconds, seconds)


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ufffe"])
def test_nothing_to_say_is_a_moment_of_silence(text: str) -> None:
    assert [verb.tag for verb in parsed(document(say(text, "en")))] == ["Pause"]


def test_the_empty_answer() -> None:
    root = parsed(empty())
    assert (root.tag, len(root)) == ("Response", 0)


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[]), max_size=60))
def test_whatever_a_caller_wrote_can_be_spoken(text: str) -> None:
    verb = parsed(document(say(text, "en")).encode("utf-8").decode("utf-8"))[0]
    assert verb.tag in {"Say", "Pause"}
    if text.isalnum():
        assert verb.text == text
