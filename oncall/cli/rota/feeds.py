"""`oncall rota feed`: the secret addresses at which calendars are read.

One rule: an address is printed once, by the command that makes it; lost, it is revoked and another is made.
"""

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import typer

from oncall.cli.complaining import complaining
from oncall.cli.opening import opened, team_named
from oncall.cli.rota.asking import JsonOption, print_json
from oncall.clock import SystemClock
from oncall.rotas.calendars.actions import create_feed, revoke_feed
from oncall.rotas.calendars.queries import listed
from oncall.rotas.calendars.wording import as_feed_json, feed_text

app = typer.Typer(help="Calendars at secret addresses.", no_args_is_help=True)
StoredTeam = Annotated[str, typer.Argument(metavar="TEAM", help="A team's slug.")]


@app.command("create")
def create(
    team: StoredTeam,
    person: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Whose shifts; the whole team's, if left out.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make an address, and print it, once."""
    with complaining(), opened() as database:
        with database.transaction() as session:
            theirs = team_named(session, team)
            feed, address = create_feed(session, theirs, person=person, at=SystemClock().now())
        if as_json:
            print_json({**as_feed_json(feed, zone=ZoneInfo(theirs.time_zone)), "address": address})
        else:
            typer.echo(address)


@app.command("list")
def list_(team: StoredTeam, as_json: JsonOption = False) -> None:
    """The team's addresses, without their secrets."""
    with complaining(), opened() as database, database.reading() as session:
        theirs = team_named(session, team)
        zone, feeds = ZoneInfo(theirs.time_zone), listed(session, team_id=theirs.id)
        if as_json:
            print_json({"team": theirs.slug, "feeds": [as_feed_json(feed, zone=zone) for feed in feeds]})
        else:
            typer.echo("\n".join(feed_text(feed, zone=zone) for feed in feeds) or "There is no calendar address yet.")


@app.command("revoke")
def revoke(
    team: StoredTeam,
    feed: Annotated[UUID, typer.Argument(metavar="FEED", help="The address's id, as `list` shows it.")],
    as_json: JsonOption = False,
) -> None:
    """End an address: from then on it opens nothing."""
    with complaining(), opened() as database:
        with database.transaction() as session:
            revoke_feed(session, team_named(session, team), feed_id=feed, at=SystemClock().now())
        if as_json:
            print_json({"feed": str(feed), "revoked": True})
        else:
            typer.echo("That address opens nothing any more.")
