"""What follows when something has left, has arrived or has failed: lines in the record, answers, the next page."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from oncall.incidents.actions import unmark_contacted
from oncall.incidents.models import CLOSED, Incident
from oncall.paging.alarms import raise_alarm
from oncall.paging.contact import contact_made, contact_undone
from oncall.paging.escalation import advance
from oncall.paging.models import Outgoing
from oncall.paging.notices import answer_caller, answer_staff, note
from oncall.paging.outbox import PAGES, Kind, Way, ask_again
from oncall.paging.policy import Channel, PageFailed
from oncall.paging.reaching import mark_number_dead, mark_opted_out, reach_otherwise
from oncall.paging.wording import caller_name, language_of, say
from oncall.people.models import Contact, Practitioner, Team
from oncall.telephony.codes import Verdict

CHECK_AFTER = {Way.TEXT.value: timedelta(seconds=60), Way.CALL.value: timedelta(seconds=90)}
RETRY_AFTER = timedelta(seconds=10)
LEFT = {
    Kind.PAGE_TEXT: "Texted {whom}.",
    Kind.PAGE_CALL: "Rang {whom}.",
    Kind.RING: "Rang {whom}.",
    Kind.DIAL_CALLER: "Rang the caller.",
    Kind.CALLER_ANSWER: "Answered the caller by text.",
    Kind.CALLER_RELAY: "Sent {whom}'s words to the caller.",
    Kind.HOLDER_RELAY: "Sent the caller's words to {whom}.",
}
ARRIVED = {
    Kind.PAGE_TEXT: "The text to {whom} was delivered.",
    Kind.CALLER_ANSWER: "The answer to the caller was delivered.",
    Kind.CALLER_RELAY: "{whom}'s words were delivered to the caller.",
    Kind.HOLDER_RELAY: "The caller's words were delivered to {whom}.",
}
FAILED = {
    Kind.PAGE_TEXT: "The text to {whom} did not arrive ({why}).",
    Kind.PAGE_CALL: "{whom} could not be rung ({why}).",
    Kind.RING: "{whom} could not be rung ({why}).",
    Kind.DIAL_CALLER: "The caller could not be rung ({why}).",
    Kind.CALLER_ANSWER: "The answer to the caller did not arrive ({why}).",
    Kind.CALLER_RELAY: "{whom}'s words did not reach the caller ({why}).",
    Kind.HOLDER_RELAY: "The caller's words did not reach {whom} ({why}).",
}
REASONS = {
    Verdict.OPTED_OUT: "texts from this line are blocked there",
    Verdict.DEAD_NUMBER: "the number does not work",
    Verdict.OTHER_CHANNEL: "it could not be delivered now",
    Verdict.CHECK_NUMBER: "the number or its network refuses it",
}


def has_left(session: Session, row: Outgoing, *, at: datetime) -> None:
    """Twilio has it. The first page of an incident that leaves is when its caller is answered."""
    row.state, row.sent_at, row.unknown_at = "accepted", row.sent_at or at, None
    row.check_at = at + CHECK_AFTER[row.channel]
    incident = line(session, row, LEFT, "sent", at=at)
    if incident is None:
        return
    if row.kind in PAGES and incident.channel == "sms":
        answer_caller(session, session.get_one(Team, row.team_id), incident, at=at)
    if row.kind == Kind.CALLER_RELAY and row.practitioner_id:
        contact_made(session, incident, session.get_one(Practitioner, row.practitioner_id), how="by text", at=at)


def has_arrived(session: Session, row: Outgoing, *, at: datetime) -> None:
    """The phone has it."""
    row.state, row.settled_at, row.check_at = "delivered", at, None
    line(session, row, ARRIVED, "delivered", at=at)


def has_failed(session: Session, row: Outgoing, code: int | None, verdict: Verdict, *, at: datetime) -> None:
    """It did not get there: the record says so, who must know is told, and an escalation passes on."""
    is_second = row.error_code is not None
    row.state, row.settled_at, row.error_code, row.check_at = "failed", at, code, None
    if verdict.consequences.may_be_retried and row.kind not in PAGES and not is_second:
        ask_again(session, row, after=RETRY_AFTER, at=at)
        return
    if verdict.consequences.alarm_is_due:
        detail = f"Sends are failing with code {code}: {verdict.value}."
        raise_alarm(session, "send_failed", subject=str(code), at=at, detail=detail, team_id=row.team_id)
    incident = line(session, row, FAILED, "failed", at=at, why=_why(code, verdict))
    _mark_person(session, row, verdict, at=at)
    if incident is not None:
        _pass_on(session, row, incident, at=at)


def _why(code: int | None, verdict: Verdict) -> str:
    reason = REASONS.get(verdict, "it failed")
    return f"{reason}, code {code}" if code else reason


def _mark_person(session: Session, row: Outgoing, verdict: Verdict, *, at: datetime) -> None:
    if row.practitioner_id is None or row.kind == Kind.CALLER_RELAY:
        return
    team, person = session.get_one(Team, row.team_id), session.get_one(Practitioner, row.practitioner_id)
    if row.to != person.mobile:  # the team has given them another number since
        return
    if verdict.consequences.person_opted_out:
        mark_opted_out(session, team, person, at=at)
    if verdict.consequences.number_is_dead:
        mark_number_dead(session, team, person, at=at)


def _pass_on(session: Session, row: Outgoing, incident: Incident, *, at: datetime) -> None:
    team = session.get_one(Team, row.team_id)
    if row.kind in PAGES and incident.status != CLOSED:
        channel = Channel.CALL if row.kind == Kind.PAGE_CALL else Channel.TEXT
        failed = PageFailed(str(row.practitioner_id), channel, row.step or 0, row.round or 0)
        advance(session, team, incident, failed, at=at)
    if row.kind == Kind.CALLER_RELAY and row.practitioner_id:
        _tell_relayer(session, team, incident, session.get_one(Practitioner, row.practitioner_id), at=at)
    if row.kind == Kind.HOLDER_RELAY and row.practitioner_id == incident.holder_id and incident.status != CLOSED:
        reach_otherwise(session, team, incident, session.get_one(Practitioner, row.practitioner_id), at=at)


def _tell_relayer(session: Session, team: Team, incident: Incident, by: Practitioner, *, at: datetime) -> None:
    contact = session.get(Contact, incident.contact_id) if incident.contact_id else None
    language = language_of(by)
    caller = caller_name(contact, incident, language)
    words = say(language, "relay_not_delivered", ref=incident.ref, caller=caller)
    answer_staff(session, team, by, words, at=at, incident=incident)
    if incident.contacted_at is not None and incident.holder_id == by.id and incident.status != CLOSED:
        unmark_contacted(session, incident)
        contact_undone(session, team, incident, by, at=at)


def line(
    session: Session, row: Outgoing, sentences: dict[Kind, str], kind: str, *, at: datetime, why: str = ""
) -> Incident | None:
    """Adds the sentence for this kind of row to its incident's record; gives the incident."""
    incident = session.get(Incident, row.incident_id) if row.incident_id else None
    sentence = sentences.get(Kind(row.kind))
    if incident is None or sentence is None:
        return incident
    person = session.get(Practitioner, row.practitioner_id) if row.practitioner_id else None
    note(session, incident, at=at, kind=kind, detail=sentence.format(whom=person.name if person else "", why=why))
    return incident


def page_was_set_aside(session: Session, row: Outgoing, *, at: datetime) -> None:
    """A page that could not be handled has failed: its escalation passes on."""
    incident = session.get(Incident, row.incident_id) if row.incident_id else None
    if incident is not None and row.kind in PAGES:
        _pass_on(session, row, incident, at=at)
