"""What each verb asks for, as a value: no time passes here and nothing is called.

A new verb is a new kind of instruction, a reader of its element, and a line in the table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from xml.etree.ElementTree import Element

from oncall.lab.twiml.script.attributes import whole
from oncall.lab.twiml.script.bridging import Confer, Ring, Tape, dial, record
from oncall.lab.twiml.script.document import BadDocument
from oncall.lab.twiml.script.speech import check_voice, speaking_time

_FOREVER = 1000
_PLAYING_TAKES = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Speak:
    """Words said, or a recording played, `times` over."""

    kind: str
    text: str
    language: str
    voice: str
    takes: timedelta
    times: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Silence."""

    takes: timedelta


@dataclass(frozen=True, slots=True)
class Listen:
    """Prompts, and keys waited for until `timeout` after the last prompt or key."""

    prompts: tuple["Speak | Wait", ...]
    action: str
    method: str
    timeout: timedelta
    most_keys: int | None
    finish_key: str
    acts_on_nothing: bool
    lets_interrupt: bool


@dataclass(frozen=True, slots=True)
class GoTo:
    """Another document, in place of the rest of this one."""

    url: str
    method: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """The end of the call."""


@dataclass(frozen=True, slots=True)
class TurnAway:
    """A call not taken; `status` is what its record will say."""

    status: str


Instruction = Speak | Wait | Listen | GoTo | HangUp | TurnAway | Confer | Ring | Tape


def read(verb: Element) -> Instruction:
    """What a verb asks for, or `BadDocument` if it cannot be carried out."""
    return _READERS[verb.tag](verb)


def _say(verb: Element) -> Speak:
    text = " ".join("".join(verb.itertext()).split())
    voice, language = verb.get("voice", ""), verb.get("language", "")
    check_voice(voice, language)
    if not text:
        raise BadDocument(13520)
    return Speak("say", text, language or "en-US", voice, speaking_time(text), _times(verb))


def _play(verb: Element) -> Speak:
    url = (verb.text or "").strip()
    if not url and not verb.get("digits"):
        raise BadDocument(13420)
    return Speak("play", url or verb.get("digits", ""), "", "", _PLAYING_TAKES, _times(verb))


def _pause(verb: Element) -> Wait:
    return Wait(timedelta(seconds=whole(verb, "length", 1)))


def _gather(verb: Element) -> Listen:
    if any(child.tag not in _PROMPTS for child in verb):
        raise BadDocument(12100)
    return Listen(
        prompts=tuple(_PROMPTS[child.tag](child) for child in verb),
        action=verb.get("action", ""),
        method=verb.get("method", "POST"),
        timeout=timedelta(seconds=whole(verb, "timeout", 5)),
        most_keys=whole(verb, "numDigits", 0) or None,
        finish_key=verb.get("finishOnKey", "#"),
        acts_on_nothing=verb.get("actionOnEmptyResult") == "true",
        lets_interrupt=verb.get("bargeIn", "true") == "true",
    )


def _redirect(verb: Element) -> GoTo:
    return GoTo((verb.text or "").strip(), verb.get("method", "POST"))


def _hangup(verb: Element) -> HangUp:
    return HangUp()


def _reject(verb: Element) -> TurnAway:
    return TurnAway("busy" if verb.get("reason") == "busy" else "no-answer")


def _times(verb: Element) -> int:
    return whole(verb, "loop", 1) or _FOREVER


_PROMPTS: dict[str, Callable[[Element], Speak | Wait]] = {"Say": _say, "Play": _play, "Pause": _pause}
_READERS: dict[str, Callable[[Element], Instruction]] = {
    **_PROMPTS,
    "Gather": _gather,
    "Redirect": _redirect,
    "Hangup": _hangup,
    "Reject": _reject,
    "Dial": dial,
    "Record": record,
}
VOICE_VERBS = frozenset(_READERS)
WAITING_VERBS = frozenset({*_PROMPTS, "Redirect", "Hangup"})
WHISPER_VERBS = WAITING_VERBS | {"Gather"}
