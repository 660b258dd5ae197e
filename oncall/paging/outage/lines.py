"""Keeps every team's number as it must be at Twilio, and raises an alarm where it was not.

One rule: an address of Twilio's is replaced by ours only while ours answers, so that a mistyped public address never
takes a working line away. Alarms name settings, never what is in them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.clock import Clock
from oncall.db.database import Database
from oncall.paging.alarms import clear_alarm, raise_alarm
from oncall.people.queries import teams
from oncall.telephony.account.port import Account, Line
from oncall.telephony.account.webhooks import Drift, drifts
from oncall.telephony.port import TelephonyUnavailable

DRIFTED, UNASKED, NO_LINE, NO_FALLBACK = "webhooks_drifted", "webhooks_unasked", "no_such_line", "no_fallback"
KINDS = (DRIFTED, UNASKED, NO_LINE, NO_FALLBACK)


@dataclass(frozen=True)
class TeamLine:
    """A team and its number."""

    team_id: UUID
    slug: str
    number: str = field(repr=False)


def team_lines(session: Session) -> list[TeamLine]:
    """Every team's."""
    return [TeamLine(team.id, team.slug, team.number) for team in teams(session)]


@dataclass(frozen=True)
class Keeper:
    """Compares and puts right. `is_up` says whether the public address is answered by this service."""

    database: Database
    clock: Clock
    account: Account
    public_url: str
    fallback_url: str | None
    may_change: bool
    is_up: Callable[[], bool]

    def keep(self) -> None:
        """Looks at every team's number once."""
        with self.database.reading() as session:
            lines = team_lines(session)
        for line in lines:
            try:
                found = self._kept(line)
            except TelephonyUnavailable:
                found = {UNASKED: "Twilio could not be asked how the team's number is set up."}
            self._tell(line, found)

    def _kept(self, line: TeamLine) -> dict[str, str]:
        """The alarms there are about a number, put right as far as it goes."""
        there = self.account.line(line.number)
        if there is None:
            return {NO_LINE: "The account has no number that is the team's."}
        found = self.drifts(there)
        alarms = {}
        if unanswered := [drift for drift in found if drift.wanted is None]:
            alarms[NO_FALLBACK] = f"{_titles(unanswered)}: nobody answers when this service cannot."
        if changeable := [drift for drift in found if drift.wanted is not None]:
            alarms[DRIFTED] = f"{_titles(changeable)}: not as it should be. {self._put_right(there, changeable)}"
        return alarms

    def drifts(self, there: Line) -> list[Drift]:
        """In what a number differs."""
        return drifts(there.settings, public_url=self.public_url, fallback_url=self.fallback_url)

    def _put_right(self, there: Line, found: list[Drift]) -> str:
        if not self.may_change:
            return "It is left alone, as ONCALL_KEEP_WEBHOOKS says."
        if not self.is_up():
            return "It is left alone, because the public address does not answer: is ONCALL_PUBLIC_URL right?"
        try:
            self.account.change_line(there.sid, {drift.name: drift.wanted or "" for drift in found})
        except TelephonyUnavailable:
            return "It could not be put right; that is tried again within the hour."
        return "It has been put right."

    def _tell(self, line: TeamLine, found: dict[str, str]) -> None:
        at, subject = self.clock.now(), str(line.team_id)
        with self.database.transaction() as session:
            for kind in KINDS:
                if kind in found:
                    raise_alarm(session, kind, subject=subject, at=at, detail=found[kind], team_id=line.team_id)
                elif UNASKED not in found:
                    clear_alarm(session, kind, subject=subject, at=at)


def _titles(found: list[Drift]) -> str:
    return ", ".join(drift.title for drift in found)
