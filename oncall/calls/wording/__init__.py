"""Every sentence that is spoken on the line: English in one place, Welsh in another, each in its own voice.

The two places hold the same names, which a test sees to; `scripts` renders both to a page that can be signed.
"""

from collections.abc import Sequence

from oncall.calls.wording.english import ENGLISH
from oncall.calls.wording.welsh import WELSH
from oncall.incidents.models import Incident
from oncall.paging.wording.english import ENGLISH as PAGING_ENGLISH
from oncall.paging.wording.welsh import WELSH as PAGING_WELSH
from oncall.people.models import Contact
from oncall.telephony.twiml import Language

PARTS = ("someone", "and", "a_young_person", "an_unknown_number", "a_hidden_number", "known_")
"""What these begin is only ever part of a sentence."""
VOWELS = set("aeiou")
SENTENCES: dict[Language, dict[str, str]] = {"en": ENGLISH, "cy": WELSH}


def sentence(language: Language, name: str, /, **values: object) -> str:
    """The sentence of that name, with `values` in their places."""
    return SENTENCES[language][name].format(**values)


def can_be_recorded(name: str) -> bool:
    """Whether a sentence is whole as it stands, with no place to fill and something to say."""
    found = [words[name] for words in (ENGLISH, WELSH, PAGING_ENGLISH, PAGING_WELSH) if name in words]
    is_sentence = (name in ENGLISH or name.startswith("call_")) and not name.startswith(PARTS)
    return is_sentence and all(words.strip() and "{" not in words for words in found)


def listed(names: Sequence[str], language: Language) -> str:
    """Names as they are spoken: one, or several with an and."""
    if len(names) < 2:
        return names[0] if names else sentence(language, "someone")
    joint = "and_before_a_vowel" if names[-1][:1].lower() in VOWELS else "and"
    return f"{', '.join(names[:-1])} {sentence(language, joint)} {names[-1]}"


def spoken_caller(contact: Contact | None, incident: Incident, language: Language) -> str:
    """The caller as a practitioner hears of them; a young person is never named aloud."""
    if contact is None:
        return sentence(language, "an_unknown_number" if incident.phone_index else "a_hidden_number")
    return sentence(language, "a_young_person") if contact.kind == "young_person" else contact.name
