"""The whole check of a rota over a span: what is wrong, and what everybody holds.

One rule: standby and work are told apart. Who is on call is the rota's shifts; what was worked is given, and only that
breaks rest, together with tiers whose standby the team counts as work. Where all this comes from is left to who asks.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from rota.checks import words
from rota.checks.fairness import too_much, who_share
from rota.checks.findings import Finding, Kind, in_minutes, in_order
from rota.checks.holding import Shown, Spans, gaps, held_by_person, leave_clashes, two_tiers, unreachable
from rota.checks.load import Days, Load, days_of, load_of, nights_in, nights_in_a_row, weeks_of
from rota.checks.rest import daily_rest_missed, weekly_hours, weekly_rest_missed
from rota.checks.rules import Rules, hours_of
from rota.local_time import EARLIEST, LATEST
from rota.patterns import Layer, Leave
from rota.resolve import Shift
from rota.spans import Span, join


@dataclass(frozen=True)
class Worked:
    """Somebody worked in `[start, end)`: from the ring of a call to the end of the contact."""

    person: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Question:
    """A rota and the span asked about. `shown` has each tier's shifts over all of `reach`, gaps included.

    `unreachable` says of people why they cannot be paged, as it follows their name.
    """

    zone: ZoneInfo
    start: datetime
    end: datetime
    shown: Shown
    layers: Mapping[str, Sequence[Layer]]
    leave: Collection[Leave] = ()
    unreachable: Mapping[str, str] = field(default_factory=dict)
    worked: Collection[Worked] = ()
    bank_holidays: Collection[date] = frozenset()
    rules: Rules = field(default_factory=Rules)

    @cached_property
    def asked(self) -> Shown:
        """The shifts of the span asked about."""
        return {tier: _cut(shifts, self.start, self.end) for tier, shifts in self.shown.items()}

    @cached_property
    def worked_by(self) -> dict[str, Spans]:
        """What each person worked, as far as `reach` goes: sorted and joined."""
        standby = {tier: shifts for tier, shifts in self.shown.items() if tier in self.rules.standby_is_work}
        worked = held_by_person(standby)
        for one in self.worked:
            if one.start < one.end:
                worked.setdefault(one.person, []).append(Span(one.start, one.end, None))
        return {person: join(sorted(spans)) for person, spans in worked.items()}

    def days(self, start: datetime, end: datetime) -> Days:
        """The nights and days of a span."""
        counts_from = hours_of(self.rules.night_counts_from_hours)
        return days_of(self.zone, start, end, bank_holidays=self.bank_holidays, night_counts_from=counts_from)


@dataclass(frozen=True)
class Report:
    """What was found, and what each person holds in the span asked about; `knows_work`: work was given to the check."""

    findings: tuple[Finding, ...]
    load: Mapping[str, Load]
    rules: Rules
    knows_work: bool


def reach(start: datetime, end: datetime, *, zone: ZoneInfo, values: Rules) -> tuple[datetime, datetime]:
    """How far back and ahead shifts are needed to check `[start, end)`; work, over `weekly_hours_over_weeks` too."""
    nights = values.nights_in_a_row // 7 + 2
    back = max(nights, values.weekly_hours_over_weeks) if values.standby_is_work else nights
    weeks = weeks_of(zone, start, end, before=back, after=nights)
    return max(weeks[0].start, EARLIEST), min(weeks[-1].end, LATEST - timedelta(microseconds=1))


def check(question: Question) -> Report:
    """All that is wrong with a rota over a span, and its load."""
    days = question.days(question.start, question.end)
    found = [
        *(gaps(question.asked) if question.asked else [_nobody_at_all(question)]),
        *leave_clashes(question.asked, question.leave),
        *unreachable(question.asked, question.unreachable),
        *two_tiers(question.asked),
        *_rest(question),
        *_hours(question),
        *_nights(question),
        *_unfair(question, days),
    ]
    touching = [finding for finding in found if finding.start < question.end and question.start < finding.end]
    return Report(in_order(touching), _load(question, days), question.rules, knows_work=bool(question.worked))


def _nobody_at_all(question: Question) -> Finding:
    detail = f"There is no tier to be on, so nobody is, for {in_minutes(question.end - question.start)}."
    return Finding(Kind.GAP, None, None, question.start, question.end, detail)


def _load(question: Question, days: Days) -> dict[str, Load]:
    held = held_by_person(question.asked)
    sharing = [
        who for tier, shifts in question.asked.items() for who in who_share(shifts, question.layers.get(tier, ()))
    ]
    return {person: load_of(held.get(person, []), days) for person in dict.fromkeys([*sharing, *held])}


def _rest(question: Question) -> Iterator[Finding]:
    zone, values = question.zone, question.rules
    weeks = weeks_of(zone, question.start, question.end, before=1, after=1)
    for person, worked in question.worked_by.items():
        for day in daily_rest_missed(worked, least=hours_of(values.daily_rest_hours)):
            yield _finding(Kind.DAILY_REST, person, day, words.daily_rest(person, day, zone=zone, rules=values))
        for week in weekly_rest_missed(
            worked,
            weeks,
            least=hours_of(values.weekly_rest_hours),
            in_fortnight=hours_of(values.fortnightly_rest_hours),
        ):
            yield _finding(Kind.WEEKLY_REST, person, week, words.weekly_rest(person, week, rules=values))


def _hours(question: Question) -> Iterator[Finding]:
    values = question.rules
    weeks = weeks_of(question.zone, question.start, question.end, before=values.weekly_hours_over_weeks - 1)
    for person, worked in question.worked_by.items():
        for over in weekly_hours(
            worked,
            weeks,
            over=values.weekly_hours_over_weeks,
            most=hours_of(values.weekly_hours),
            warn_from=hours_of(values.weekly_hours_warning),
        ):
            yield _finding(Kind.WEEKLY_HOURS, person, over, words.weekly_hours(person, over, rules=values))


def _nights(question: Question) -> Iterator[Finding]:
    start, end = reach(question.start, question.end, zone=question.zone, values=question.rules)
    days = question.days(start, end)
    for person, held in held_by_person(question.shown).items():
        for run in nights_in_a_row(nights_in(held, days), most=question.rules.nights_in_a_row):
            yield _finding(Kind.NIGHTS, person, run, words.nights(person, run, rules=question.rules))


def _unfair(question: Question, days: Days) -> Iterator[Finding]:
    for tier, shifts in question.asked.items():
        layers, percent = question.layers.get(tier, ()), question.rules.unfair_above_percent
        for person, over in too_much(shifts, layers, days, zone=question.zone, percent=percent):
            detail = words.unfair(person, tier, over)
            yield Finding(Kind.UNFAIR, tier, person, question.start, question.end, detail)


def _finding(kind: Kind, person: str, span: Span[Any], detail: str) -> Finding:
    return Finding(kind, None, person, span.start, span.end, detail)


def _cut(shifts: Sequence[Shift], start: datetime, end: datetime) -> tuple[Shift, ...]:
    touching = (shift for shift in shifts if shift.start < end and start < shift.end)
    return tuple(Shift(max(one.start, start), min(one.end, end), one.person, one.because) for one in touching)
