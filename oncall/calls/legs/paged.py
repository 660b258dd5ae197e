"""A practitioner who took a page by call may ring the caller at once, on the same call."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.calls.legs.keys import take_and_speak
from oncall.calls.legs.phone import Phone
from oncall.calls.line.back import can_ring
from oncall.calls.line.phones import PAGED
from oncall.calls.models import Leg
from oncall.incidents.models import Incident
from oncall.incidents.restricting import Withheld
from oncall.paging import actions
from oncall.people.models import Practitioner, Team
from oncall.telephony import twiml
from oncall.telephony.twiml import Verb


def offer(  # noqa: PLR0913
    session: Session,
    team: Team,
    incident: Incident,
    *,
    to: Practitioner,
    row_id: UUID,
    sid: str,
    at: datetime,
    said: Verb,
) -> str:
    """What was said, and then the key that rings the caller; nothing more where their number is hidden."""
    if not can_ring(incident):
        return twiml.document(said, twiml.hang_up())
    leg = session.get(Leg, row_id)
    if leg is None:
        leg = Leg(id=row_id, team_id=team.id, practitioner_id=to.id, purpose=PAGED, sid=sid, rung_at=at, answered_at=at)
        session.add(leg)
        session.flush()
    phone = Phone(session, team, leg, to, incident, None, at)
    return phone.ask(said, keys=phone.said("page_keys"), action="page", last=phone.said("staff_goodbye"))


def pressed(phone: Phone, digits: str) -> str:
    """1 rings the caller, or joins them if they are on the line again."""
    if phone.incident is None or digits != "1":
        return phone.end("staff_goodbye")
    try:
        return take_and_speak(phone, phone.incident)
    except actions.AlreadyTaken as taken:
        return phone.end("already", name=taken.name)
    except (actions.AlreadyClosed, Withheld):
        return phone.end("closed")
