"""Taking a page and telling whoever took it what is expected of them next: the same by text and by key."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from oncall.incidents.models import Incident
from oncall.paging.actions import take
from oncall.paging.notices import answer_staff, can_be_texted
from oncall.paging.wording import caller_name, language_of, say
from oncall.people.models import Contact, Practitioner, Team


def take_and_answer(
    session: Session,
    team: Team,
    incident: Incident,
    *,
    by: Practitioner,
    at: datetime,
    contact_within: timedelta | None = None,
) -> None:
    """Takes it, or promises anew, and texts `by` what that means. Raises AlreadyTaken, AlreadyClosed."""
    held_before = incident.holder_id == by.id
    within = take(session, team, incident, by=by, at=at, contact_within=contact_within)
    contact = session.get(Contact, incident.contact_id) if incident.contact_id else None
    sentence = "taken" if can_be_texted(incident) else "taken_cannot_text"
    if held_before:
        sentence = "promised" if contact_within else "held_already"
    language = language_of(by)
    minutes = round(within.total_seconds() / 60)
    caller = caller_name(contact, incident, language)
    said = say(language, sentence, ref=incident.ref, caller=caller, minutes=minutes)
    answer_staff(session, team, by, said, at=at, incident=incident)
