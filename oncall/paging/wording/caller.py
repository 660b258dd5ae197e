"""What a caller is told by text: in their language, or in both when we do not know it; two segments at most.

Anyone may see it on a lock screen: it names no young person and says nothing of what was written.
"""

from unicodedata import combining, normalize

from oncall.incidents.models import Incident
from oncall.paging.wording import say
from oncall.telephony.segments import count_segments, is_gsm
from oncall.telephony.twiml import Language

AT_MOST = 2


def tell_caller(incident: Incident, sentence: str, /, **values: object) -> str:
    """The sentence of that name (or its `_short` form) for this incident's caller, in at most two segments.

    One letter outside the alphabet that fits 160 to a segment halves the room: a name gives up its accents first.
    """
    texts = [
        letters(" / ".join(say(language, form, **values) for language in _languages(incident)))
        for form in (sentence, f"{sentence}_short")
        for letters in (str, plain)
    ]
    return next((text for text in texts if count_segments(text) <= AT_MOST), texts[-1])


def plain(text: str) -> str:
    """`text` with each accent that needs another alphabet left out: `Siôn Llŷr` is `Sion Llyr`, `André` stays."""
    return "".join(letter if is_gsm(letter) else _bare(letter) for letter in text.replace("’", "'"))


def _bare(letter: str) -> str:
    return "".join(part for part in normalize("NFD", letter) if not combining(part))


def _languages(incident: Incident) -> list[Language]:
    if incident.language == "cy":
        return ["cy"]
    return ["en"] if incident.language == "en" else ["cy", "en"]
