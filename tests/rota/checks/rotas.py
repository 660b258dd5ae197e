"""Rotas, shifts and work for the tests of checks: four people in Torfaen, times by the clock on its wall."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from rota.checks.check import Question, Report, Worked, check, reach
from rota.checks.findings import Finding
from rota.checks.rules import Rules
from rota.patterns import DailyCover, Layer, Leave, Override, Rota, Turn, Unit, WeeklyCover
from rota.resolve import show
from rota.spans import Span

LONDON = ZoneInfo("Europe/London")
NIGHTS = (DailyCover(time(17), time(9), frozenset(range(4))),)
WEEKENDS = (WeeklyCover(4, time(17), 0, time(9)),)


def at(written: str) -> datetime:
    """The instant a clock in London shows this, the first of two."""
    return datetime.fromisoformat(written).replace(tzinfo=LONDON).astimezone(UTC)


def span(start: str, end: str) -> Span[None]:
    return Span(at(start), at(end), None)


def worked(person: str, *spells: str) -> list[Worked]:
    """Spells such as `2026-07-06T20:00 2026-07-06T20:30`."""
    return [Worked(person, at(start), at(end)) for start, end in (spell.split() for spell in spells)]


def layer(name: str, *people: str, unit: Unit = Unit.WEEK, every: int = 1, **given: Any) -> Layer:
    """A layer from Monday 5 January 2026, 17:00 on."""
    starts = given.pop("starts", date(2026, 1, 5))
    return Layer(name, people, Turn(every, unit, time(17), starts), **given)


def rota(
    tiers: Mapping[str, Sequence[Layer]], overrides: Collection[Override] = (), *, zone: ZoneInfo = LONDON
) -> Rota:
    return Rota(zone, {tier: tuple(layers) for tier, layers in tiers.items()}, tuple(overrides))


def report(asked: Rota, start: str, end: str, *, leave: Collection[Leave] = (), **given: Any) -> Report:
    """The check of a rota over a span."""
    return report_between(asked, at(start), at(end), leave=leave, **given)


def report_between(asked: Rota, start: datetime, end: datetime, **given: Any) -> Report:
    begins, ends = reach(start, end, zone=asked.zone, values=given.get("rules", Rules()))
    return check(Question(asked.zone, start, end, show(asked, begins, ends), asked.tiers, **given))


def told(report: Report, kind: str) -> list[Finding]:
    """The findings of a kind."""
    return [finding for finding in report.findings if finding.kind == kind]
