"""Tells the fallback whom to ring, at every change of who is on call; then reads it back and compares.

One rule: what is not known to be there as it should be is an alarm, and is tried again at the next look. A chain is
never logged, and no alarm holds a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from oncall.clock import Clock
from oncall.db.database import Database
from oncall.paging.alarms import clear_alarm, raise_alarm
from oncall.paging.outage.chain import chain, variable_name, written
from oncall.people.queries import teams
from oncall.telephony.account.port import Account, Place
from oncall.telephony.port import TelephonyUnavailable

STALE = "fallback_stale"
NOT_ASKED = "The fallback could not be told who is on call; while the service is down it rings whoever it knew last."
NOT_KEPT = "The fallback was told who is on call and says something else."


@dataclass(frozen=True)
class Chain:
    """A team's chain: the variable's name and its value."""

    team_id: UUID
    name: str
    value: str = field(repr=False)


def chains(database: Database, clock: Clock, *, fixed: str) -> list[Chain]:
    """Every team's chain as it is now."""
    at = clock.now()
    with database.reading() as session:
        return [
            Chain(team.id, variable_name(team.number), written(chain(session, team, fixed=fixed, at=at)))
            for team in teams(session)
        ]


class Publisher:
    """Publishes to one place, and remembers what was last seen there."""

    def __init__(self, database: Database, clock: Clock, account: Account, *, place: Place, fixed: str) -> None:
        self._database, self._clock, self._account = database, clock, account
        self._place, self._fixed = place, fixed
        self._seen: Mapping[str, str] = {}

    def publish(self, *, afresh: bool = False) -> None:
        """Publishes the chains that have changed; `afresh` looks at what is really there first."""
        wanted = chains(self._database, self._clock, fixed=self._fixed)
        if not afresh and all(self._seen.get(one.name) == one.value for one in wanted):
            return
        try:
            self._seen = self._brought_up_to(wanted)
            why = NOT_KEPT
        except TelephonyUnavailable:
            self._seen, why = {}, NOT_ASKED
        self._tell(wanted, why)

    def _brought_up_to(self, wanted: list[Chain]) -> Mapping[str, str]:
        """What is there after every chain that differs was set."""
        there = self._account.variables(self._place)
        differing = [one for one in wanted if there.get(one.name) != one.value]
        for one in differing:
            self._account.set_variable(self._place, name=one.name, value=one.value)
        return self._account.variables(self._place) if differing else there

    def _tell(self, wanted: list[Chain], why: str) -> None:
        at = self._clock.now()
        with self._database.transaction() as session:
            for one in wanted:
                if self._seen.get(one.name) == one.value:
                    clear_alarm(session, STALE, subject=str(one.team_id), at=at)
                else:
                    raise_alarm(session, STALE, subject=str(one.team_id), at=at, detail=why, team_id=one.team_id)
