"""Words between a caller and the practitioner who holds their incident: neither sees the other's number."""

from datetime import datetime

from sqlalchemy.orm import Session

from oncall.incidents.actions import record
from oncall.incidents.models import Incident
from oncall.incidents.queries import media, received
from oncall.paging.models import Outgoing
from oncall.paging.notices import answer_staff, can_be_texted
from oncall.paging.outbox import About, Kind, Letter, ask
from oncall.paging.reaching import reach_otherwise
from oncall.paging.wording import caller_name, language_of, say
from oncall.people.models import Contact, Practitioner, Team
from oncall.people.reach import is_reachable_by_text
from oncall.telephony.segments import LONGEST, split


def relay_to_holder(
    session: Session, team: Team, incident: Incident, body: str, *, attachments: int, at: datetime
) -> None:
    """Sends a caller's further text to the holder, word for word after the ref; rings one who cannot be texted."""
    holder = session.get_one(Practitioner, incident.holder_id)
    if not is_reachable_by_text(holder):
        reach_otherwise(session, team, incident, holder, at=at)
        return
    parts = _notice(session, incident, holder) if holder.wants_notice_only else _words(incident, holder, body)
    if attachments:
        parts.append(_say(session, incident, holder, "relay_media", count=attachments))
    elif not parts:
        parts.append(_say(session, incident, holder, "relay_empty"))
    _send_in_order(session, team, incident, holder, parts, kind=Kind.HOLDER_RELAY, at=at)


def relay_to_caller(
    session: Session, team: Team, incident: Incident, words: str, *, by: Practitioner, at: datetime
) -> None:
    """Sends a practitioner's words to the caller from the team's number; that is contact once it has left."""
    if not can_be_texted(incident):
        answer_staff(session, team, by, say(language_of(by), "nobody_to_text", ref=incident.ref), at=at)
        return
    said = f"{by.name} to the caller: {words}"
    record(session, incident, at=at, kind="relayed", by=by.slug, detail=said)
    letter = Letter(kind=Kind.CALLER_RELAY, to=incident.phone or "", body=words)
    ask(session, letter, About(team_id=team.id, incident=incident, practitioner=by), at=at)


def read_out(session: Session, team: Team, incident: Incident, *, to: Practitioner, at: datetime) -> None:
    """Sends a practitioner what the caller wrote, exactly, in as many texts as it needs; the record says so."""
    written = [line.detail for line in received(session, incident.id)]
    parts = [part for words in written for part in split(words, at_most=LONGEST)]
    came = media(session, incident.id)
    spoken = sum(one.content_type.startswith("audio/") for one in came)
    if spoken:
        parts.append(say(language_of(to), "came_spoken", ref=incident.ref, count=spoken))
    if files := len(came) - spoken:
        parts.append(say(language_of(to), "came_with_media", ref=incident.ref, count=files))
    if not parts:
        parts = [say(language_of(to), "nothing_written", ref=incident.ref)]
    record(session, incident, at=at, kind="read", by=to.slug, detail=f"{to.name} was sent what the caller wrote.")
    _send_in_order(session, team, incident, to, parts, kind=Kind.STAFF_ANSWER, at=at)


def _words(incident: Incident, holder: Practitioner, body: str) -> list[str]:
    room = LONGEST - len(say(language_of(holder), "relay", ref=incident.ref, words=""))
    return [say(language_of(holder), "relay", ref=incident.ref, words=part) for part in split(body, at_most=room)]


def _notice(session: Session, incident: Incident, holder: Practitioner) -> list[str]:
    return [_say(session, incident, holder, "relay_notice")]


def _say(session: Session, incident: Incident, to: Practitioner, sentence: str, **values: object) -> str:
    contact = session.get(Contact, incident.contact_id) if incident.contact_id else None
    caller = caller_name(contact, incident, language_of(to))
    return say(language_of(to), sentence, ref=incident.ref, caller=caller, **values)


def _send_in_order(  # noqa: PLR0913
    session: Session, team: Team, incident: Incident, to: Practitioner, parts: list[str], *, kind: Kind, at: datetime
) -> None:
    before: Outgoing | None = None
    for part in parts:
        letter = Letter(kind=kind, to=to.mobile or "", body=part)
        before = ask(session, letter, About(team_id=team.id, incident=incident, practitioner=to, after=before), at=at)
        session.flush()
