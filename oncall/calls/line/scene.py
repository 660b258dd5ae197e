"""A caller's line with all it concerns, held still while something is done to it; and the addresses asked about it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.calls.line.flow import CallState, Stage
from oncall.calls.models import Call, Leg
from oncall.errors import NotFound
from oncall.incidents.models import Incident
from oncall.people.models import Contact, Practitioner, Team
from oncall.telephony.twiml import Language

YOUNG_PERSON = "young_person"
"""A contact of this kind is never named aloud."""


class NoSuchCall(NotFound):
    """There is no such call."""


@dataclass(frozen=True)
class Line:
    """One caller's call, locked until the transaction ends."""

    session: Session
    team: Team
    incident: Incident
    call: Call
    at: datetime

    @property
    def state(self) -> CallState:
        return CallState.from_row(self.call.state)

    @property
    def is_caller_there(self) -> bool:
        """Whether the caller is on the line, whatever they hear."""
        return self.state.stage is not Stage.OVER and self.state.is_caller_there

    @property
    def languages(self) -> tuple[Language, ...]:
        """What the caller is spoken to in: their own language, or Welsh and English where it is not known."""
        match self.call.language:
            case "cy":
                return ("cy",)
            case "en":
                return ("en",)
            case _:
                return ("cy", "en")

    @property
    def contact(self) -> Contact | None:
        contact_id = self.incident.contact_id
        return self.session.get(Contact, contact_id) if contact_id else None

    @property
    def is_young(self) -> bool:
        contact = self.contact
        return contact is not None and contact.kind == YOUNG_PERSON

    @property
    def room(self) -> str:
        """The room's name at the network: ids only."""
        return f"{self.call.id}-{self.call.room}"

    def practitioner(self, person: str) -> Practitioner:
        return self.session.get_one(Practitioner, UUID(person))

    def first_name(self) -> str:
        """Who had the caller last, or is about to; empty where nobody has."""
        first = self.state.first
        return self.practitioner(first).name if first else ""


def find(session: Session, call_id: UUID, *, at: datetime) -> Line:
    """The line of a call, locked. Raises NoSuchCall."""
    wanted = select(Call).where(Call.id == call_id).with_for_update()
    call = session.scalars(wanted.execution_options(populate_existing=True)).first()
    if call is None:
        raise NoSuchCall
    return Line(session, session.get_one(Team, call.team_id), session.get_one(Incident, call.incident_id), call, at)


def call_of_sid(session: Session, sid: str) -> Call | None:
    """The call whose caller's own line this is."""
    return session.scalars(select(Call).where(Call.sid == sid)).first()


def live_call(session: Session, incident: Incident) -> Call | None:
    """The newest call about an incident whose caller's line has not ended."""
    live = select(Call).where(Call.incident_id == incident.id, Call.ended_at.is_(None))
    return session.scalars(live.order_by(Call.began_at.desc(), Call.id.desc()).limit(1)).first()


def legs_of(line: Line, *, person: str | None = None) -> list[Leg]:
    """The phones of a call that have not ended, oldest first: all, or one practitioner's."""
    live = select(Leg).where(Leg.call_id == line.call.id, Leg.ended_at.is_(None))
    if person is not None:
        live = live.where(Leg.practitioner_id == UUID(person))
    return list(line.session.scalars(live.order_by(Leg.rung_at, Leg.id)))


def call_path(call: Call, what: str) -> str:
    """What is asked about a caller's own line; the room is named, so that news of an older one is known as such."""
    return f"/twilio/voice/{call.id}/{call.room}/{what}"


def leg_path(leg_id: UUID, what: str) -> str:
    """What is asked about another phone's line."""
    return f"/twilio/leg/{leg_id}/{what}"


def address(session: Session, path: str) -> str:
    """The path at our public address."""
    return f"{session.info['public_url']}{path}"
