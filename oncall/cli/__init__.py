"""The commands: the same functions as the web uses, with clear lines and exit codes.

0 fine, 1 found something, 2 wrong use or unusable input. Answers go to standard output, all else to standard error.
"""

import sys

import typer
from sqlalchemy.exc import DBAPIError

from oncall.cli import demo, handover, risk, rota, serving, team, token
from oncall.cli.cards import showing
from oncall.cli.doctor import command as doctor
from oncall.cli.tasks import listing
from oncall.errors import OnCallError

UNUSABLE = 2

app = typer.Typer(
    help="The on-call line of MIST.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(team.app, name="team", help="Load, check and export a team's file.")
app.add_typer(rota.app, name="rota", help="Who is on call.")
app.add_typer(risk.app, name="risk", help="What a text may mean.")
app.add_typer(token.app, name="token", help="Tokens for programs that use the API.")
app.command("serve")(serving.serve)
app.command("migrate")(serving.migrate)
app.command("demo")(demo.demo)
app.command("handover")(handover.handover)
app.command("doctor")(doctor.doctor)
app.command("tasks")(listing.tasks)
app.command("cards")(showing.show_cards)


def main() -> None:
    """Runs the command that was asked for; an error is a line, never a traceback."""
    try:
        app()
    except OnCallError as error:
        print(error.message, file=sys.stderr)
        sys.exit(UNUSABLE)
    except DBAPIError as error:
        print(f"The database cannot be used: {type(error.orig or error).__name__}.", file=sys.stderr)
        sys.exit(UNUSABLE)
