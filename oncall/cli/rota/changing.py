"""`oncall rota override`, `cover`, `swap`, `leave add|remove`, `changes`: the rota changed by those on it, and the log.

One rule: PERSON is whose duty or answer it is; `--by` is who does it, and both are kept. Whom it concerns is texted by
the running service.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.orm import Session

from oncall.cli.complaining import complaining
from oncall.cli.opening import opened, team_named
from oncall.cli.rota import leave
from oncall.cli.rota.asking import FromOption, JsonOption, ToOption, instant_of, print_json, span_of
from oncall.clock import SystemClock
from oncall.paging.changes.telling import tell
from oncall.paging.shifts.working import worked_before
from oncall.people.models import Team
from oncall.rotas.changes.absence import give_leave, take_leave_back
from oncall.rotas.changes.answering import accept, approve, decline, undo, withdraw
from oncall.rotas.changes.asking import Wanted, ask_cover, ask_swap, give_override
from oncall.rotas.changes.doing import Doing
from oncall.rotas.changes.laying.pieces import Stretch
from oncall.rotas.changes.models import RotaChange
from oncall.rotas.changes.showing.listing import (
    changes_json,
    changes_text,
    leave_json,
    log_json,
    log_text,
    standing_changes,
)
from oncall.rotas.leaving.importing import practitioner_named
from oncall.rotas.models import Leave

TeamArgument = Annotated[str, typer.Argument(metavar="TEAM", help="A team's slug.")]
PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="A practitioner's slug.")]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="The four figures of the change.")]
ByOption = Annotated[str | None, typer.Option("--by", metavar="SLUG", help="Who does it; else the person themselves.")]
WhyOption = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why; kept sealed in the log.")]
AllowOption = Annotated[
    bool,
    typer.Option("--allow", help="A lead's: in spite of what the check finds wrong with it, for the reason given."),
]
TierOption = Annotated[str | None, typer.Option("--tier", metavar="TIER", help="Of this tier only.")]

cover = typer.Typer(help="Have a colleague cover your duty.", no_args_is_help=True)
swap = typer.Typer(help="Swap duties with a colleague.", no_args_is_help=True)


@dataclass(frozen=True)
class Desk:
    """A stored team about to be changed."""

    session: Session
    team: Team
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The team's zone."""
        return ZoneInfo(self.team.time_zone)

    def doing(self, person: str, by: str | None, why: str | None, *, allows: bool = False) -> Doing:
        """Who does it, for whom and why. Raises if somebody is not of the team."""
        whose = practitioner_named(self.session, self.team, person)
        doer = practitioner_named(self.session, self.team, by) if by else whose
        worked = worked_before(self.session, self.team, at=self.at)
        return Doing(by=doer, person=whose, at=self.at, why=why, allows=allows, worked=worked)

    def answer(self, changes: Sequence[RotaChange], *, as_json: bool) -> None:
        """Has everybody told, and says what stands."""
        tell(self.session, self.team, at=self.at)
        shown = changes_json(self.session, self.team, changes)
        if as_json:
            print_json(shown)
        else:
            typer.echo(changes_text(shown["changes"]))

    def answer_leave(self, written: Leave, said: str, *, as_json: bool) -> None:
        """Has everybody told, and says what is asked because of leave."""
        tell(self.session, self.team, at=self.at)
        shown = leave_json(self.session, self.team, written)
        if as_json:
            print_json(shown)
        else:
            typer.echo("\n".join([said, *([changes_text(shown["changes"])] if shown["changes"] else [])]))


@contextmanager
def _desk(team: str) -> Iterator[Desk]:
    with complaining(), opened() as database, database.transaction() as session:
        yield Desk(session, team_named(session, team), SystemClock().now())


def override(  # noqa: PLR0913 - one for each part of the command
    team: TeamArgument,
    tier: Annotated[str, typer.Argument(metavar="TIER", help="A tier of the rota.")],
    person: PersonArgument,
    from_: FromOption,
    to: ToOption,
    by: Annotated[str, typer.Option("--by", metavar="LEAD", help="The lead who gives it.")],
    why: WhyOption = None,
    allow: AllowOption = False,
    as_json: JsonOption = False,
) -> None:
    """Put a person on a tier for a span, over whatever the rota says; a lead's to give."""
    with _desk(team) as desk:
        start, end = span_of(from_, to, desk.zone)
        doing = desk.doing(person, by, why, allows=allow)
        desk.answer([give_override(desk.session, desk.team, Stretch(tier, start, end), doing)], as_json=as_json)


