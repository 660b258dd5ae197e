"""Which incident a practitioner's command means: the one its ref names, or the only one that is open for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.incidents.models import ACKNOWLEDGED, CLOSED, OPEN, Incident
from oncall.incidents.queries import NoSuchIncident, by_ref, held_by
from oncall.incidents.restricting import is_kept_from
from oncall.paging.models import Escalation, Outgoing
from oncall.paging.outbox import PAGES
from oncall.paging.policy import Phase
from oncall.paging.wording import caller_name, clock_time, language_of, say, severity_word
from oncall.people.models import Contact, Practitioner, Team
from oncall.texts.flow import Command, Verb

REMEMBERED_FOR = timedelta(hours=12)
"""How long a bare answer to a page that is over is told what became of it."""
DIGITS = {Verb.TAKE: "1", Verb.PASS_ON: "2", Verb.READ: "3", Verb.CARD: "CARD"}


@dataclass(frozen=True)
class Desk:
    """Who is answering, in which team, when."""

    session: Session
    team: Team
    by: Practitioner
    at: datetime

    def paged(self) -> Sequence[Incident]:
        """Every incident this practitioner has been paged for lately, oldest first."""
        pages = select(Outgoing.incident_id).where(
            Outgoing.practitioner_id == self.by.id, Outgoing.kind.in_(PAGES), Outgoing.state != "cancelled"
        )
        lately = (Incident.status != CLOSED) | (Incident.closed_at > self.at - REMEMBERED_FOR)
        incidents = select(Incident).where(Incident.team_id == self.team.id, Incident.id.in_(pages), lately)
        found = self.session.scalars(incidents.order_by(Incident.opened_at, Incident.id))
        return [incident for incident in found if not is_kept_from(incident, self.by)]

    def waiting(self) -> list[Incident]:
        """What waits for this practitioner: paged to them and taken by nobody, or whose holder made no contact."""
        return [incident for incident in self.paged() if self._waits(incident)]

    def _waits(self, incident: Incident) -> bool:
        if incident.status != ACKNOWLEDGED or incident.holder_id == self.by.id:
            return incident.status == OPEN
        phase = select(Escalation.state["phase"].as_string()).where(Escalation.incident_id == incident.id)
        return self.session.scalar(phase) == Phase.PAGING


def choose(desk: Desk, command: Command) -> Incident | str:
    """The incident meant, or the sentence that says why none is."""
    if command.ref:
        missing = say(language_of(desk.by), "no_such_ref", ref=command.ref, open=_open_for(desk))
        return find_ref(desk, command.ref) or missing
    candidates = _candidates(desk, command.verb)
    if len(candidates) == 1:
        return candidates[0]
    return _which(desk, command, candidates) if candidates else _what_became(desk)


def find_ref(desk: Desk, ref: str) -> Incident | None:
    """The team's newest incident with that ref, if there is one."""
    try:
        found = by_ref(desk.session, team_id=desk.team.id, ref=ref)
    except NoSuchIncident:
        return None
    return None if is_kept_from(found, desk.by) else found


def _candidates(desk: Desk, verb: Verb) -> list[Incident]:
    waiting, all_held = desk.waiting(), held_by(desk.session, practitioner_id=desk.by.id)
    held = [incident for incident in all_held if not is_kept_from(incident, desk.by)]
    if verb is Verb.READ:
        return waiting + [incident for incident in held if incident not in waiting]
    return held or waiting if verb is Verb.CARD else waiting or held


def _which(desk: Desk, command: Command, candidates: list[Incident]) -> str:
    minutes = f" {command.minutes}" if command.minutes else ""
    example = f"{DIGITS[command.verb]} {candidates[0].ref}{minutes}"
    return say(language_of(desk.by), "which", refs=listed(desk, candidates), example=example)


def _what_became(desk: Desk) -> str:
    paged = desk.paged()
    return why_not_theirs(desk, paged[-1]) if paged else say(language_of(desk.by), "none_open")


def why_not_theirs(desk: Desk, incident: Incident) -> str:
    """Why this practitioner does not hold it: closed, with somebody else, or taken by nobody yet."""
    language, ref = language_of(desk.by), incident.ref
    if incident.status == CLOSED:
        return say(language, "closed", ref=ref, time=clock_time(desk.team, incident.closed_at or desk.at))
    if incident.holder_id is None:
        return say(language, "not_taken", ref=ref)
    holder = desk.session.get_one(Practitioner, incident.holder_id)
    time = clock_time(desk.team, incident.acknowledged_at or desk.at)
    return say(language, "already_taken", ref=ref, name=holder.name, time=time)


def _open_for(desk: Desk) -> str:
    language = language_of(desk.by)
    candidates = _candidates(desk, Verb.READ)
    return say(language, "open_some", refs=listed(desk, candidates)) if candidates else say(language, "open_none")


def listed(desk: Desk, incidents: Sequence[Incident]) -> str:
    """Incidents as a practitioner can tell them apart: ref, caller, severity."""
    language = language_of(desk.by)
    contacts = {i.id: desk.session.get(Contact, i.contact_id) if i.contact_id else None for i in incidents}
    return ", ".join(
        f"{i.ref} ({caller_name(contacts[i.id], i, language)}, {severity_word(i.severity, language)})"
        for i in incidents
    )
