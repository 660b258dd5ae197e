"""Turns what the policy asks for into outbox rows and into lines of the record that a lead can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.incidents.actions import SERVICE, record
from oncall.incidents.models import Incident
from oncall.paging.alarms import raise_alarm
from oncall.paging.links import link_to
from oncall.paging.notices import tell_caller_nobody_yet
from oncall.paging.outbox import About, Kind, Letter, Place, ask, drop_pages, hang_up_pages
from oncall.paging.policy import (
    HOLDER,
    LEADS,
    AlarmNobody,
    CancelPages,
    Cause,
    Channel,
    Effect,
    EscalationState,
    PassedOver,
    SendPage,
    StepBegan,
    WhyOver,
)
from oncall.paging.wording import caller_name, language_of, say, severity_word
from oncall.people.directory import practitioner_of
from oncall.people.models import Contact, Practitioner, Team
from oncall.people.reach import is_reachable_by_call

WROTE_AGAIN = "wrote again"
"""Why a holder who cannot be texted is rung apart from the escalation."""
CAUSES = {
    Cause.OPENED: "a contact came in",
    Cause.NOT_TAKEN: "nobody took it in time",
    Cause.FAILED: "no page arrived",
    Cause.PASSED_ON: "it was passed on",
    Cause.UNREACHABLE: "nobody could be reached",
    Cause.NO_CONTACT: "the caller was not contacted in time",
    Cause.RAISED: "its severity rose",
    Cause.REASSESSED: "who can be reached has changed",
}
WHY_OVER = {
    WhyOver.GAP: "nobody is on the rota",
    WhyOver.LEAVE: "on leave",
    WhyOver.UNREACHABLE: "no way to reach them works",
    WhyOver.BUSY: "on a call of ours",
    WhyOver.PASSED_ON: "passed it on already",
}


@dataclass(frozen=True)
class Scene:
    """What every effect concerns."""

    team: Team
    incident: Incident
    state: EscalationState
    at: datetime


def apply(session: Session, scene: Scene, effects: Iterable[Effect]) -> None:
    """Does what was decided, in order."""
    why = Cause.OPENED
    for effect in effects:
        match effect:
            case StepBegan():
                why = effect.why
                _step_began(session, scene, effect)
            case SendPage():
                _send_page(session, scene, effect, why)
            case PassedOver():
                _passed_over(session, scene, effect)
            case CancelPages(person):
                of = UUID(person) if person else None
                drop_pages(session, scene.incident, at=scene.at, of=of)
                hang_up_pages(session, scene.incident, at=scene.at, of=of)
            case AlarmNobody(cause):
                _nobody(session, scene, cause)


def _line(session: Session, scene: Scene, kind: str, detail: str) -> None:
    record(session, scene.incident, at=scene.at, kind=kind, by=SERVICE, detail=detail)


def _step_began(session: Session, scene: Scene, began: StepBegan) -> None:
    if began.why is not Cause.OPENED:
        drop_pages(session, scene.incident, at=scene.at, but=(began.step, began.round))
        _line(session, scene, "escalated", f"Paging {_whom(began.step)}: {CAUSES[began.why]}.")


def _whom(step: int) -> str:
    if step >= 0:
        return f"step {step + 1}"
    return {HOLDER: "whoever holds it again", LEADS: "every lead"}.get(step, "everybody on the rota")


def _send_page(session: Session, scene: Scene, page: SendPage, why: Cause) -> None:
    person_id = UUID(page.person)
    practitioner = practitioner_of(session, team_id=scene.team.id, practitioner_id=person_id)
    by_text = page.channel is Channel.TEXT
    letter = Letter(
        kind=Kind.PAGE_TEXT if by_text else Kind.PAGE_CALL,
        to=practitioner.mobile or "",
        body=page_text(session, scene, practitioner, why) if by_text else why.value,
    )
    place = Place(step=page.step, round=page.round, valid_for=page.valid_for, is_first=page.first)
    about = About(team_id=scene.team.id, incident=scene.incident, practitioner=practitioner, place=place)
    ask(session, letter, about, at=scene.at)


def page_text(session: Session, scene: Scene, to: Practitioner, why: Cause) -> str:
    """A page: team, severity, caller, ref and link; never a young person, never what was written."""
    language, incident = language_of(to), scene.incident
    contact = session.get(Contact, incident.contact_id) if incident.contact_id else None
    is_holder = scene.state.holder == str(to.id)
    again = {Cause.NO_CONTACT: "page_again", Cause.RAISED: "page_raised"}
    return say(
        language,
        again.get(why, "page") if is_holder else "page",
        ref=incident.ref,
        severity=severity_word(incident.severity, language),
        caller=caller_name(contact, incident, language),
        how=say(language, f"how_{incident.channel}"),
        team=scene.team.name,
        link=link_to(session, incident),
    )


def _passed_over(session: Session, scene: Scene, over: PassedOver) -> None:
    person = session.get(Practitioner, UUID(over.person)) if over.person else None
    whom = f"{person.name} ({over.tier})" if person else over.tier
    _line(session, scene, "passed_over", f"Not paged: {whom}: {WHY_OVER[over.why]}.")


def _nobody(session: Session, scene: Scene, cause: Cause) -> None:
    _line(session, scene, "nobody_reachable", f"Nobody is left to page: {CAUSES[cause]}. It will be tried again.")
    detail = "An incident is open and nobody can be paged."
    raise_alarm(
        session, "nobody_reachable", subject=str(scene.incident.id), at=scene.at, detail=detail, team_id=scene.team.id
    )
    tell_caller_nobody_yet(session, scene.team, scene.incident, at=scene.at)


def ask_for_call(session: Session, team: Team, incident: Incident, to: Practitioner, *, at: datetime) -> None:
    """Rings a practitioner about an incident apart from its escalation: they cannot be texted."""
    if is_reachable_by_call(to):
        letter = Letter(kind=Kind.PAGE_CALL, to=to.mobile or "", body=WROTE_AGAIN)
        ask(session, letter, About(team_id=team.id, incident=incident, practitioner=to), at=at)
