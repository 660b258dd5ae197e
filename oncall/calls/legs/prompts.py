"""What a practitioner hears at once on answering: who is calling, how severe it is, what is known, and the keys."""

from oncall.calls.legs.phone import Phone
from oncall.calls.line.flow import Why
from oncall.calls.line.phones import BACK, BRING
from oncall.incidents.models import CLOSED, Incident
from oncall.paging.actions import waits_for_a_holder
from oncall.paging.notices import can_be_texted
from oncall.people.models import Contact, Practitioner
from oncall.telephony.twiml import Verb

LATE = "late"
"""What a ring has become when its caller has hung up meanwhile."""


def answered(phone: Phone, *, sid: str) -> str:
    """The first words, which begin at once and are said again; or that nothing is needed any more."""
    phone.leg.answered_at = phone.leg.answered_at or phone.at
    phone.leg.sid = phone.leg.sid or sid
    phone.session.flush()
    if (over := nothing_needed(phone)) is not None:
        return over
    return asked(phone, with_opening=True)


def asked(phone: Phone, *, with_opening: bool) -> str:
    """The keys, with what they are for or without."""
    incident = phone.incident
    if incident is None:
        return phone.end("call_over")
    name = purpose(phone)
    keys = phone.said("late_hidden_keys" if name == LATE and not can_be_texted(incident) else f"{name}_keys")
    return phone.ask(*(_opening(phone, incident, name) if with_opening else []), keys=keys)


def purpose(phone: Phone) -> str:
    """What this ring is for, as things stand now: the name of its sentences."""
    named = {Why.FIRST.value: "ring", BRING: BRING, BACK: BACK, Why.AGAIN.value: "again", Why.JOIN.value: "join"}
    name = named.get(phone.leg.purpose, "ring")
    is_there = phone.line is not None and phone.line.is_caller_there
    return LATE if name in {"ring", "join", "again"} and not is_there else name


def nothing_needed(phone: Phone) -> str | None:
    """The document for one who answers, or presses, too late; None while there is something to do."""
    incident = phone.incident
    is_caller_there = phone.line is not None and phone.line.is_caller_there
    if phone.leg.purpose == BRING:
        return None if is_caller_there else phone.end("call_over")
    if incident is None:
        return phone.end("closed")
    if incident.status == CLOSED:  # somebody may be on the line all the same
        return None if is_caller_there else phone.end("closed")
    if incident.holder_id in {None, phone.by.id} or waits_for_a_holder(phone.session, incident):
        return None
    return phone.end("already", name=phone.session.get_one(Practitioner, incident.holder_id).name)


def _opening(phone: Phone, incident: Incident, name: str) -> list[Verb]:
    return phone.said(
        name,
        team=phone.team.name,
        caller=phone.caller(incident),
        severity=phone.severity(incident),
        known=_known(phone, incident),
        ref=" ".join(incident.ref),
    )


def _known(phone: Phone, incident: Incident) -> str:
    """What is known in one line: who they are to a young person, and whether they were in touch before."""
    contact = phone.session.get(Contact, incident.contact_id) if incident.contact_id else None
    kind = phone.words(f"known_{contact.kind}" if contact else "known_nobody")
    was_before = phone.line is not None and incident.opened_at < phone.line.call.began_at
    return " ".join(part for part in (kind, phone.words("known_before") if was_before else "") if part)
