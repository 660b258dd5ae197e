"""Every sentence that is spoken on the line: English in one place, Welsh in another, each in its own voice.

The two places hold the same names, which a test sees to; `scripts` renders both to a page that can be signed.
"""

from collections.abc import Sequence

from oncall.calls.wording.english import ENGLISH
from oncall.calls.wording.welsh import WELSH
from oncall.incidents.models import Incident
from oncall.paging.wording import caller_name
from oncall.people.models import Contact
from oncall.telephony import twiml
from oncall.telephony.twiml import Language, Verb

VOWELS = set("aeiou")
SENTENCES: dict[Language, dict[str, str]] = {"en": ENGLISH, "cy": WELSH}


def sentence(language: Language, name: str, /, **values: object) -> str:
    """The sentence of that name, with `values` in their places."""
    return SENTENCES[language][name].format(**values)


def spoken(languages: Sequence[Language], name: str, /, **values: object) -> list[Verb]:
    """The sentence aloud, in each of these languages by its own voice."""
    return [twiml.say(sentence(language, name, **values), language) for language in languages]


def listed(names: Sequence[str], language: Language) -> str:
    """Names as they are spoken: one, or several with an and."""
    if len(names) < 2:
        return names[0] if names else sentence(language, "someone")
    joint = "and_before_a_vowel" if names[-1][:1].lower() in VOWELS else "and"
    return f"{', '.join(names[:-1])} {sentence(language, joint)} {names[-1]}"


def spoken_caller(contact: Contact | None, incident: Incident, language: Language) -> str:
    """The caller as a practitioner hears of them; a young person is never named aloud."""
    if contact is not None and contact.kind == "young_person":
        return sentence(language, "a_young_person")
    return caller_name(contact, incident, language)
