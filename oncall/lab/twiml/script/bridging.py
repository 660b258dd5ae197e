"""What `<Dial>` and `<Record>` ask for, as values: a conference to join, numbers to ring, a message to keep."""

from dataclasses import dataclass
from datetime import timedelta
from xml.etree.ElementTree import Element

from oncall.lab.twiml.script.attributes import flag, whole
from oncall.lab.twiml.script.document import BadDocument

_MOST_NUMBERS = 10
_ALL_KEYS = "1234567890*#"


@dataclass(frozen=True, slots=True)
class Callback:
    """An address told of events, and of which."""

    url: str = ""
    method: str = "POST"
    events: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dialled:
    """What `<Dial>` itself says; without an `action` the document goes on after it."""

    action: str | None
    method: str
    ends_on_star: bool
    ends_after: timedelta | None


@dataclass(frozen=True, slots=True)
class Joining:
    """How a conference is joined; without a `wait_url` there is music, with an empty one silence."""

    name: str
    is_muted: bool = False
    beep: str = "true"
    starts: bool = True
    ends: bool = False
    label: str = ""
    wait_url: str | None = None
    wait_method: str = "POST"
    callback: Callback = Callback()


@dataclass(frozen=True, slots=True)
class Confer:
    """A conference, as long as it lasts or the caller stays in it."""

    dial: Dialled
    joining: Joining


@dataclass(frozen=True, slots=True)
class Callee:
    """A number to ring; `url` is what is said to whoever answers before the two are joined."""

    number: str
    url: str
    method: str
    callback: Callback


@dataclass(frozen=True, slots=True)
class Ring:
    """Numbers rung beside each other or one after another."""

    dial: Dialled
    callees: tuple[Callee, ...]
    in_turn: bool
    rings_for: int
    caller_id: str
    answers_on_bridge: bool


@dataclass(frozen=True, slots=True)
class Tape:
    """A message kept from a beep until silence, a key, or the longest it may be."""

    action: str
    method: str
    silence: timedelta
    finish_keys: str
    longest: timedelta
    beeps: bool
    callback: Callback


def dial(verb: Element) -> Confer | Ring:
    """What a `<Dial>` asks for; only numbers may be several."""
    dialled = Dialled(
        action=verb.get("action"),
        method=verb.get("method", "POST"),
        ends_on_star=flag(verb, "hangupOnStar", default=False),
        ends_after=timedelta(seconds=whole(verb, "timeLimit", 0)) or None,
    )
    if [child.tag for child in verb] == ["Conference"]:
        return Confer(dialled, _conference(verb[0]))
    callees = tuple(_number(child) for child in verb) or (_bare_number(verb),)
    if len(callees) > _MOST_NUMBERS:
        raise BadDocument(12100)
    return Ring(
        dial=dialled,
        callees=callees,
        in_turn=flag(verb, "sequential", default=False),
        rings_for=whole(verb, "timeout", 30),
        caller_id=verb.get("callerId", ""),
        answers_on_bridge=flag(verb, "answerOnBridge", default=False),
    )


def record(verb: Element) -> Tape:
    callback = Callback(
        verb.get("recordingStatusCallback", ""),
        verb.get("recordingStatusCallbackMethod", "POST"),
        frozenset(verb.get("recordingStatusCallbackEvent", "completed").split()),
    )
    return Tape(
        action=verb.get("action", ""),
        method=verb.get("method", "POST"),
        silence=timedelta(seconds=whole(verb, "timeout", 5)),
        finish_keys=verb.get("finishOnKey", _ALL_KEYS),
        longest=timedelta(seconds=whole(verb, "maxLength", 3600)),
        beeps=flag(verb, "playBeep", default=True),
        callback=callback,
    )


def _conference(noun: Element) -> Joining:
    name = _text(noun)
    if not name:
        raise BadDocument(13214)
    return Joining(
        name=name,
        is_muted=flag(noun, "muted", default=False),
        beep=noun.get("beep", "true"),
        starts=flag(noun, "startConferenceOnEnter", default=True),
        ends=flag(noun, "endConferenceOnExit", default=False),
        label=noun.get("participantLabel", ""),
        wait_url=noun.get("waitUrl"),
        wait_method=noun.get("waitMethod", "POST"),
        callback=_callback(noun, ""),
    )


def _number(noun: Element) -> Callee:
    if noun.tag != "Number":
        raise BadDocument(12100)
    return Callee(_text(noun), noun.get("url", ""), noun.get("method", "POST"), _callback(noun, "completed"))


def _bare_number(verb: Element) -> Callee:
    if not _text(verb):
        raise BadDocument(13223)
    return Callee(_text(verb), "", "POST", Callback())


def _callback(noun: Element, default: str) -> Callback:
    return Callback(
        noun.get("statusCallback", ""),
        noun.get("statusCallbackMethod", "POST"),
        frozenset(noun.get("statusCallbackEvent", default).split()),
    )


def _text(element: Element) -> str:
    return (element.text or "").strip()
