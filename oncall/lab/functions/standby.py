"""What the Functions answer while the service is down: a call is put through, a text is answered and passed on.

Whom they ring is a variable, `CHAIN_` and the line's number, or else `CHAIN_DEFAULT`. Whoever answers presses 1 before
they are joined; no key, another key and a failure join nobody. The words are the lab's own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from oncall.lab.functions.hosted import Hosted

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_ROUNDS = 3
_ENGLISH = {"voice": "Polly.Amy", "language": "en-GB"}
_PUTTING_THROUGH = (
    "This is the on-call line. Our system has a fault, so we are ringing the people on call for you now. "
    "If anyone is in danger now, hang up and ring 999."
)
_AGAIN = "Please stay on the line: we are ringing again. If anyone is in danger, ring 999."
_NOBODY = "We have not reached anyone yet. Please ring again in a few minutes. If anyone is in danger now, ring 999."
_ASKED = "A caller is waiting on the on-call line. Press 1 to take the call, or 2 to pass it on."
_RING_US = "The on-call line has a fault and has not read your text. Please ring this number. In danger now? Ring 999."
_NOT_TAKEN_IN = "On-call line: the service is down and your answer was not taken in. Please keep your phone at hand."
_TEXTED = "On-call line: the service is down. Somebody has texted the line. Please keep your phone at hand."
_MISSED = "On-call line: the service is down. Somebody rang and reached nobody. Please keep your phone at hand."


@dataclass(frozen=True, slots=True)
class Result:
    """A document, and the texts sent beside it as (number, words)."""

    document: str
    texts: tuple[tuple[str, str], ...] = ()


def chain(hosted: Hosted, line: str) -> list[str]:
    """The numbers to ring for a line, in order."""
    written = hosted.value("CHAIN_" + re.sub(r"\D", "", line)) or hosted.value("CHAIN_DEFAULT")
    return [number for number in written.split(",") if _NUMBER.fullmatch(number)]


def voice(hosted: Hosted, event: Mapping[str, str]) -> Result:
    """Puts a call through to each in turn, over again; tells them, and the caller, when nobody came."""
    root, line = Element("Response"), event.get("To", "")
    done = int(event.get("round", "0"))
    rung = [number for number in chain(hosted, line) if number != event.get("From")]
    if event.get("DialBridged") == "true" or event.get("Direction") != "inbound":
        SubElement(root, "Hangup")
        return _result(root)
    if done >= _ROUNDS or not rung:
        _say(root, _NOBODY)
        SubElement(root, "Hangup")
        return _result(root, tuple((number, _MISSED) for number in rung))
    _say(root, _AGAIN if done else _PUTTING_THROUGH)
    dial = SubElement(root, "Dial", sequential="true", timeout="20", answerOnBridge="true", callerId=line)
    dial.set("action", f"voice?round={done + 1}")
    start = done % len(rung)  # one who answers and declines may end a round: the next begins with the next
    for number in [*rung[start:], *rung[:start]]:
        SubElement(dial, "Number", url="accept").text = number
    return _result(root)


def accept(hosted: Hosted, event: Mapping[str, str]) -> Result:
    """Asks whoever answered to press 1."""
    root, key = Element("Response"), event.get("Digits", "")
    if key == "2":
        SubElement(root, "Hangup")
    elif key != "1":
        asked = SubElement(root, "Gather", numDigits="1", finishOnKey="", timeout="5", action="accept")
        _say(asked, _ASKED)
        _say(asked, _ASKED)
        SubElement(root, "Hangup")
    return _result(root)


def sms(hosted: Hosted, event: Mapping[str, str]) -> Result:
    """Asks a caller to ring, and tells those on call; a practitioner's answer is answered with the truth."""
    root, sender = Element("Response"), event.get("From", "")
    told = chain(hosted, event.get("To", ""))
    if sender in told:
        SubElement(root, "Message").text = _NOT_TAKEN_IN
        return _result(root)
    if _NUMBER.fullmatch(sender):
        SubElement(root, "Message").text = _RING_US
    for number in told:
        SubElement(root, "Message", to=number).text = _TEXTED
    return _result(root)


def _say(parent: Element, words: str) -> None:
    SubElement(parent, "Say", _ENGLISH).text = words


def _result(root: Element, texts: tuple[tuple[str, str], ...] = ()) -> Result:
    return Result(tostring(root, encoding="unicode"), texts)


FUNCTIONS = {"voice": voice, "accept": accept, "sms": sms}
