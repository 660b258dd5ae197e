"""How long words take to say, and which voices speak which language.

A voice that does not speak the language asked of it says nothing: the document fails, as it does in life.
"""

from datetime import timedelta

from oncall.lab.twiml.script.document import BadDocument

_LETTERS_A_SECOND = 12
_BASIC = frozenset({"", "en", "en-US", "en-GB", "es", "fr", "de"})
_VOICES = {
    "": _BASIC | {"cy-GB", "en-GB-WLS"},
    "man": _BASIC,
    "woman": _BASIC,
    "alice": _BASIC,
    "Polly.Amy": frozenset({"", "en-GB"}),
    "Polly.Emma": frozenset({"", "en-GB"}),
    "Polly.Brian": frozenset({"", "en-GB"}),
    "Polly.Gwyneth": frozenset({"", "cy-GB"}),
    "Polly.Geraint": frozenset({"", "en-GB-WLS"}),
}
_NEURAL = frozenset({"Polly.Amy", "Polly.Emma", "Polly.Brian"})


def check_voice(voice: str, language: str) -> None:
    """Raises `BadDocument` with 13511 for an unknown voice, 13512 for a language it does not speak."""
    name = voice.removesuffix("-Neural")
    if name not in _VOICES or (name != voice and name not in _NEURAL):
        raise BadDocument(13511)
    if language not in _VOICES[name]:
        raise BadDocument(13512)


def speaking_time(text: str) -> timedelta:
    """How long saying a text takes."""
    return timedelta(seconds=len(text) / _LETTERS_A_SECOND)
