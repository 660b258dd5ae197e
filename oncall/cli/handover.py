"""`oncall handover`: what the staff meeting must know, as text or JSON."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from oncall.cli.complaining import write_out
from oncall.cli.opening import opened, team_named
from oncall.clock import SystemClock
from oncall.errors import Unusable
from oncall.handover.contents import Handover, gather
from oncall.handover.period import meeting_on, next_meeting
from oncall.handover.wording import as_json, as_text


class Format(StrEnum):
    """How the handover is written."""

    TEXT = "text"
    JSON = "json"


class NoDay(Unusable):
    """A meeting is named by its day: 2026-11-30."""


def handover(
    team: Annotated[str, typer.Argument(metavar="TEAM", help="The team's slug.")],
    meeting: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of the staff meeting. Default: the next one.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.TEXT,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it. Default: here.")] = None,
) -> None:
    """The staff-meeting handover: what came since the last meeting, still open first."""
    with opened() as database, database.reading() as session:
        found = team_named(session, team)
        now = SystemClock().now()
        period = meeting_on(found, _day(meeting)) if meeting else next_meeting(found, at=now)
        text = _written(gather(session, found, period, at=now), format_)
    if out is None:
        typer.echo(text.encode(), nl=False)
    else:
        write_out(out, text)


def _written(found: Handover, format_: Format) -> str:
    return as_text(found) if format_ is Format.TEXT else json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n"


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise NoDay from None
