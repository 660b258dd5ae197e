"""`oncall rota rest`: the rest that is owed for disturbed nights, and settling it."""

from typing import Annotated
from uuid import UUID

import typer

from oncall.cli.complaining import complaining
from oncall.cli.opening import opened, team_named
from oncall.cli.rota.asking import JsonOption, print_json
from oncall.clock import SystemClock
from oncall.errors import Unusable
from oncall.rotas.leaving.importing import practitioner_named
from oncall.rotas.rest.listing import one_json, rest_json, rest_text
from oncall.rotas.rest.owing import settle


def rest(
    team: Annotated[str, typer.Argument(metavar="TEAM", help="A team's slug.")],
    settles: Annotated[UUID | None, typer.Option("--settle", metavar="ID", help="Settle this one.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="LEAD", help="The lead who settles it.")] = None,
    how: Annotated[str | None, typer.Option("--how", metavar="TEXT", help="How it was settled.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Rest that is owed for nights that were worked in, with the later start proposed; or settle one of them."""
    now = SystemClock().now()
    with complaining(), opened() as database, database.transaction() as session:
        theirs = team_named(session, team)
        if settles is None:
            shown = rest_json(session, theirs, at=now)
        else:
            if by is None or how is None or not how.strip():
                raise Unusable("--settle needs --by LEAD and --how TEXT.")
            lead = practitioner_named(session, theirs, by)
            row = settle(session, theirs, settles, by=lead, how=how, at=now)
            shown = {"team": theirs.slug, "rest": [one_json(session, theirs, row)]}
        if as_json:
            print_json(shown)
        else:
            typer.echo(rest_text(shown["rest"]))
