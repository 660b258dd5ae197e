"""A phone beside a caller's line with all it concerns, held still while something is done with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.calls.audio.prompts import aloud
from oncall.calls.line.scene import Line, address, call_path, leg_path
from oncall.calls.line.scene import find as find_line
from oncall.calls.models import Leg
from oncall.calls.wording import sentence, spoken_caller
from oncall.errors import NotFound
from oncall.incidents.models import Incident
from oncall.paging.models import Outgoing
from oncall.paging.wording import language_of
from oncall.paging.wording import say as say_of_paging
from oncall.people.models import Contact, Practitioner, Team
from oncall.telephony import twiml
from oncall.telephony.twiml import Language, Verb

ASKED_TIMES = 3
"""How often the keys are named before the call ends by itself."""


class NoSuchLeg(NotFound):
    """There is no such call."""


@dataclass(frozen=True)
class Phone:
    """One practitioner's phone. `line` is the caller's call it belongs to, if there is one yet."""

    session: Session
    team: Team
    leg: Leg
    by: Practitioner
    incident: Incident | None
    line: Line | None
    at: datetime

    @property
    def person(self) -> str:
        return str(self.by.id)

    @property
    def language(self) -> Language:
        return language_of(self.by)

    def caller(self, incident: Incident) -> str:
        """The caller as this practitioner hears of them."""
        contact = self.session.get(Contact, incident.contact_id) if incident.contact_id else None
        return spoken_caller(contact, incident, self.language)

    def severity(self, incident: Incident) -> str:
        return say_of_paging(self.language, f"severity_spoken_{incident.severity}")

    def said(self, name: str, /, **values: object) -> list[Verb]:
        """A sentence, spoken in the practitioner's language."""
        return aloud(self.session, self.team, [self.language], name, **values)

    def words(self, name: str, /, **values: object) -> str:
        return sentence(self.language, name, **values)

    def ask(self, *prompts: Verb, keys: list[Verb], action: str = "key", last: list[Verb] | None = None) -> str:
        """Prompts and keys at once, the keys again, then an end; any key goes to `action`."""
        url = address(self.session, leg_path(self.leg.id, action))
        again = [twiml.gather(*keys, action=url) for _ in range(ASKED_TIMES - 1)]
        ending = last if last is not None else self.said("no_key")
        return twiml.document(twiml.gather(*prompts, *keys, action=url), *again, *ending, twiml.hang_up())

    def end(self, name: str, /, **values: object) -> str:
        """A last sentence."""
        return twiml.document(*self.said(name, **values), twiml.hang_up())

    def room(self, line: Line, *words: Verb) -> str:
        """Joins the caller's room; leaving it by `*` asks what to do."""
        joined = twiml.conference(
            line.room,
            left_url=address(self.session, leg_path(self.leg.id, "left")),
            wait_url=address(self.session, leg_path(self.leg.id, "wait")),
            status_url=address(self.session, call_path(line.call, "room")),
        )
        return twiml.document(*words, joined)


def find(session: Session, leg_id: UUID, *, at: datetime) -> Phone:
    """The phone with that id, its caller's line locked. Raises NoSuchLeg."""
    leg = session.get(Leg, leg_id)
    if leg is None or leg.practitioner_id is None:
        raise NoSuchLeg
    line = find_line(session, leg.call_id, at=at) if leg.call_id else None
    session.refresh(leg)
    team = session.get_one(Team, leg.team_id)
    by = session.get_one(Practitioner, leg.practitioner_id)
    return Phone(session, team, leg, by, line.incident if line else _incident(session, leg), line, at)


def _incident(session: Session, leg: Leg) -> Incident | None:
    row = session.get(Outgoing, leg.id)
    return session.get(Incident, row.incident_id) if row is not None and row.incident_id else None
