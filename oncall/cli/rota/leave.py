"""`oncall rota leave import`: a person's leave, out of a calendar that is kept elsewhere.

One rule: a calendar that cannot be used changes nothing, and all that is wrong with it is said.
"""

from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from oncall.cli.complaining import complaining
from oncall.cli.opening import opened, team_named
from oncall.cli.rota.asking import JsonOption, print_json
from oncall.clock import SystemClock
from oncall.errors import Unusable
from oncall.rotas.leaving.fetching import fetched
from oncall.rotas.leaving.importing import as_import_json, difference, import_leave, practitioner_named
from oncall.rotas.leaving.reading import MOST_BYTES, read_leave

app = typer.Typer(help="When people are away.", no_args_is_help=True)


@app.callback()
def leave() -> None:
    """When people are away."""


@app.command("import")
def import_(  # noqa: PLR0913 - one for each part of the command
    team: Annotated[str, typer.Argument(metavar="TEAM", help="A team's slug.")],
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The slug of who is away.")],
    place: Annotated[str, typer.Argument(metavar="FILE-OR-URL", help="An iCalendar file, or an https address of one.")],
    matching: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only events whose title has this in it.")
    ] = None,
    source: Annotated[
        str,
        typer.Option(metavar="NAME", help="Which calendar of theirs this is; it takes the place of its last import."),
    ] = "calendar",
    check: Annotated[bool, typer.Option("--check", help="Only say what would change.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Take leave from a calendar, up to a year ahead. Importing the same again changes nothing."""
    now = SystemClock().now()
    with complaining():
        read = read_leave(_content(place), at=now, matching=matching)
        with opened() as database, database.reading() if check else database.transaction() as session:
            theirs = team_named(session, team)
            who = practitioner_named(session, theirs, person)
            if check:
                zone = ZoneInfo(theirs.time_zone)
                found = difference(session, who, read, source=source, zone=zone, at=now)
            else:
                found = import_leave(session, theirs, read, person=who, source=source, at=now)
            told = {"team": theirs.slug, "person": who.slug, "source": source, **as_import_json(found)}
    if as_json:
        print_json({**told, "checked_only": check})
    else:
        typer.echo(_words(told, is_check=check))


def _content(place: str) -> bytes:
    """What is in the file, or at the address, neither of which is repeated: an address may be a secret."""
    if "://" in place:
        return fetched(place)
    try:
        with Path(place).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise Unusable(f"That file cannot be read: {wrong.strerror}.") from None


def _words(told: dict[str, Any], *, is_check: bool) -> str:
    lines = [f"  away from {one['from']} to {one['to']}" for one in told["new"]]
    lines += [f"  no longer away from {one['from']} to {one['to']}" for one in told["taken_off"]]
    summed = f"{len(told['new'])} new, {len(told['taken_off'])} taken off, {told['unchanged']} unchanged"
    would = "Nothing is changed; an import would be" if is_check else f"{told['person']}'s leave is imported"
    return "\n".join([f"{would}: {summed}.", *lines])
