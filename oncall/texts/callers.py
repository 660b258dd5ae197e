"""A caller's text: recorded exactly, joined to what they have open or opening something new, and paged to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.db.claims import serialize
from oncall.db.sealing import keyring_of
from oncall.incidents import queries
from oncall.incidents.actions import CALLER, SERVICE, FlagChange, change_flag, open_incident, record
from oncall.incidents.models import Incident, Media
from oncall.incidents.restricting import ALLEGATION, named_in
from oncall.incidents.suggesting import Assessment, assess
from oncall.paging.actions import raise_severity
from oncall.paging.alarms import raise_alarm
from oncall.paging.escalation import begin, can_be_joined
from oncall.paging.leads.restricting import mark, restrict
from oncall.paging.notices import answer_caller_again, tell_leads_of_caller
from oncall.paging.outbox import About, Kind, Letter, ask
from oncall.people.directory import directory_of, present
from oncall.people.models import Contact, Team
from oncall.telephony.numbers import is_number
from oncall.texts.flow import Keyword, read
from oncall.texts.relays import relay_to_holder

STOPS_TEXTS = Keyword("stop")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that came with a text: where it can be fetched, and what it is said to be."""

    url: str
    content_type: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """A text as it came in. `sender` is whatever the network showed: a number, a short code, a name, a withheld id."""

    key: str
    sender: str
    to: str
    body: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Caller:
    """Who wrote: `indexes` are empty for a sender who cannot be told apart or written back to."""

    contact: Contact | None
    indexes: Sequence[str]


def receive(session: Session, team: Team, message: Message, *, at: datetime) -> Incident:
    """Takes in a caller's text; gives the incident it belongs to, which has been paged."""
    caller = _caller(session, team, message)
    key = caller.contact.id.hex if caller.contact else next(iter(caller.indexes), message.key)
    serialize(session, f"caller:{team.id.hex}:{key}")
    contact_id = caller.contact.id if caller.contact else None
    last = queries.last_of_caller(session, team, contact_id=contact_id, phone_indexes=caller.indexes)
    assessment = assess(session, message.body, attachments=len(message.attachments))
    if last is not None and can_be_joined(session, last) and not _is_to_be_kept_apart(last, assessment):
        incident = last
        _join(session, team, incident, message, assessment, at=at)
    else:
        incident = _open(session, team, caller, message, assessment, last, at=at)
    if caller.indexes and read(message.body) == STOPS_TEXTS:
        _note_block(session, team, incident, at=at)
    return incident


def _note_block(session: Session, team: Team, incident: Incident, *, at: datetime) -> None:
    """The network keeps our texts from a caller who sent it this word: a lead hears of it, and no door is closed."""
    said = "The caller has blocked texts from this line (STOP): they can only be rung."
    record(session, incident, at=at, kind="blocked", by=CALLER, detail=said)
    tell_leads_of_caller(session, team, "lead_caller_opted_out", incident, at=at)


def _caller(session: Session, team: Team, message: Message) -> Caller:
    if not is_number(message.sender):
        return Caller(None, ())
    contact = directory_of(session, team_id=team.id).contact_by_phone(session, message.sender)
    return Caller(contact, keyring_of(session).indexes(message.sender))


def _open(  # noqa: PLR0913
    session: Session,
    team: Team,
    caller: Caller,
    message: Message,
    assessment: Assessment,
    last: Incident | None,
    *,
    at: datetime,
) -> Incident:
    incident = open_incident(
        session,
        team,
        at=at,
        follows=last,
        channel="sms",
        severity=assessment.severity.value,
        language=caller.contact.language if caller.contact else None,
        contact_id=caller.contact.id if caller.contact else None,
        young_person_id=directory_of(session, team_id=team.id).young_person_of(caller.contact),
        phone=message.sender,
        phone_index=next(iter(caller.indexes), None),
    )
    if last is not None:
        record(session, incident, at=at, kind="follows", by=SERVICE, detail=f"Follows {last.ref}.")
    if assessment.suggests(ALLEGATION):
        _keep_to_leads(session, team, incident, message, at=at)
    _write_down(session, incident, message, assessment, at=at)
    begin(session, team, incident, at=at)
    return incident


