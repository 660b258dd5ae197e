"""What a practitioner does with a page or an incident, the same whether by text, by key, through the API or a page.

Each holds the escalation while it acts, so two who press 1 in the same instant are told apart by one guarded UPDATE.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from oncall.errors import Conflict
from oncall.incidents import actions as record
from oncall.incidents.models import CLOSED, OPEN, Incident
from oncall.incidents.restricting import check_may_see
from oncall.paging.alarms import clear_alarm
from oncall.paging.contact import contact_made
from oncall.paging.escalation import advance, locked, state_of
from oncall.paging.ladders import policy_of
from oncall.paging.models import Escalation
from oncall.paging.notices import tell_caller_who
from oncall.paging.outbox import pages_of
from oncall.paging.policy import Closed, PassedOn, Phase, SeverityLowered, SeverityRaised, Taken
from oncall.paging.wording import clock_time
from oncall.people.models import Practitioner, Team
from oncall.people.severity import Severity

PROMISE_MINUTES = range(1, 721)


class AlreadyTaken(Conflict):
    """Somebody else has it."""

    def __init__(self, holder: Practitioner, *, at: datetime, team: Team) -> None:
        self.name, self.time = holder.name, clock_time(team, at)
        super().__init__(f"{self.name} has it, since {self.time}.")


class AlreadyClosed(Conflict):
    """It is closed."""

    def __init__(self, incident: Incident, team: Team) -> None:
        self.time = clock_time(team, incident.closed_at or incident.opened_at)
        super().__init__(f"It is closed, since {self.time}.")


class NotPaged(Conflict):
    """It is not waiting for this practitioner."""


def take(
    session: Session,
    team: Team,
    incident: Incident,
    *,
    by: Practitioner,
    at: datetime,
    contact_within: timedelta | None = None,
) -> timedelta:
    """Makes `by` the holder; a promise takes the place of the severity's time for contact. Gives the time that counts.

    The holder may take it again, to promise anew. Raises AlreadyTaken, AlreadyClosed.
    """
    check_may_see(incident, by)
    row = _held_still(session, team, incident)
    within = contact_within or policy_of(team)[Severity(incident.severity)].contact_within
    is_anew = incident.holder_id == by.id
    if not is_anew:
        _win(session, team, incident, row, by=by, at=at)
    if not is_anew or contact_within:
        promised = (
            f" and promised contact within {round(within.total_seconds() / 60)} minutes" if contact_within else ""
        )
        said = f"{by.name} {'has it' if is_anew else 'took it'}{promised}."
        record.record(session, incident, at=at, kind="promised" if is_anew else "acknowledged", by=by.slug, detail=said)
        if incident.channel == "sms" and state_of(row).phase is not Phase.WAITING:  # who rang is rung, not texted
            tell_caller_who(session, team, incident, by, within=within, at=at)
    advance(session, team, incident, Taken(str(by.id), contact_within), at=at)
    return within


def _win(session: Session, team: Team, incident: Incident, row: Escalation, *, by: Practitioner, at: datetime) -> None:
    instead_of = incident.holder_id if state_of(row).resumed else None
    if not record.take(session, incident, by=by, at=at, instead_of=instead_of):
        if incident.status == CLOSED:
            raise AlreadyClosed(incident, team)
        holder = session.get_one(Practitioner, incident.holder_id)
        raise AlreadyTaken(holder, at=incident.acknowledged_at or at, team=team)
    clear_alarm(session, "nobody_reachable", subject=str(incident.id), at=at)


def _held_still(session: Session, team: Team, incident: Incident) -> Escalation:
    row = locked(session, incident.id)
    session.refresh(incident)
    if incident.status == CLOSED:
        raise AlreadyClosed(incident, team)
    return row


def pass_on(session: Session, team: Team, incident: Incident, *, by: Practitioner, at: datetime) -> None:
    """Passes it on at once; a holder stays the holder until somebody else takes it.

    Raises AlreadyTaken, AlreadyClosed, NotPaged.
    """
    check_may_see(incident, by)
    row = _held_still(session, team, incident)
    if incident.holder_id != by.id:
        _check_is_free(session, team, incident, row)
        if not pages_of(session, incident.id, practitioner_id=by.id):
            raise NotPaged
    record.record(session, incident, at=at, kind="passed_on", by=by.slug, detail=f"{by.name} passed it on.")
    advance(session, team, incident, PassedOn(str(by.id)), at=at)


def check_may_read(session: Session, team: Team, incident: Incident, *, by: Practitioner) -> None:
    """What a caller wrote is for the holder, and while nobody holds it for those it was paged to.

    Raises AlreadyTaken, AlreadyClosed, NotPaged.
    """
    check_may_see(incident, by)
    row = _held_still(session, team, incident)
    if incident.holder_id == by.id:
        return
    _check_is_free(session, team, incident, row)
    if not pages_of(session, incident.id, practitioner_id=by.id):
        raise NotPaged


def _check_is_free(session: Session, team: Team, incident: Incident, row: Escalation) -> None:
    if incident.holder_id is not None and not state_of(row).resumed:
        holder = session.get_one(Practitioner, incident.holder_id)
        raise AlreadyTaken(holder, at=incident.acknowledged_at or incident.opened_at, team=team)


def contacted(session: Session, team: Team, incident: Incident, *, by: Practitioner, how: str, at: datetime) -> None:
    """Notes the practitioner's word that the caller was reached. Raises NotTaken, AlreadyClosed."""
    _held_still(session, team, incident)
    if incident.status == OPEN:
        raise record.NotTaken
    if not contact_made(session, incident, by, how=how, at=at):
        record.record(
            session, incident, at=at, kind="contacted", by=by.slug, detail=f"{by.name} was in contact: {how}."
        )


def close(
    session: Session, team: Team, incident: Incident, closing: record.Closing, *, by: Practitioner, at: datetime
) -> None:
    """Closes what `by` holds. Raises NotTaken, HeldByAnother, AlreadyClosed."""
    _held_still(session, team, incident)
    record.close(session, incident, closing, by=by, at=at)
    advance(session, team, incident, Closed(), at=at)


def raise_severity(session: Session, team: Team, incident: Incident, *, to: Severity, at: datetime) -> bool:
    """Raises the severity and pages by it; False if it was as high already. Nothing here lowers one."""
    locked(session, incident.id)
    session.refresh(incident)
    if incident.status == CLOSED or not record.raise_severity(session, incident, to=to):
        return False
    record.record(session, incident, at=at, kind="severity", by=record.SERVICE, detail=f"Severity raised to {to}.")
    advance(session, team, incident, SeverityRaised(to), at=at)
    return True


def judge_severity(  # noqa: PLR0913 - who, what and why
    session: Session, team: Team, incident: Incident, *, by: Practitioner, to: Severity, why: str, at: datetime
) -> bool:
    """Sets the severity as a person judges it, higher or lower, with their reason; False if it is so already.

    Only here is one ever lowered. Raises AlreadyClosed.
    """
    _held_still(session, team, incident)
    before = Severity(incident.severity)
    if to == before:
        return False
    incident.severity = to.value
    session.flush()
    word = "raised" if to > before else "lowered"
    said = f"{by.name} {word} the severity from {before} to {to}: {why}"
    record.record(session, incident, at=at, kind="severity", by=by.slug, detail=said)
    advance(session, team, incident, SeverityRaised(to) if to > before else SeverityLowered(to), at=at)
    return True


def waits_for_a_holder(session: Session, incident: Incident) -> bool:
    """Whether it may be taken although somebody holds it: that one made no contact, or passed it on."""
    return state_of(locked(session, incident.id)).resumed
