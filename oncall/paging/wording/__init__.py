"""Every sentence of paging that a person hears or reads: English in one place, Welsh in another.

`say` picks the sentence; the two places hold the same names, which a test sees to.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from oncall.incidents.models import Incident
from oncall.paging.wording.english import ENGLISH
from oncall.paging.wording.welsh import WELSH
from oncall.people.models import Contact, Practitioner, Team
from oncall.telephony.twiml import Language

SENTENCES: dict[Language, dict[str, str]] = {"en": ENGLISH, "cy": WELSH}


def say(language: Language, sentence: str, /, **values: object) -> str:
    """The sentence of that name, with `values` in their places."""
    return SENTENCES[language][sentence].format(**values)


def language_of(practitioner: Practitioner) -> Language:
    """The language a practitioner is addressed in: the first they named that we speak."""
    return "cy" if practitioner.languages and practitioner.languages[0] == "cy" else "en"


def caller_name(contact: Contact | None, incident: Incident, language: Language) -> str:
    """The caller as a practitioner's phone shows them: a name, or that the number is unknown, never the number.

    A young person is never named on a phone, also when it is they who wrote.
    """
    if contact is not None:
        return say(language, "young_person") if contact.kind == "young_person" else contact.name
    return say(language, "unknown_number" if incident.phone_index else "withheld_number")


def clock_time(team: Team, at: datetime) -> str:
    """An instant as the team's clocks show it: `02:14`."""
    return at.astimezone(ZoneInfo(team.time_zone)).strftime("%H:%M")


def severity_word(severity: str, language: Language) -> str:
    """How a severity is named on a phone."""
    return say(language, f"severity_{severity}")
