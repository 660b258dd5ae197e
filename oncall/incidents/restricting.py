"""Who an incident is kept from: an allegation against a member of staff is for leads only, from the first second.

One rule: whoever is named sees nothing of it, lead or not; while nobody is named, nobody but the leads does. If that
would leave no lead who can be reached, everybody who is not named may see it: never nobody.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from oncall.errors import NotFound
from oncall.incidents.models import Incident
from oncall.people.models import LEAD_ROLES, Practitioner
from oncall.people.reach import is_reachable_by_call, is_reachable_by_text
from oncall.risk.words.tokens import tokens_of

ALLEGATION = "allegation_staff"
SHORTEST_NAME = 3
"""Letters of a name that are looked for in a text."""


class Withheld(NotFound):
    """There is no incident with that ref."""


def is_kept_from(incident: Incident, person: Practitioner) -> bool:
    """Whether this person must not see the incident, nor hear of it."""
    kept = incident.restricted
    if kept is None:
        return False
    if str(person.id) in kept["named"]:
        return True
    return person.role not in LEAD_ROLES and not kept["widened"]


def check_may_see(incident: Incident, person: Practitioner) -> None:
    """Raises Withheld, which says no more than that there is no such incident."""
    if is_kept_from(incident, person):
        raise Withheld


def restriction(staff: Collection[Practitioner], named: Iterable[UUID]) -> dict[str, Any]:
    """What an incident that is kept from the named, and from all who are no leads, is marked with."""
    names = sorted({str(one) for one in named})
    leads = (one for one in staff if one.role in LEAD_ROLES and one.is_active and str(one.id) not in names)
    return {"named": names, "widened": not any(is_reachable_by_text(one) or is_reachable_by_call(one) for one in leads)}


def named_in(text: str, staff: Collection[Practitioner]) -> list[Practitioner]:
    """The members of staff whose first name, surname or slug stands in a text."""
    words = {token.word for token in tokens_of(text)}
    return [one for one in staff if words & _names(one)]


def _names(person: Practitioner) -> set[str]:
    written = f"{person.name} {person.slug.replace('-', ' ')}"
    return {token.word for token in tokens_of(written) if len(token.word) >= SHORTEST_NAME}
