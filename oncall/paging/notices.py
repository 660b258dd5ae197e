"""What the service tells callers, practitioners and leads of its own accord, each once."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed
from oncall.incidents.actions import SERVICE, record
from oncall.incidents.models import Incident
from oncall.incidents.restricting import is_kept_from
from oncall.paging.models import Outgoing
from oncall.paging.outbox import About, Kind, Letter, ask
from oncall.paging.wording import caller_name, language_of, say
from oncall.paging.wording.caller import tell_caller
from oncall.people.models import LEAD_ROLES, Contact, Practitioner, Team
from oncall.people.reach import is_reachable_by_text

QUIET_FOR = timedelta(minutes=5)
"""A caller who writes again is answered again after this long without a word from us."""


def can_be_texted(incident: Incident) -> bool:
    """Whether there is a number to text the caller at; a withheld one, or a name in its place, is none."""
    return incident.phone is not None and incident.phone_index is not None


def answer_caller(session: Session, team: Team, incident: Incident, *, at: datetime) -> bool:
    """Answers a caller who texted, once, now that a page has gone out; False if that was done."""
    first = update(Incident).where(Incident.id == incident.id, Incident.caller_answered_at.is_(None))
    if changed(session, first.values(caller_answered_at=at)) == 0:
        return False
    session.refresh(incident)
    text_caller(session, team, incident, tell_caller(incident, "caller_answer"), at=at)
    return True


def answer_caller_again(session: Session, team: Team, incident: Incident, *, at: datetime) -> None:
    """Answers a further text while nobody has taken it yet, unless we wrote to the caller a moment ago."""
    last = _last_answer(session, incident)
    if last is not None and at - last >= QUIET_FOR:
        text_caller(session, team, incident, tell_caller(incident, "caller_still"), at=at)


def _last_answer(session: Session, incident: Incident) -> datetime | None:
    wrote = select(Outgoing.created_at).where(Outgoing.incident_id == incident.id)
    wrote = wrote.where(Outgoing.kind == Kind.CALLER_ANSWER).order_by(Outgoing.created_at.desc())
    return session.scalar(wrote.limit(1))


def tell_caller_nobody_yet(session: Session, team: Team, incident: Incident, *, at: datetime) -> None:
    """Tells a caller who has not been answered that nobody has been reached yet, and what to do meanwhile."""
    if incident.holder_id is None and _last_answer(session, incident) is None:
        sentence = "caller_nobody_rang" if incident.channel == "voice" else "caller_nobody"
        text_caller(session, team, incident, tell_caller(incident, sentence), at=at)


def tell_caller_who(
    session: Session, team: Team, incident: Incident, by: Practitioner, *, within: timedelta, at: datetime
) -> None:
    """Tells the caller who has it now and when to expect them."""
    minutes = max(1, round(within.total_seconds() / 60))
    text_caller(session, team, incident, tell_caller(incident, "caller_taken", name=by.name, minutes=minutes), at=at)


def text_caller(session: Session, team: Team, incident: Incident, body: str, *, at: datetime) -> None:
    """Texts the caller of an incident, if there is a number to text."""
    if can_be_texted(incident):
        letter = Letter(kind=Kind.CALLER_ANSWER, to=incident.phone or "", body=body)
        ask(session, letter, About(team_id=team.id, incident=incident), at=at)


def answer_staff(
    session: Session, team: Team, to: Practitioner, body: str, *, at: datetime, incident: Incident | None = None
) -> None:
    """Answers a practitioner by text."""
    letter = Letter(kind=Kind.STAFF_ANSWER, to=to.mobile or "", body=body)
    ask(session, letter, About(team_id=team.id, incident=incident, practitioner=to), at=at)


def tell_leads(session: Session, team: Team, sentence: str, about: Practitioner, *, at: datetime) -> None:
    """Texts every lead, but not the one it is about."""
    for lead in _leads(session, team):
        if lead.id != about.id:
            said = say(language_of(lead), sentence, name=about.name)
            letter = Letter(kind=Kind.LEAD_NOTICE, to=lead.mobile or "", body=said)
            ask(session, letter, About(team_id=team.id, practitioner=lead), at=at)


def tell_leads_of_caller(session: Session, team: Team, sentence: str, incident: Incident, *, at: datetime) -> None:
    """Texts every lead about a caller."""
    contact = session.get(Contact, incident.contact_id) if incident.contact_id else None
    for lead in _leads(session, team):
        if is_kept_from(incident, lead):
            continue
        language = language_of(lead)
        said = say(language, sentence, ref=incident.ref, caller=caller_name(contact, incident, language))
        letter = Letter(kind=Kind.LEAD_NOTICE, to=lead.mobile or "", body=said)
        ask(session, letter, About(team_id=team.id, incident=incident, practitioner=lead), at=at)


def _leads(session: Session, team: Team) -> list[Practitioner]:
    """The leads whom a text would reach."""
    leads = select(Practitioner).where(Practitioner.team_id == team.id, Practitioner.role.in_(LEAD_ROLES))
    return [lead for lead in session.scalars(leads) if is_reachable_by_text(lead)]


def note(session: Session, incident: Incident, *, at: datetime, kind: str, detail: str) -> None:
    """Adds a line of the service's own to the record."""
    record(session, incident, at=at, kind=kind, by=SERVICE, detail=detail)
