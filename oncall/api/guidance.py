"""Guidance for an incident: the cards that fit, and beside them what was agreed for the young person.

One rule: it is shown to whoever asks for it, and goes to nobody by itself.
"""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from sqlalchemy.orm import Session

from oncall.api.access import Caller, Now, Reading, TokenFirst, team_of
from oncall.api.problems import documented
from oncall.api.queries import incident_named
from oncall.api.wire.guidance import GuidanceOut
from oncall.guidance.catalogue import Language, Mode
from oncall.guidance.gathering import guidance_for, plan_of
from oncall.guidance.wording import Shown, show
from oncall.incidents.models import Incident
from oncall.paging.wording import language_of
from oncall.people.models import Practitioner

router = APIRouter(route_class=TokenFirst, responses=documented(401, 404, 422))


@router.get("/incidents/{ref}/guidance")
def guidance(
    ref: str,
    holder: Caller,
    session: Reading,
    clock: Now,
    lang: Language | None = None,
    mode: Mode | None = None,
) -> GuidanceOut:
    """The cards for the incident's flags, first what saves a life. The holder's language and the caller's style, if
    none is named."""
    theirs = team_of(session, holder)
    incident = incident_named(session, theirs, ref)
    person = _holder(session, incident)
    found = guidance_for(session, theirs, incident, reader=person)
    language = lang or (language_of(person) if person else "en")
    today = clock.now().astimezone(ZoneInfo(theirs.time_zone)).date()
    shown = [show(card, mode=mode or found.mode, language=language, today=today) for card in found.cards]
    return GuidanceOut.model_validate(
        {
            "ref": incident.ref,
            "language": language,
            "mode": mode or found.mode,
            "cards": [as_card_json(one, flags=found.flags, today=today) for one in shown],
            "plan": plan_of(session, incident),
        }
    )


def as_card_json(shown: Shown, *, flags: tuple[str, ...], today: date) -> dict[str, Any]:
    """A card as JSON, with those of `flags` that chose it."""
    card, signed = shown.card, shown.card.signed
    plain = ("card", "version", "author", "written", "review_due")
    return {
        **{name: getattr(card, name) for name in plain},
        "title": shown.title,
        "review_is_overdue": card.review_due < today,
        "signed": {"by": signed.by, "at": signed.at} if signed else None,
        "because": [flag for flag in flags if flag in card.flags],
        "lines": [{"head": head, "title": title, "text": text} for head, title, text in shown.lines],
        "facts": list(shown.facts),
        "notes": list(shown.notes),
    }


def _holder(session: Session, incident: Incident) -> Practitioner | None:
    return session.get(Practitioner, incident.holder_id) if incident.holder_id else None
