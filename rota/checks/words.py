"""How a breach of a rule is told to a lead: whom it is about, what was found, what the team's rule asks.

One rule: the reader needs no other page, and nothing is said of why somebody worked.
"""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rota.checks.fairness import Excess
from rota.checks.findings import clock, in_hours, number
from rota.checks.rest import Average
from rota.checks.rules import Rules
from rota.spans import Span

FIGURES = {
    "hours": "hours",
    "nights": "nights",
    "weekend_hours": "weekend hours",
    "bank_holiday_hours": "bank holiday hours",
}


def daily_rest(person: str, missed: Span[timedelta], *, zone: ZoneInfo, rules: Rules) -> str:
    """24 hours, or several times 24, without their rest."""
    owed = timedelta(hours=rules.daily_rest_hours) - missed.held
    each = "the 24 hours" if missed.end - missed.start == timedelta(days=1) else "each 24 hours"
    rest = f"no more than {in_hours(missed.held)} of rest in one piece in {each} from {clock(missed.start, zone)}"
    return f"{person} has {rest}; the rule is {rules.daily_rest_hours} hours, so {in_hours(owed)} are owed."


def weekly_rest(person: str, missed: Span[timedelta], *, rules: Rules) -> str:
    """A week without its rest."""
    rest = f"no more than {in_hours(missed.held)} without work in one piece in this week"
    fortnight = f"{rules.fortnightly_rest_hours} in a fortnight"
    return f"{person} has {rest}; the rule is {rules.weekly_rest_hours} hours, or {fortnight}."


def weekly_hours(person: str, average: Span[Average], *, rules: Rules) -> str:
    """Weeks of too much work, or nearly."""
    weeks = rules.weekly_hours_over_weeks
    works = f"{person} works {number(average.held.hours)} hours a week on average over {weeks} weeks"
    if average.held.is_over:
        return f"{works}; the most is {rules.weekly_hours}."
    return f"{works}: near the most, which is {rules.weekly_hours}."


def nights(person: str, run: Span[Any], *, rules: Rules) -> str:
    """Too many nights in a row: as many as were looked at."""
    most = rules.nights_in_a_row
    at_most = f"the most is {most} {'night' if most == 1 else 'nights'}"
    return f"{person} is on call for at least {run.held} nights in a row; {at_most}."


def unfair(person: str, tier: str, over: list[Excess]) -> str:
    """More than an equal share."""
    parts = [
        f"{number(one.held)} of {number(one.total)} {FIGURES[one.figure]} (an equal share: {number(one.share)})"
        for one in over
    ]
    return f"{person} holds more than an equal share of {tier}, which {over[0].among} share: {', '.join(parts)}."
