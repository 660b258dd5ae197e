"""The shapes of what is asked and answered; `/openapi.json` is made of these."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from oncall.api.wire.risk import FlagSaidOut, FlagState, TaskOut
from oncall.paging.actions import PROMISE_MINUTES

Status = Literal["open", "acknowledged", "closed"]

Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"\S")]
FlagName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,49}$")]


class Deed(BaseModel):
    """Something a practitioner of the team does; `person` is their slug."""

    model_config = ConfigDict(extra="forbid", strict=True)

    person: Slug


class Taking(Deed):
    """`contact_within` is in minutes."""

    contact_within: Annotated[int, Field(ge=PROMISE_MINUTES[0], le=PROMISE_MINUTES[-1])] | None = None


class Contacting(Deed):
    how: Words


class Noting(Deed):
    text: Words


class Flagging(Deed):
    """`subject` is whom it is about; `planned` says how the agreed plan foresees it."""

    flag: FlagName
    state: Literal["confirmed", "dismissed"]
    why: Words | None = None
    subject: Literal["young_person", "carer", "other"] | None = None
    planned: Words | None = None


class Judging(Deed):
    """How fast it must be answered, as a person judges it, and why."""

    severity: Literal["routine", "concern", "urgent", "emergency"]
    why: Words


class Ending(Deed):
    outcome: Words
    guidance: Words
    follow_up: Words | None = None


class HoldingOut(BaseModel):
    """Who holds a tier, until when (null: for more than a year), and why."""

    person: str
    until: datetime | None
    because: str


class OnCall(BaseModel):
    """Who holds each tier at an instant; null is a gap."""

    team: str
    at: datetime
    tiers: dict[str, HoldingOut | None]


class FindingOut(BaseModel):
    """Something found wrong with a rota; `detail` is a sentence. Without a tier or a person it is of no single one."""

    kind: Literal[
        "gap",
        "leave",
        "unreachable",
        "two_tiers",
        "daily_rest",
        "weekly_rest",
        "weekly_hours",
        "nights",
        "unfair",
    ]
    tier: str | None
    person: str | None
    start: Annotated[datetime, Field(alias="from")]
    end: Annotated[datetime, Field(alias="to")]
    detail: str


class LoadOut(BaseModel):
    """What somebody is on call for, in hours and in nights."""

    hours: float
    nights: int
    weekend_hours: float
    bank_holiday_hours: float


class RotaCheck(BaseModel):
    """What is wrong with a rota in a span, and the load of each person by slug."""

    findings: list[FindingOut]
    load: dict[str, LoadOut]


class ContactOut(BaseModel):
    slug: str
    name: str
    kind: str


class FlagOut(BaseModel):
    flag: str
    state: FlagState
    phrase: str | None


class LineOut(BaseModel):
    """A line of the record; `by` is a practitioner's slug, `caller` or `service`."""

    at: datetime
    kind: str
    by: str
    detail: str


class IncidentOut(BaseModel):
    """One caller's contact and all that followed from it."""

    ref: str
    team: str
    status: Status
    channel: Literal["voice", "sms"]
    severity: Literal["routine", "concern", "urgent", "emergency"]
    opened_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    contacted_at: datetime | None
    closed_at: datetime | None
    follows: str | None
    contact: ContactOut | None
    phone: str | None
    young_person: str | None
    flags: list[FlagOut]
    flag_history: list[FlagSaidOut]
    tasks: list[TaskOut]
    timeline: list[LineOut]


class IncidentList(BaseModel):
    """Incidents, newest first; `next` is the cursor for those that follow, null at the end."""

    items: list[IncidentOut]
    next: str | None
