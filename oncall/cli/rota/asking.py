"""How a rota command asks: a team that is stored or a file, instants in its zone, JSON or words.

One rule: a team that ends in `.yaml` is a file, and then no database is opened. What cannot be used is said in plain
lines on standard error, with exit 2.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.orm import Session

from oncall.cli.opening import opened, team_named
from oncall.clock import SystemClock
from oncall.errors import Unusable
from oncall.paging.shifts.working import worked_for_check
from oncall.people.models import Team
from oncall.people.teamfile import read
from oncall.rotas import answers
from oncall.rotas.checking.gathering import check_file, check_team
from oncall.rotas.written import rota_of
from rota import resolve
from rota.checks.check import Report, Worked
from rota.local_time import begins_at, instant
from rota.resolve import Holding, Shift

AT_HELP = "An instant, ISO 8601; without an offset, in the team's zone."
TeamArgument = Annotated[str, typer.Argument(metavar="TEAM", help="A team's slug, or a team file ending in .yaml.")]
FromOption = Annotated[str, typer.Option("--from", metavar="ISO", help=AT_HELP)]
ToOption = Annotated[str, typer.Option("--to", metavar="ISO", help="The end, not included.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


@dataclass(frozen=True)
class Asked:
    """A team whose rota can be asked."""

    slug: str
    zone: ZoneInfo
    who: Callable[[datetime], Mapping[str, Holding | None]]
    show: Callable[[datetime, datetime], Mapping[str, Sequence[Shift]]]
    check: Callable[[datetime, datetime], Report]


@contextmanager
def asked(team: str) -> Iterator[Asked]:
    """The team of a file, or of the database."""
    if team.endswith(".yaml"):
        file = read(Path(team))
        zone = ZoneInfo(file.team.time_zone)
        rota = rota_of(file.rota, zone=zone)
        yield Asked(
            file.team.slug,
            zone,
            who=lambda at: resolve.who(rota, at),
            show=lambda start, end: resolve.show(rota, start, end),
            check=lambda start, end: check_file(file, start=start, end=end),
        )
        return
    with opened() as database, database.reading() as session:
        found = team_named(session, team)
        yield Asked(
            found.slug,
            ZoneInfo(found.time_zone),
            who=lambda at: answers.who(session, found, at=at),
            show=lambda start, end: answers.show(session, found, start=start, end=end),
            check=lambda start, end: check_team(
                session, found, start=start, end=end, worked=_worked(session, found, start, end)
            ),
        )


def _worked(session: Session, team: Team, start: datetime, end: datetime) -> Sequence[Worked]:
    return worked_for_check(session, team, start=start, end=end, at=SystemClock().now())


def span_of(from_: str, to: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The span between two instants written. Raises Unusable."""
    start, end = instant_of(from_, zone, option="--from"), instant_of(to, zone, option="--to")
    if end <= start:
        raise Unusable("--from must lie before --to.")
    return start, end


def instant_of(written: str, zone: ZoneInfo, *, option: str) -> datetime:
    """The instant written; a naive one is in the team's zone, the first of two, or the first after a gap."""
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError:
        raise Unusable(f"{option} is no ISO 8601 instant; write one such as 2026-03-14T02:00.") from None
    try:
        return instant(begins_at(at, zone) if at.tzinfo is None else at)
    except ValueError as wrong:
        raise Unusable(f"{option} cannot be used: {wrong}.") from None


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
