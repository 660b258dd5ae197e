"""A caller's message played back: to a program with a token of the team, or on one call to one practitioner.

On a call the address opens for that call alone, while it lasts and for a few minutes; every play is on the record.
"""

import io
import re
import wave
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.calls.audio.signing import NotOurs, check, proof
from oncall.calls.models import Leg
from oncall.db.sealing import keyring_of
from oncall.errors import Conflict, NotFound
from oncall.incidents.actions import SERVICE, record
from oncall.incidents.models import CLOSED, Incident, Media
from oncall.incidents.queries import media
from oncall.paging.models import Outgoing
from oncall.paging.outbox import Kind
from oncall.paging.sending.media import MediaStore
from oncall.people.models import Practitioner
from oncall.telephony import twiml
from oncall.telephony.twiml import Verb

PURPOSE = "message"
OPEN_FOR = timedelta(minutes=10)
SOUND = re.compile(r"audio/[a-z0-9.+-]+")


class NoSuchMessage(NotFound):
    """There is no such message."""


class NotHereYet(Conflict):
    """The message is not here: it has not been fetched yet, or could not be."""


def messages_of(session: Session, incident: Incident) -> Sequence[Media]:
    """What the caller left by voice, oldest first, here already or not."""
    return [one for one in media(session, incident.id) if SOUND.fullmatch(one.content_type)]


def message_named(session: Session, incident: Incident, message_id: UUID) -> Media:
    """One message that is here. Raises NoSuchMessage, NotHereYet."""
    found = next((one for one in messages_of(session, incident) if one.id == message_id), None)
    if found is None:
        raise NoSuchMessage
    if found.state != "stored":
        raise NotHereYet
    return found


def seconds_of(sound: bytes) -> float | None:
    """How long a sound lasts; None if it is of a kind that does not say."""
    try:
        with wave.open(io.BytesIO(sound)) as file:
            frames, rate = int(file.getnframes()), int(file.getframerate())
    except (wave.Error, EOFError):
        return None
    return round(frames / rate, 1) if rate else None


def note_asked_for(session: Session, incident: Incident, *, token: str, at: datetime) -> None:
    """Writes down that a message was played to a program, by the name of its token."""
    said = f'A message of the caller was played through the API, to "{token}".'
    record(session, incident, at=at, kind="played", by=SERVICE, detail=said)


def played(session: Session, incident: Incident, *, to: Practitioner, call_id: UUID, at: datetime) -> list[Verb]:
    """Every message that is here, played on the page or leg `call_id`; nothing where there is none."""
    here = [one for one in messages_of(session, incident) if one.state == "stored"]
    if here:
        said = f"{to.name} was played what the caller left."
        record(session, incident, at=at, kind="played", by=to.slug, detail=said)
    return [twiml.play(_address(session, one, call_id=call_id, at=at)) for one in here]


def _address(session: Session, message: Media, *, call_id: UUID, at: datetime) -> str:
    words = (str(call_id), str(message.id), str(int((at + OPEN_FOR).timestamp())))
    given = proof(keyring_of(session), PURPOSE, *words)
    return f"{session.info['public_url']}/audio/{'/'.join((PURPOSE, *words, given))}"


def opened(session: Session, call_id: str, message_id: str, until: str, *, given: str, at: datetime) -> Media:
    """The message that an address opens now, on the call it was made for. Raises NotOurs."""
    check(keyring_of(session), given, PURPOSE, call_id, message_id, until)
    message = session.get(Media, UUID(message_id))
    if message is None or message.state != "stored" or not _may_hear(session, UUID(call_id), message):
        raise NotOurs
    if at > datetime.fromtimestamp(int(until), UTC):
        raise NotOurs
    return message


def sound_of(store: MediaStore, message: Media) -> bytes:
    """The sound itself, opened in memory. Raises NotHereYet."""
    try:
        return store.read(message.id)
    except FileNotFoundError:
        raise NotHereYet from None


def _may_hear(session: Session, call_id: UUID, message: Media) -> bool:
    """Whether that call still goes on, with somebody whom this incident still concerns."""
    incident = session.get_one(Incident, message.incident_id)
    if incident.status == CLOSED:
        return False
    row, leg = session.get(Outgoing, call_id), session.get(Leg, call_id)
    if row is not None and row.kind == Kind.PAGE_CALL:
        return row.settled_at is None and row.incident_id == incident.id
    return leg is not None and leg.ended_at is None and leg.practitioner_id == incident.holder_id is not None
