"""What a caller is told by text: in their language, or in both when we do not know it; two segments at most.

Anyone may see it on a lock screen: it names no young person and says nothing of what was written.
"""

from collections.abc import Sequence

from oncall.incidents.models import Incident
from oncall.paging.wording import say
from oncall.telephony.segments import count_segments
from oncall.telephony.twiml import Language

AT_MOST = 2


def tell_caller(incident: Incident, sentence: str, /, **values: object) -> str:
    """The sentence of that name (or its `_short` form) for this incident's caller, in at most two segments."""
    languages = _languages(incident)
    forms: list[Sequence[str]] = [[sentence] * len(languages), [f"{sentence}_short"] * len(languages)]
    texts = [
        " / ".join(say(language, form, **values) for language, form in zip(languages, chosen, strict=True))
        for chosen in forms
    ]
    return next((text for text in texts if count_segments(text) <= AT_MOST), texts[-1])


def _languages(incident: Incident) -> list[Language]:
    if incident.language == "cy":
        return ["cy"]
    return ["en"] if incident.language == "en" else ["cy", "en"]
