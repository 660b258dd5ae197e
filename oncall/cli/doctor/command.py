"""The command: runs the checks one after the other, whatever one of them finds, and prints every line.

Exit 0: all is well; 1: something is wrong; 2: the settings cannot be used, and nothing else was looked at.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Annotated
from uuid import UUID

import typer

from oncall import wiring
from oncall.cli.complaining import complaining
from oncall.cli.doctor import checks, lines
from oncall.cli.doctor.cover import cover
from oncall.cli.doctor.findings import Finding, fine, guarded, wrong
from oncall.cli.opening import settings
from oncall.clock import Clock, SystemClock
from oncall.db import migrations
from oncall.db.database import Database
from oncall.paging.outage.lines import TeamLine, team_lines
from oncall.paging.outage.publishing import chains
from oncall.people.queries import teams
from oncall.settings import Settings
from oncall.telephony.account.port import Account

FOUND_SOMETHING = 1


def doctor(
    reach: Annotated[bool, typer.Option("--reach", help="Also ask whether the public address answers.")] = False,
    put_right: Annotated[bool, typer.Option("--put-right", help="Also put the numbers' settings right.")] = False,
) -> None:
    """Checks settings, database, Twilio, the numbers' webhooks and fallbacks, and cover for 14 days."""
    with complaining():
        found = settings()
        wiring.refuse_missing(found)
    is_well = True
    with ExitStack() as closing:
        account = wiring.open_account(found)
        closing.callback(account.close)
        for finding in examined(found, account, SystemClock(), reach=reach, put_right=put_right):
            typer.echo(str(finding))
            is_well = is_well and not finding.is_wrong
    if not is_well:
        raise typer.Exit(FOUND_SOMETHING)


def examined(given: Settings, account: Account, clock: Clock, *, reach: bool, put_right: bool) -> Iterator[Finding]:
    """Every finding, in order."""
    yield fine("settings", "all that are needed are there, and can be used")
    with ExitStack() as closing:
        database = wiring.open_database(given) if checks.is_there(given) else None
        if database is not None:
            closing.callback(database.close)
        yield from guarded(checks.DATABASE, checks.database(database))
        yield from guarded(checks.ACCOUNT, checks.account(account))
        if reach:
            yield from checks.public_address(given.public_url or "")
        yield from lines.fallback_settings(given)
        if database is not None:
            examination = _Examination(given, account, clock, database, puts_right=put_right)
            yield from guarded("teams", examination.of_teams())


class _Examination:
    """Of the teams in a database."""

    def __init__(
        self, given: Settings, account: Account, clock: Clock, database: Database, *, puts_right: bool
    ) -> None:
        self._settings, self._account, self._clock, self._database = given, account, clock, database
        self._puts_right = puts_right

    def of_teams(self) -> Iterator[Finding]:
        """Their numbers, fallbacks and rotas; nothing of a database that cannot be read."""
        if not self._database.is_reachable() or not migrations.is_current(self._database):
            return
        with self._database.reading() as session:
            known = team_lines(session)
        if not known:
            yield wrong("teams", "there is none; load a team's file: oncall team load FILE")
        for line in known:
            yield from guarded(line.slug, self._webhooks(line))
        yield from self._fallbacks({line.team_id: line.slug for line in known})
        yield from self._rotas()

    def _webhooks(self, line: TeamLine) -> Iterator[Finding]:
        return lines.webhooks(line, self._account, self._settings, puts_right=self._puts_right)

    def _fallbacks(self, slugs: Mapping[UUID, str]) -> Iterator[Finding]:
        place, fixed = wiring.fallback_place(self._settings), self._settings.fallback_number
        if place is not None and fixed is not None:
            for wanted in chains(self._database, self._clock, fixed=fixed):
                slug = slugs.get(wanted.team_id, "new team")
                yield from lines.chain(slug, wanted, account=self._account, place=place)

    def _rotas(self) -> Iterator[Finding]:
        with self._database.reading() as session:
            for team in teams(session):
                yield from guarded(f"{team.slug}'s rota", cover(session, team, at=self._clock.now()))
