"""What a person or a program reads of a rota: the JSON of the commands and of the API, a few lines of text, warnings.

Instants are shown in the team's zone, with their offset in JSON.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from oncall.people.teamfile import Problem
from rota.resolve import Holding, Shift

Held = Mapping[str, Holding | None]
Shown = Mapping[str, Sequence[Shift]]


def as_who_json(team: str, tiers: Held, *, at: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """Who holds each tier of a team (its slug) at an instant."""
    return {"team": team, "at": _iso(at, zone), "tiers": {tier: _holding(held, zone) for tier, held in tiers.items()}}


def as_show_json(team: str, tiers: Shown, *, start: datetime, end: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """The shifts and gaps of each tier of a team (its slug)."""
    shown = {tier: [_shift(shift, zone) for shift in shifts] for tier, shifts in tiers.items()}
    return {"team": team, "from": _iso(start, zone), "to": _iso(end, zone), "tiers": shown}


def who_text(team: str, tiers: Held, *, at: datetime, zone: ZoneInfo) -> str:
    """The same in a line for each tier."""
    lines = [f"{team}, {_local(at, zone)}"]
    for tier, held in tiers.items():
        if held is None:
            lines.append(f"  {tier}: nobody")
        else:
            until = f"until {_local(held.until, zone)}" if held.until else "with no end within a year"
            lines.append(f"  {tier}: {held.person}, {until} ({held.because})")
    return "\n".join(lines)


def show_text(team: str, tiers: Shown, *, start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """The same in a line for each shift."""
    lines = [f"{team}, {_local(start, zone)} to {_local(end, zone)}"]
    for tier, shifts in tiers.items():
        lines.append(f"{tier}:")
        for shift in shifts:
            who = f"{shift.person} ({shift.because})" if shift.person else "nobody"
            lines.append(f"  {_local(shift.start, zone)} to {_local(shift.end, zone)}: {who}")
    return "\n".join(lines)


def gap_warnings(tiers: Shown, *, zone: ZoneInfo) -> list[Problem]:
    """A line for each tier that nobody holds at some time of what is shown, with its minutes, never rounded down."""
    return [
        _gaps_of(tier, gaps, zone) for tier, shifts in tiers.items() if (gaps := [s for s in shifts if not s.person])
    ]


def _gaps_of(tier: str, gaps: Sequence[Shift], zone: ZoneInfo) -> Problem:
    seconds = sum((gap.end - gap.start for gap in gaps), timedelta(0)) / timedelta(seconds=1)
    minutes = -int(-seconds // 60)
    first = f"{_local(gaps[0].start, zone)} to {_local(gaps[0].end, zone)}"
    which = f"from {first}" if len(gaps) == 1 else f"in {len(gaps)} gaps, the first from {first}"
    wrong = f"nobody holds it for {minutes} {'minute' if minutes == 1 else 'minutes'}, {which}"
    return Problem(f"rota.tiers.{tier}", wrong, "add a layer or an override, if somebody should")


def _holding(held: Holding | None, zone: ZoneInfo) -> dict[str, Any] | None:
    if held is None:
        return None
    return {"person": held.person, "until": held.until and _iso(held.until, zone), "because": held.because}


def _shift(shift: Shift, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "from": _iso(shift.start, zone),
        "to": _iso(shift.end, zone),
        "person": shift.person,
        "because": shift.because,
    }


def _iso(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()


def _local(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %d %b %Y %H:%M %Z}"
