"""A guidance card to the practitioner who asked for it, from the team's number to their own phone.

One rule: the text is the card's words alone, with nothing of the caller, the young person or their plan.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.guidance.gathering import guidance_for
from oncall.guidance.wording import as_text, show
from oncall.incidents.actions import record
from oncall.incidents.models import Incident
from oncall.paging.notices import answer_staff
from oncall.paging.wording import language_of
from oncall.people.models import Practitioner, Team


def send_card(session: Session, team: Team, incident: Incident, *, to: Practitioner, at: datetime) -> None:
    """Sends the card that comes first for the incident; the record says which one and which version."""
    guidance = guidance_for(session, team, incident, reader=to)
    card, today = guidance.cards[0], at.astimezone(ZoneInfo(team.time_zone)).date()
    shown = show(card, mode=guidance.mode, language=language_of(to), today=today)
    said = f"{to.name} was sent the guidance card {card.title['en']}, version {card.version}."
    record(session, incident, at=at, kind="guidance", by=to.slug, detail=said)
    answer_staff(session, team, to, as_text(shown), at=at, incident=incident)
