"""Whom the fallback rings while the service is down, one after the other: who is on call now, then a fixed number.

One rule: it is never empty of a person where the team has one who can be rung; leave and dead numbers are passed over.
The chain is written as numbers with commas between them, under a name made of the team's number, which is all that
the fallback knows of a call.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.paging.cover import cover
from oncall.paging.policy import Channel, Cover, Reach
from oncall.people.models import Practitioner, Team
from oncall.people.teamfile.stored import voice_from_json

MOST_RUNG = 10
"""Twilio rings no more numbers than this one after the other."""


def chain(session: Session, team: Team, *, fixed: str, at: datetime) -> list[str]:
    """The numbers to ring, in order, `fixed` last."""
    known = cover(session, team, at=at)
    people = reachable(known, voice_from_json(team.voice).ring)
    mobiles = (session.get_one(Practitioner, UUID(person)).mobile for person in people)
    numbers = dict.fromkeys(mobile for mobile in mobiles if mobile and mobile != fixed)
    return [*list(numbers)[: MOST_RUNG - 1], fixed]


def reachable(known: Cover, ring: Iterable[Iterable[str]]) -> list[str]:
    """Who can be rung: the tiers in the order in which they ring for a caller, then the others; without any, the leads.

    Who is on a call just now belongs to it: that call may be over when the fallback is needed.
    """
    tiers = dict.fromkeys([*(tier for group in ring for tier in group), *known.tiers])
    holding = [reach for tier in tiers if (reach := known.tiers.get(tier)) is not None]
    return _rung(holding) or _rung(known.leads)


def variable_name(number: str) -> str:
    """The name under which the fallback finds the chain of the team with this number."""
    return f"CHAIN_{number.removeprefix('+')}"


def written(numbers: Iterable[str]) -> str:
    """A chain as the fallback reads it."""
    return ",".join(numbers)


def _rung(reaches: Iterable[Reach]) -> list[str]:
    return list(dict.fromkeys(reach.person for reach in reaches if reach.has(Channel.CALL)))