@cover.command("ask")
def _ask_cover(  # noqa: PLR0913 - one for each part of the command
    team: TeamArgument,
    person: PersonArgument,
    from_: FromOption,
    to: ToOption,
    tier: TierOption = None,
    of: Annotated[list[str] | None, typer.Option("--of", metavar="SLUG", help="Whom to ask; else everyone.")] = None,
    why: WhyOption = None,
    by: ByOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for all that a person holds in a span to be covered: one change for each stretch."""
    with _desk(team) as desk:
        start, end = span_of(from_, to, desk.zone)
        asked = [practitioner_named(desk.session, desk.team, one) for one in of or ()]
        wanted = Wanted(start=start, end=end, tier=tier, of=asked)
        desk.answer(ask_cover(desk.session, desk.team, wanted, desk.doing(person, by, why)), as_json=as_json)


@swap.command("ask")
def _ask_swap(  # noqa: PLR0913 - one for each part of the command
    team: TeamArgument,
    person: PersonArgument,
    from_: FromOption,
    to: ToOption,
    tier: Annotated[str, typer.Option("--tier", metavar="TIER", help="The tier of what is given.")],
    colleague: Annotated[str, typer.Option("--with", metavar="SLUG", help="The colleague who is asked.")],
    their_from: Annotated[str, typer.Option("--their-from", metavar="ISO", help="What is taken in return.")],
    their_to: Annotated[str, typer.Option("--their-to", metavar="ISO", help="Its end, not included.")],
    their_tier: Annotated[str | None, typer.Option("--their-tier", metavar="TIER", help="Else the same.")] = None,
    why: WhyOption = None,
    by: ByOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a colleague to take a stretch of one's own for one of theirs."""
    with _desk(team) as desk:
        start, end = span_of(from_, to, desk.zone)
        begins = instant_of(their_from, desk.zone, option="--their-from")
        other = Stretch(their_tier or tier, begins, instant_of(their_to, desk.zone, option="--their-to"))
        theirs = practitioner_named(desk.session, desk.team, colleague)
        doing = desk.doing(person, by, why)
        change = ask_swap(desk.session, desk.team, Stretch(tier, start, end), other, theirs, doing)
        desk.answer([change], as_json=as_json)


def _answering(name: str, deed: Callable[[Session, Team, str, Doing], RotaChange], said: str) -> None:
    """The same command for both, since a code says which change is meant."""

    def command(  # noqa: PLR0913 - one for each part of the command
        team: TeamArgument,
        code: CodeArgument,
        person: PersonArgument,
        by: ByOption = None,
        why: WhyOption = None,
        allow: AllowOption = False,
        as_json: JsonOption = False,
    ) -> None:
        with _desk(team) as desk:
            change = deed(desk.session, desk.team, code, desk.doing(person, by, why, allows=allow))
            desk.answer([change], as_json=as_json)

    command.__doc__ = said
    cover.command(name)(command)
    swap.command(name)(command)


_answering("accept", accept, "PERSON takes it, at once or, where the team wants that, once a lead agrees.")
_answering("decline", decline, "PERSON cannot take it; a lead does not agree.")
_answering("withdraw", withdraw, "It is no longer wanted.")
_answering("approve", approve, "PERSON, a lead, agrees to it.")
_answering("undo", undo, "Take it off the rota again, if it is not past.")


@cover.command("list")
def _list(team: TeamArgument, as_json: JsonOption = False) -> None:
    """What is asked and not settled, and what is changed and not past."""
    with complaining(), opened() as database, database.reading() as session:
        theirs = team_named(session, team)
        shown = changes_json(session, theirs, standing_changes(session, theirs, at=SystemClock().now()))
        if as_json:
            print_json(shown)
        else:
            typer.echo(changes_text(shown["changes"]) or "Nothing is asked, and nothing is changed.")


@leave.app.command("add")
def _add_leave(
    team: TeamArgument,
    person: PersonArgument,
    from_: FromOption,
    to: ToOption,
    by: ByOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write leave, and ask everyone to cover each shift it touches."""
    with _desk(team) as desk:
        start, end = span_of(from_, to, desk.zone)
        written = give_leave(desk.session, desk.team, start, end, desk.doing(person, by, None))
        desk.answer_leave(written, "The leave is written.", as_json=as_json)


@leave.app.command("remove")
def _remove_leave(
    team: TeamArgument,
    person: PersonArgument,
    from_: FromOption,
    to: ToOption,
    by: ByOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take leave off again that was added by hand; what nobody took because of it is no longer asked."""
    with _desk(team) as desk:
        start, end = span_of(from_, to, desk.zone)
        taken = take_leave_back(desk.session, desk.team, start, end, desk.doing(person, by, None))
        desk.answer_leave(taken, "The leave is taken off.", as_json=as_json)


def changes(team: TeamArgument, as_json: JsonOption = False) -> None:
    """Every change of the rota there was: who, for whom, when and why."""
    with complaining(), opened() as database, database.reading() as session:
        theirs = team_named(session, team)
        if as_json:
            print_json(log_json(session, theirs))
        else:
            typer.echo(log_text(session, theirs))
