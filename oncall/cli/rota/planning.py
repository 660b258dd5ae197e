"""`oncall rota plan`: proposes a rota for a span, of a stored team or straight from its file; never applies it.

One rule: the search begins when the database is closed again. Exit 1: no plan was found, and why is said.
"""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from oncall.cli.complaining import complaining, write_out
from oncall.cli.opening import opened, team_named
from oncall.cli.rota.asking import FromOption, JsonOption, TeamArgument, ToOption, print_json, span_of
from oncall.people.teamfile import read, write
from oncall.rotas.planning.gathering import Gathered, Wanted, from_file, from_team
from oncall.rotas.planning.making import make
from oncall.rotas.planning.wording import as_plan_json, plan_text

NO_PLAN = 1


def plan(  # noqa: PLR0913 - one for each option
    team: TeamArgument,
    from_: FromOption,
    to: ToOption,
    as_json: JsonOption = False,
    seconds: Annotated[float, typer.Option("--seconds", min=1, max=3600, help="How long to search at most.")] = 55,
    tier: Annotated[list[str] | None, typer.Option("--tier", help="Plan only this tier; may be repeated.")] = None,
    wishes: Annotated[Path | None, typer.Option("--wishes", metavar="FILE", help="More wishes, in YAML.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the team's file with the proposal in it there.")
    ] = None,
) -> None:
    """Propose who holds the turns that begin in a span; exit 1 if there is no plan."""
    with complaining():
        outcome = make(_gathered(team, from_, to, tiers=tier or [], wishes=wishes), seconds=seconds)
        if out is not None and outcome.proposed is not None:
            write_out(out, write(outcome.proposed))
        if as_json:
            print_json(as_plan_json(outcome))
        else:
            typer.echo(plan_text(outcome))
    if outcome.proposed is None:
        raise typer.Exit(NO_PLAN)


def _gathered(team: str, from_: str, to: str, *, tiers: list[str], wishes: Path | None) -> Gathered:
    if team.endswith(".yaml"):
        file = read(Path(team))
        start, end = span_of(from_, to, ZoneInfo(file.team.time_zone))
        return from_file(file, Wanted(start, end, tiers, wishes))
    with opened() as database, database.reading() as session:
        found = team_named(session, team)
        start, end = span_of(from_, to, ZoneInfo(found.time_zone))
        return from_team(session, found, Wanted(start, end, tiers, wishes))
