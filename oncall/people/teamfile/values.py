"""What a team file says, as values: one class for each kind of entry, every name resolved, every number in E.164.

Times, durations and instants keep what was written beside what it means, so that a file comes back as it was.
Reading and writing are left to `reading` and `writing`; who is on call when is reckoned elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from oncall.people.teamfile.confidence import ConfidenceEntry

SCHEMA = 1
ROLES = ("clinical_lead", "service_manager", "lead_practitioner", "young_person_practitioner")
GUIDANCE = ("practical", "reflective")
KINDS = ("foster_carer", "kin_carer", "birth_parent", "young_person", "professional")
MEETING_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JURISDICTIONS = ("wales", "england")
"""Whose duties and clocks hold for the team."""
UNITS = ("hour", "day", "week")
WAYS = ("text", "call")
FANCIES = ("rather_not", "would_like")
WEIGHTS = (
    "fair_hours",
    "fair_nights",
    "fair_weekends",
    "fair_bank_holidays",
    "weekends_running",
    "split",
    "rather_not",
    "would_like",
    "moved",
)
"""What a planned rota is weighed by."""
APPROVALS = ("none", "lead")
"""Whether a change of the rota that colleagues agree on waits for a lead."""
RULES = {
    "daily_rest_hours": 24,
    "weekly_rest_hours": 168,
    "fortnightly_rest_hours": 336,
    "weekly_hours": 168,
    "weekly_hours_warning": 168,
    "weekly_hours_over_weeks": 52,
    "nights_in_a_row": 366,
    "night_counts_from_hours": 7,
    "unfair_above_percent": 1000,
}
"""The rules a rota is checked against, each with the most its value may be."""


@dataclass(frozen=True)
class Duration:
    """A length of time, at least a second: written `30s`, `3m` or `2h`."""

    written: str
    lasts_for: timedelta


@dataclass(frozen=True)
class Moment:
    """An instant of an override or of leave. `value` is naive (wall clock in the team's zone; a date is its midnight)
    unless it was written with an offset."""

    written: str
    value: datetime


@dataclass(frozen=True)
class StaffMeeting:
    """The weekly meeting, and when its handover is published that day."""

    day: str
    begins: time
    publish: time


@dataclass(frozen=True)
class TeamEntry:
    """The team itself."""

    slug: str
    name: str
    time_zone: str
    languages: tuple[str, ...]
    number: str
    staff_meeting: StaffMeeting
    jurisdiction: str = "wales"


@dataclass(frozen=True)
class StaffEntry:
    """A practitioner."""

    slug: str
    name: str
    role: str
    languages: tuple[str, ...]
    mobile: str | None = None
    email: str | None = None
    guidance: str | None = None


@dataclass(frozen=True)
class Plan:
    """What was agreed for a young person."""

    formulation: str
    helps: tuple[str, ...]
    avoid: tuple[str, ...]


@dataclass(frozen=True)
class YoungPersonEntry:
    """A young person; `lead` and `key_worker` are slugs of staff."""

    slug: str
    known_as: str
    born: date
    lead: str
    key_worker: str
    plan: Plan | None = None


@dataclass(frozen=True)
class ContactEntry:
    """Somebody who may ring or text; `cares_for` are slugs of young people, `prefers` of staff."""

    slug: str
    name: str
    kind: str
    phones: tuple[str, ...]
    language: str
    cares_for: tuple[str, ...] = ()
    prefers: tuple[str, ...] = ()


@dataclass(frozen=True)
class TurnEntry:
    """How long each person holds a layer, and the first handover."""

    every: int
    unit: str
    at: time
    starts: date


@dataclass(frozen=True)
class DailyCoverEntry:
    """From one time of day to the next `end`, on `days` (the day it starts on; None: every day)."""

    start: time
    end: time
    days: tuple[str, ...] | None = None


@dataclass(frozen=True)
class WeeklyCoverEntry:
    """Once a week, from a time on one day to a time on another."""

    start_day: str
    start: time
    end_day: str
    end: time


@dataclass(frozen=True)
class HoursCoverEntry:
    """From a time of day for so many elapsed hours, on `days` (None: every day)."""

    start: time
    hours: int
    days: tuple[str, ...] | None = None


CoverEntry = DailyCoverEntry | WeeklyCoverEntry | HoursCoverEntry


@dataclass(frozen=True)
class LayerEntry:
    """People (slugs of staff) who take turns; `cover` None: all hours."""

    name: str
    people: tuple[str, ...]
    turn: TurnEntry
    cover: tuple[CoverEntry, ...] | None = None


@dataclass(frozen=True)
class OverrideEntry:
    """One person on one tier, over whatever the layers say."""

    tier: str
    person: str
    start: Moment
    end: Moment
    why: str | None = None


@dataclass(frozen=True)
class LeaveEntry:
    """Somebody is away; `end` is exclusive."""

    person: str
    start: Moment
    end: Moment


@dataclass(frozen=True)
class RulesEntry:
    """A team's own values of the rules its rota is checked against, and the tiers whose standby counts as work."""

    values: Mapping[str, int] = field(default_factory=dict)
    standby_is_work: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangesEntry:
    """How colleagues change the rota among themselves; `approve`: a lead has the last word (`lead`), or nobody."""

    approve: str = "none"


@dataclass(frozen=True)
class WishEntry:
    """Somebody would like, or would rather not have, shifts in a span, on some days, or both."""

    person: str
    wish: str
    start: Moment | None = None
    end: Moment | None = None
    days: tuple[str, ...] | None = None
    tier: str | None = None


@dataclass(frozen=True)
class PlannerEntry:
    """What a planned rota is made by: who may hold which tier, wishes, and the team's own weights."""

    may_hold: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wishes: tuple[WishEntry, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    days_in_a_row: int | None = None


@dataclass(frozen=True)
class RotaSection:
    """The rota as written. Of layers, and of overrides, the later wins over the earlier."""

    tiers: Mapping[str, tuple[LayerEntry, ...]]
    overrides: tuple[OverrideEntry, ...] = ()
    leave: tuple[LeaveEntry, ...] = ()
    rules: RulesEntry = field(default_factory=RulesEntry)
    changes: ChangesEntry = field(default_factory=ChangesEntry)
    planner: PlannerEntry = field(default_factory=PlannerEntry)
    confidence: ConfidenceEntry = field(default_factory=ConfidenceEntry)


@dataclass(frozen=True)
class Step:
    """Whom to page, how, and how long to wait before the next step."""

    page: tuple[str, ...]
    by: tuple[str, ...]
    wait: Duration


@dataclass(frozen=True)
class SeverityRule:
    """How an incident of one severity is escalated."""

    contact_within: Duration
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Voice:
    """Who is rung, group after group, while a caller waits."""

    ring: tuple[tuple[str, ...], ...]
    ring_for: Duration
    promise_after: Duration


@dataclass(frozen=True)
class TeamFile:
    """The whole file. `escalation` has an entry for each severity."""

    team: TeamEntry
    staff: tuple[StaffEntry, ...]
    young_people: tuple[YoungPersonEntry, ...]
    contacts: tuple[ContactEntry, ...]
    rota: RotaSection
    escalation: Mapping[str, SeverityRule]
    voice: Voice


Written = dict[str, Any]  # a section in the file's own words: text, whole numbers, dates, lists and mappings
