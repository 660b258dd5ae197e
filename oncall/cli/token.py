"""`oncall token create`."""

from typing import Annotated

import typer

from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.cli.opening import opened, team_named
from oncall.clock import SystemClock

app = typer.Typer(no_args_is_help=True)


@app.callback()
def tokens() -> None:
    """Tokens for programs that use the API."""


@app.command("create")
def create(
    team: Annotated[str, typer.Option(help="The team's slug.")],
    scope: Annotated[Scope, typer.Option(help="What it may do; write includes read.")],
    name: Annotated[str, typer.Option(help="What it is for.")],
    team_only: Annotated[bool, typer.Option("--team-only", help="It sees nothing that is for leads only.")] = False,
) -> None:
    """Prints a new API token, once, alone on standard output."""
    with opened() as database, database.transaction() as session:
        found, at = team_named(session, team), SystemClock().now()
        secret = create_token(session, found, scope=scope, name=name, at=at, may_see_restricted=not team_only)
    typer.echo(secret)
