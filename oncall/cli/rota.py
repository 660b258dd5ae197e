"""`oncall rota who`, `show` and `check`: who is on call and what is wrong, of a stored team or straight from its file.

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

from oncall.cli.complaining import complaining
from oncall.cli.opening import opened, team_named
from oncall.clock import SystemClock
from oncall.errors import Unusable
from oncall.people.teamfile import read
from oncall.rotas import answers
from oncall.rotas.checking.gathering import check_file, check_team
from oncall.rotas.checking.wording import as_check_json, check_text
from oncall.rotas.wording import as_show_json, as_who_json, show_text, who_text
from oncall.rotas.written import rota_of
from rota import resolve
from rota.checks.check import Report
from rota.local_time import begins_at, instant
from rota.resolve import Holding, Shift

app = typer.Typer(help="Who is on call, and when.", no_args_is_help=True)

AT_HELP = "An instant, ISO 8601; without an offset, in the team's zone."
TeamArgument = Annotated[str, typer.Argument(metavar="TEAM", help="A team's slug, or a team file ending in .yaml.")]
FromOption = Annotated[str, typer.Option("--from", metavar="ISO", help=AT_HELP)]
ToOption = Annotated[str, typer.Option("--to", metavar="ISO", help="The end, not included.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
FOUND = 1


@dataclass(frozen=True)
class _Asked:
    """A team whose rota can be asked."""

    slug: str
    zone: ZoneInfo
    who: Callable[[datetime], Mapping[str, Holding | None]]
    show: Callable[[datetime, datetime], Mapping[str, Sequence[Shift]]]
    check: Callable[[datetime, datetime], Report]


@app.command("who")
def who(
    team: TeamArgument,
    at: Annotated[str | None, typer.Option("--at", metavar="ISO", help=f"{AT_HELP} Default: now.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Who holds each tier at an instant."""
    with complaining(), _asked(team) as asked:
        asked_at = SystemClock().now() if at is None else _instant(at, asked.zone, option="--at")
        tiers = asked.who(asked_at)
        if as_json:
            _print(as_who_json(asked.slug, tiers, at=asked_at, zone=asked.zone))
        else:
            typer.echo(who_text(asked.slug, tiers, at=asked_at, zone=asked.zone))


@app.command("show")
def show(
    team: TeamArgument,
    from_: FromOption,
    to: ToOption,
    as_json: JsonOption = False,
) -> None:
    """The final shifts of each tier, gaps included."""
    with complaining(), _asked(team) as asked:
        start, end = _span(from_, to, asked.zone)
        tiers = asked.show(start, end)
        if as_json:
            _print(as_show_json(asked.slug, tiers, start=start, end=end, zone=asked.zone))
        else:
            typer.echo(show_text(asked.slug, tiers, start=start, end=end, zone=asked.zone))


@app.command("check")
def check(
    team: TeamArgument,
    from_: FromOption,
    to: ToOption,
    as_json: JsonOption = False,
) -> None:
    """Gaps, leave, people who cannot be reached, rest, fairness; exit 1 if anything was found."""
    with complaining(), _asked(team) as asked:
        start, end = _span(from_, to, asked.zone)
        report = asked.check(start, end)
        if as_json:
            _print(as_check_json(report, zone=asked.zone))
        else:
            typer.echo(check_text(asked.slug, report, start=start, end=end, zone=asked.zone))
    if report.findings:
        raise typer.Exit(FOUND)


@contextmanager
def _asked(team: str) -> Iterator[_Asked]:
    """The team of a file, or of the database."""
    if team.endswith(".yaml"):
        file = read(Path(team))
        zone = ZoneInfo(file.team.time_zone)
        rota = rota_of(file.rota, zone=zone)
        yield _Asked(
            file.team.slug,
            zone,
            who=lambda at: resolve.who(rota, at),
            show=lambda start, end: resolve.show(rota, start, end),
            check=lambda start, end: check_file(file, start=start, end=end),
        )
        return
    with opened() as database, database.reading() as session:
        found = team_named(session, team)
        yield _Asked(
            found.slug,
            ZoneInfo(found.time_zone),
            who=lambda at: answers.who(session, found, at=at),
            show=lambda start, end: answers.show(session, found, start=start, end=end),
            check=lambda start, end: check_team(session, found, start=start, end=end),
        )


def _span(from_: str, to: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    start, end = _instant(from_, zone, option="--from"), _instant(to, zone, option="--to")
    if end <= start:
        raise Unusable("--from must lie before --to.")
    return start, end


def _instant(written: str, zone: ZoneInfo, *, option: str) -> datetime:
    """The instant written; a naive one is in the team's zone, the first of two, or the first after a gap."""
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError:
        raise Unusable(f"{option} is no ISO 8601 instant; write one such as 2026-03-14T02:00.") from None
    try:
        return instant(begins_at(at, zone) if at.tzinfo is None else at)
    except ValueError as wrong:
        raise Unusable(f"{option} cannot be used: {wrong}.") from None


def _print(document: dict[str, Any]) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
