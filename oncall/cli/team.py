"""`oncall team`: a team's file is checked, loaded, and given back.

One rule: a file with an error changes nothing; all of it is loaded in one transaction, or none. What is only to be
known is said on standard error, and the file is loaded all the same.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from oncall.cli.complaining import complaining
from oncall.cli.opening import opened, team_named
from oncall.clock import SystemClock
from oncall.db.database import Database
from oncall.people.actions import load_people
from oncall.people.filing import team_file
from oncall.people.teamfile import Problem, TeamFile, read, warnings, write
from oncall.rotas.actions import export_rota, load_rota
from oncall.rotas.wording import gap_warnings
from oncall.rotas.written import rota_of
from rota import resolve

GAPS_LOOKED_FOR = timedelta(days=365)
app = typer.Typer(help="A team's file: load it, check it, get it back.", no_args_is_help=True)


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="The team's file, in YAML.")],
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file can be used.")] = False,
) -> None:
    """Create or update a team from its file. Loading the same file again changes nothing."""
    now = SystemClock().now()
    with complaining():
        found = read(file, today=now.date())
        if not check:
            with opened() as database:
                store(database, found, at=now)
    for warning in [*warnings(found), *gaps(found, at=now)]:
        typer.echo(f"warning: {warning}", err=True)
    typer.echo(f"{found.team.name} ({found.team.slug}) {'can be loaded' if check else 'is loaded'}: {counted(found)}.")


@app.command()
def export(team: Annotated[str, typer.Argument(help="The team's short name.")]) -> None:
    """Give a team's file back, on standard output."""
    with complaining(), opened() as database:
        text = exported(database, team)
    typer.echo(text.encode(), nl=False)


def store(database: Database, file: TeamFile, *, at: datetime) -> None:
    """Loads all of a file in one transaction."""
    with database.transaction() as session:
        load_rota(session, load_people(session, file, at=at), file.rota, at=at)


def exported(database: Database, slug: str) -> str:
    """The text of a team's file. Raises NoSuchTeam."""
    with database.reading() as session:
        team = team_named(session, slug)
        return write(team_file(session, team, rota=export_rota(session, team)))


def gaps(file: TeamFile, *, at: datetime) -> list[Problem]:
    """When nobody is on a tier, within a year; a tier without a layer is told of by itself."""
    zone = ZoneInfo(file.team.time_zone)
    shown = resolve.show(rota_of(file.rota, zone=zone), at, at + GAPS_LOOKED_FOR)
    return gap_warnings({tier: shifts for tier, shifts in shown.items() if file.rota.tiers[tier]}, zone=zone)


def counted(file: TeamFile) -> str:
    """How many people the file names."""
    young, contacts = len(file.young_people), len(file.contacts)
    return (
        f"{len(file.staff)} staff, {young} young {'person' if young == 1 else 'people'}, "
        f"{contacts} {'contact' if contacts == 1 else 'contacts'}"
    )
