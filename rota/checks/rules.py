"""The rules that a rota is checked against, a row each: what it asks, its value, where that is from, and what for.

One rule: a figure stands here and nowhere else, and a team may set its own. Nothing here is legal advice; what breaks
a rule is reckoned by the modules beside this one.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from rota.checks.findings import Kind

REGULATIONS = "Working Time Regulations 1998"
OURS = "this service's own proposal; a team should agree its own"


@dataclass(frozen=True)
class Rule:
    """A whole number of `unit`, from 1 to `most`, as a team's file may set it under `key`."""

    key: str
    kind: Kind
    value: int
    unit: str
    most: int
    explanation: str
    source: str


DAILY_REST = Rule(
    "daily_rest_hours",
    Kind.DAILY_REST,
    11,
    "hours",
    24,
    "In the 24 hours from when somebody starts work they have this much rest in one piece. A call in the night breaks "
    "it; what is missed is owed to them, with a later start. Being on standby alone does not.",
    f"{REGULATIONS}, regulations 10 and 24",
)
WEEKLY_REST = Rule(
    "weekly_rest_hours",
    Kind.WEEKLY_REST,
    24,
    "hours",
    168,
    "In each week from Monday everybody has this much time in one piece without work, or makes it up in a fortnight.",
    f"{REGULATIONS}, regulation 11; to be checked with whoever advises on employment",
)
FORTNIGHTLY_REST = Rule(
    "fortnightly_rest_hours",
    Kind.WEEKLY_REST,
    48,
    "hours",
    336,
    "A week without its rest is made good by this much in it and the week before or after, in one piece or in two.",
    f"{REGULATIONS}, regulation 11; to be checked with whoever advises on employment",
)
WEEKLY_HOURS = Rule(
    "weekly_hours",
    Kind.WEEKLY_HOURS,
    48,
    "hours",
    168,
    "Nobody works more than this in a week on average, unless they have chosen to in writing.",
    f"{REGULATIONS}, regulations 4 and 5",
)
WEEKLY_HOURS_WARNING = Rule(
    "weekly_hours_warning",
    Kind.WEEKLY_HOURS,
    44,
    "hours",
    168,
    "From this average on there is still time to plan fewer hours before the most allowed is reached.",
    OURS,
)
WEEKLY_HOURS_OVER = Rule(
    "weekly_hours_over_weeks",
    Kind.WEEKLY_HOURS,
    17,
    "weeks",
    52,
    "The average is taken over this many weeks; in some care work over 26.",
    f"{REGULATIONS}, regulations 4 and 21",
)
NIGHTS_IN_A_ROW = Rule(
    "nights_in_a_row",
    Kind.NIGHTS,
    7,
    "nights",
    366,
    "After this many nights on call, called out or not, somebody has a night off: sleep on standby is lighter.",
    OURS,
)
NIGHT = Rule(
    "night_counts_from_hours",
    Kind.NIGHTS,
    3,
    "hours",
    7,
    "A night counts for whoever holds this much of it between 23:00 and 06:00.",
    f"{REGULATIONS}, regulation 2 (a night worker's three hours)",
)
UNFAIR = Rule(
    "unfair_above_percent",
    Kind.UNFAIR,
    25,
    "per cent",
    1000,
    "Nobody holds so much more of a tier than an equal share: of its hours, nights, weekends, bank holidays. "
    "What a rotation of whole turns cannot share out more evenly is let pass.",
    OURS,
)

ROWS = (
    DAILY_REST,
    WEEKLY_REST,
    FORTNIGHTLY_REST,
    WEEKLY_HOURS,
    WEEKLY_HOURS_WARNING,
    WEEKLY_HOURS_OVER,
    NIGHTS_IN_A_ROW,
    NIGHT,
    UNFAIR,
)


@dataclass(frozen=True)
class Rules:
    """A team's values, in the rows' units. Time on call in the tiers of `standby_is_work` counts as worked."""

    daily_rest_hours: int = DAILY_REST.value
    weekly_rest_hours: int = WEEKLY_REST.value
    fortnightly_rest_hours: int = FORTNIGHTLY_REST.value
    weekly_hours: int = WEEKLY_HOURS.value
    weekly_hours_warning: int = WEEKLY_HOURS_WARNING.value
    weekly_hours_over_weeks: int = WEEKLY_HOURS_OVER.value
    nights_in_a_row: int = NIGHTS_IN_A_ROW.value
    night_counts_from_hours: int = NIGHT.value
    unfair_above_percent: int = UNFAIR.value
    standby_is_work: frozenset[str] = frozenset()

    def value(self, rule: Rule) -> int:
        """The team's value of a rule."""
        value: int = asdict(self)[rule.key]
        return value


def hours_of(value: int) -> timedelta:
    """The length of a value that is in hours."""
    return timedelta(hours=value)