def _is_to_be_kept_apart(incident: Incident, assessment: Assessment) -> bool:
    """An allegation against staff never joins what the team can see: it is an incident of its own, for leads."""
    return assessment.suggests(ALLEGATION) and incident.restricted is None


def _keep_to_leads(session: Session, team: Team, incident: Incident, message: Message, *, at: datetime) -> None:
    mark(session, team, incident, named=_named(session, team, message))
    said = "For leads only: it may hold an allegation against a member of staff."
    record(session, incident, at=at, kind="restricted", by=SERVICE, detail=said)


def _join(
    session: Session, team: Team, incident: Incident, message: Message, assessment: Assessment, *, at: datetime
) -> None:
    incident.last_contact_at = at
    if assessment.suggests(ALLEGATION):
        named = _named(session, team, message)
        restrict(session, team, incident, named=named, by=SERVICE, why="a further text about staff", at=at)
    _follow_phone(session, incident, message, at=at)
    _write_down(session, incident, message, assessment, at=at)
    raised = raise_severity(session, team, incident, to=assessment.severity, at=at)
    if incident.holder_id is not None:
        relay_to_holder(session, team, incident, message.body, attachments=len(message.attachments), at=at)
    elif not raised:
        answer_caller_again(session, team, incident, at=at)


def _follow_phone(session: Session, incident: Incident, message: Message, *, at: datetime) -> None:
    """A caller who writes from another of their phones is answered there from now on."""
    if message.sender != incident.phone:
        incident.phone, incident.phone_index = message.sender, keyring_of(session).index(message.sender)
        record(session, incident, at=at, kind="phone", by=SERVICE, detail="The caller writes from another phone now.")


def _named(session: Session, team: Team, message: Message) -> list[UUID]:
    staff = [present(session, person) for person in directory_of(session, team_id=team.id).practitioners]
    return [person.id for person in named_in(message.body, staff)]


def _write_down(
    session: Session, incident: Incident, message: Message, assessment: Assessment, *, at: datetime
) -> None:
    record(session, incident, at=at, kind="received", by=CALLER, detail=message.body)
    _assessed(session, incident, assessment, at=at)
    for attachment in message.attachments:
        _attach(session, incident, attachment, at=at)
    if message.attachments:
        said = "What came with the words has not been looked at by the service: a person must."
        record(session, incident, at=at, kind="assessment", by=SERVICE, detail=said)


def _assessed(session: Session, incident: Incident, assessment: Assessment, *, at: datetime) -> None:
    for suggestion in assessment.suggestions:
        change = FlagChange(flag=suggestion.flag, state="suggested", phrase=suggestion.phrase)
        change_flag(session, incident, change, by=SERVICE, at=at)
    if assessment.failure is not None:
        raise_alarm(
            session,
            "suggester_failed",
            subject=str(incident.id),
            at=at,
            detail=f"{assessment.failure} It is treated as {assessment.severity}.",
            team_id=incident.team_id,
        )
    if not assessment.was_assessed:
        said = f"No risk has been assessed yet. It is treated as {assessment.severity}."
        record(session, incident, at=at, kind="assessment", by=SERVICE, detail=said)


def _attach(session: Session, incident: Incident, attachment: Attachment, *, at: datetime) -> None:
    media = Media(
        team_id=incident.team_id,
        incident_id=incident.id,
        at=at,
        content_type=attachment.content_type,
        url=attachment.url,
        state="waiting",
    )
    session.add(media)
    session.flush()
    record(
        session, incident, at=at, kind="media", by=CALLER, detail=f"A file came with it ({attachment.content_type})."
    )
    letter = Letter(kind=Kind.MEDIA, to=attachment.url)
    ask(session, letter, About(team_id=incident.team_id, incident=incident, media_id=media.id), at=at)
