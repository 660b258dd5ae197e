"""`oncall rota who`, `show`, `check`: who is on call and what is wrong, of a stored team or straight from its file."""

from typing import Annotated

import typer

from oncall.cli.complaining import complaining
from oncall.cli.rota.asking import (
    AT_HELP,
    FromOption,
    JsonOption,
    TeamArgument,
    ToOption,
    asked,
    instant_of,
    print_json,
    span_of,
)
from oncall.clock import SystemClock
from oncall.rotas.checking.wording import as_check_json, check_text
from oncall.rotas.wording import as_show_json, as_who_json, show_text, who_text

app = typer.Typer(help="Who is on call, and when.", no_args_is_help=True)
FOUND = 1


@app.command("who")
def who(
    team: TeamArgument,
    at: Annotated[str | None, typer.Option("--at", metavar="ISO", help=f"{AT_HELP} Default: now.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Who holds each tier at an instant."""
    with complaining(), asked(team) as theirs:
        asked_at = SystemClock().now() if at is None else instant_of(at, theirs.zone, option="--at")
        tiers = theirs.who(asked_at)
        if as_json:
            print_json(as_who_json(theirs.slug, tiers, at=asked_at, zone=theirs.zone))
        else:
            typer.echo(who_text(theirs.slug, tiers, at=asked_at, zone=theirs.zone))


@app.command("show")
def show(
    team: TeamArgument,
    from_: FromOption,
    to: ToOption,
    as_json: JsonOption = False,
) -> None:
    """The final shifts of each tier, gaps included."""
    with complaining(), asked(team) as theirs:
        start, end = span_of(from_, to, theirs.zone)
        tiers = theirs.show(start, end)
        if as_json:
            print_json(as_show_json(theirs.slug, tiers, start=start, end=end, zone=theirs.zone))
        else:
            typer.echo(show_text(theirs.slug, tiers, start=start, end=end, zone=theirs.zone))


@app.command("check")
def check(
    team: TeamArgument,
    from_: FromOption,
    to: ToOption,
    as_json: JsonOption = False,
) -> None:
    """Gaps, leave, people who cannot be reached, rest, fairness; exit 1 if anything was found."""
    with complaining(), asked(team) as theirs:
        start, end = span_of(from_, to, theirs.zone)
        report = theirs.check(start, end)
        if as_json:
            print_json(as_check_json(report, zone=theirs.zone))
        else:
            typer.echo(check_text(theirs.slug, report, start=start, end=end, zone=theirs.zone))
    if report.findings:
        raise typer.Exit(FOUND)
