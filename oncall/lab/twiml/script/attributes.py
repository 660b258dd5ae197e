"""The attributes of verbs and nouns: which there are, and how a number or a yes is read from one.

An attribute nobody knows is a warning (12200) and nothing more, as it is in life; a number that is none is an error.
"""

from xml.etree.ElementTree import Element

from oncall.lab.twiml.script.document import BadDocument

_SPOKEN = {"voice", "language", "loop"}
_STATUS = {"statusCallback", "statusCallbackMethod", "statusCallbackEvent"}
_RECORDED = {"recordingStatusCallback", "recordingStatusCallbackMethod", "recordingStatusCallbackEvent"}
_KNOWN: dict[str, frozenset[str]] = {
    "Say": frozenset(_SPOKEN),
    "Play": frozenset({"loop", "digits"}),
    "Pause": frozenset({"length"}),
    "Redirect": frozenset({"method"}),
    "Hangup": frozenset(),
    "Reject": frozenset({"reason"}),
    "Gather": frozenset(
        {"input", "action", "method", "timeout", "numDigits", "finishOnKey", "actionOnEmptyResult", "bargeIn"}
        | {"language", "speechTimeout", "hints", "speechModel", "profanityFilter", "enhanced", "partialResultCallback"}
    ),
    "Record": frozenset(
        {"action", "method", "timeout", "finishOnKey", "maxLength", "playBeep", "trim", "transcribe"}
        | {"transcribeCallback"}
        | _RECORDED
    ),
    "Dial": frozenset(
        {"action", "method", "timeout", "hangupOnStar", "timeLimit", "callerId", "answerOnBridge", "sequential"}
        | {"record", "recordingTrack", "trim", "ringTone", "referUrl", "referMethod"}
        | _RECORDED
    ),
    "Number": frozenset({"url", "method", "sendDigits", "byoc", *_STATUS}),
    "Conference": frozenset(
        {"muted", "beep", "startConferenceOnEnter", "endConferenceOnExit", "participantLabel", "jitterBufferSize"}
        | {"waitUrl", "waitMethod", "maxParticipants", "record", "region", "trim", "coach", "eventCallbackUrl"}
        | _STATUS
        | _RECORDED
    ),
}


def unknown_attributes(verb: Element) -> list[str]:
    """The attributes of a verb and what is in it that no document knows."""
    return [name for each in verb.iter() for name in each.attrib if name not in _KNOWN.get(each.tag, frozenset())]


def whole(verb: Element, name: str, default: int) -> int:
    raw = verb.get(name, str(default))
    if not (raw.isascii() and raw.isdigit()):
        raise BadDocument(12200)
    return int(raw)


def flag(verb: Element, name: str, *, default: bool) -> bool:
    return verb.get(name, str(default)).lower() == "true"
