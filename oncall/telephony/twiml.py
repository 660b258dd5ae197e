"""What a call is told to do next, as the document Twilio reads.

The voices are fixed here, one for each language, because a voice that does not speak the language asked of it says
nothing at all and the caller hears silence. Words and addresses come from the callers of this module.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Literal, NewType

from twilio.twiml.voice_response import Dial, Gather, Hangup, Pause, Play, Record, Redirect, Say, VoiceResponse

Language = Literal["cy", "en"]
Verb = NewType("Verb", object)
"""One instruction of a document, made only by the functions here."""

CONTENT_TYPE = "text/xml"
VOICES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"en": ("Polly.Amy", "en-GB"), "cy": ("Polly.Gwyneth", "cy-GB")}
)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def say(text: str, language: Language) -> Verb:
    """Speaks `text`; what XML cannot carry is left out, and of a text with nothing left a second's silence remains."""
    voice, locale = VOICES[language]
    spoken = _NOT_XML.sub(" ", text)
    if not spoken.strip():
        return pause(timedelta(seconds=1))
    return Verb(Say(spoken, voice=voice, language=locale))


def play(url: str) -> Verb:
    """Plays the sound at `url`, which is fetched when its turn comes; what cannot be had is passed over."""
    return Verb(Play(url))


def pause(length: timedelta) -> Verb:
    return Verb(Pause(length=_seconds(length)))


def gather(*prompts: Verb, action: str, wait_for: timedelta = timedelta(seconds=5)) -> Verb:
    """Speaks `prompts`, takes one key at any moment and asks `action` what to do; without a key the next verb follows.

    `#` is a key like any other.
    """
    seconds = _seconds(wait_for)
    asked = Gather(input="dtmf", num_digits=1, finish_on_key="", action=action, method="POST", timeout=seconds)
    for prompt in prompts:
        asked.append(prompt)
    return Verb(asked)


def conference(room: str, *, left_url: str, wait_url: str, status_url: str) -> Verb:
    """Joins the call to a room, whose end and whose leaving by `*` ask `left_url` what is next.

    Nobody's leaving ends it for the others, no tone is played, and nothing is ever recorded. Whoever is in it alone
    hears `wait_url`; the room's comings and goings are told to `status_url`, which the first to join decides.
    """
    dialled = Dial(hangup_on_star=True, action=left_url, method="POST")
    dialled.conference(
        room,
        start_conference_on_enter=True,
        end_conference_on_exit=False,
        beep="false",
        wait_url=wait_url,
        wait_method="POST",
        status_callback=status_url,
        status_callback_method="POST",
        status_callback_event="start end join leave",
    )
    return Verb(dialled)


def record(*, action: str, status_url: str, longest: timedelta) -> Verb:
    """A tone, then a message until a key, a silence, a hang-up or `longest`; `status_url` hears when it can be had."""
    return Verb(
        Record(
            action=action,
            method="POST",
            max_length=_seconds(longest),
            timeout=10,
            play_beep=True,
            recording_status_callback=status_url,
            recording_status_callback_method="POST",
        )
    )


def redirect(url: str) -> Verb:
    """Goes on with the document at `url`."""
    return Verb(Redirect(url, method="POST"))


def hang_up() -> Verb:
    return Verb(Hangup())


def document(*verbs: Verb) -> str:
    """The whole document: `verbs` in order; the call ends after the last."""
    response = VoiceResponse()
    for verb in verbs:
        response.append(verb)
    return str(response)


def empty() -> str:
    """The answer that asks for nothing."""
    return document()


def _seconds(length: timedelta) -> int:
    return max(1, round(length.total_seconds()))
