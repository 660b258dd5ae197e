"""A tier passes from one person to another: both are texted what is open, and somebody who cannot be reached is seen.

One rule: each handover is written down once, whichever process sees it first, and what is told of it goes with it. The
text names refs and severities only.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.db.claims import insert_once
from oncall.incidents.models import CLOSED, Incident
from oncall.incidents.restricting import is_kept_from
from oncall.paging.alarms import clear_alarm, raise_alarm
from oncall.paging.shifts.notices import Values, tell, tell_leads
from oncall.paging.shifts.wording import say
from oncall.paging.wording import severity_word
from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioner_by_slug
from oncall.people.reach import is_reachable_by_call, is_reachable_by_text
from oncall.rotas.confidence.models import ShiftHandover
from oncall.rotas.confidence.turns import Turn, confidence_of, turns_between
from oncall.telephony.twiml import Language

STILL_NEW_FOR = timedelta(minutes=15)
"""A handover that was missed for longer is not made up for."""
LOOKS_AHEAD_FOR = timedelta(hours=2)
MOST_NAMED = 6


def see_to_handovers(session: Session, team: Team, *, at: datetime) -> None:
    """Writes down and tells of the handovers of the last minutes."""
    since = at - STILL_NEW_FOR
    for turn in turns_between(session, team, start=since - timedelta(microseconds=1), end=at + LOOKS_AHEAD_FOR):
        if since <= turn.start <= at:
            _hand_over(session, team, turn, at=at)


def _hand_over(session: Session, team: Team, turn: Turn, *, at: datetime) -> None:
    incoming = practitioner_by_slug(session, team=team, slug=turn.person)
    outgoing = practitioner_by_slug(session, team=team, slug=turn.before) if turn.before else None
    if incoming is None:
        return
    is_new = insert_once(
        session,
        ShiftHandover,
        team_id=team.id,
        tier=turn.tier,
        from_at=turn.start,
        outgoing_id=outgoing.id if outgoing else None,
        incoming_id=incoming.id,
        needs_test=confidence_of(session, team).test_call == "on",
        calls=0,
    )
    if not is_new:
        return
    tell(session, team, incoming, "handover_in", _open(session, team, incoming, turn), at=at)
    if outgoing is not None:
        tell(session, team, outgoing, "handover_out", _open(session, team, outgoing, turn, incoming), at=at)
    if is_reachable_by_text(incoming):
        clear_alarm(session, "on_duty_unreachable", subject=str(incoming.id), at=at)
    else:
        _tell_unreachable(session, team, incoming, turn, at=at)


def _open(session: Session, team: Team, reader: Practitioner, turn: Turn, other: Practitioner | None = None) -> Values:
    found = select(Incident).where(Incident.team_id == team.id, Incident.status != CLOSED)
    ordered = session.scalars(found.order_by(Incident.opened_at, Incident.id)).all()
    standing = [incident for incident in ordered if not is_kept_from(incident, reader)]

    def values(language: Language) -> dict[str, object]:
        named = [f"{one.ref} {severity_word(one.severity, language)}" for one in standing[:MOST_NAMED]]
        more = len(standing) - len(named)
        listed = ", ".join([*named, *([f"+{more}"] if more else [])])
        told = say(language, "open_some", refs=listed) if standing else say(language, "open_none")
        return {"tier": turn.tier, "other": other.name if other else "", "open": told}

    return values


def _tell_unreachable(session: Session, team: Team, incoming: Practitioner, turn: Turn, *, at: datetime) -> None:
    """Whoever comes on duty and has stopped our texts, or has no mobile that works: leads can still change it."""
    detail = "Somebody came on duty whom our texts or calls do not reach."
    raise_alarm(session, "on_duty_unreachable", subject=str(incoming.id), at=at, detail=detail, team_id=team.id)
    sentence = "on_duty_no_texts" if is_reachable_by_call(incoming) else "on_duty_unreachable"
    tell_leads(session, team, sentence, lambda _: {"name": incoming.name, "tier": turn.tier}, at=at)
