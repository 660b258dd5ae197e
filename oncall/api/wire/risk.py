"""The shapes of what was said of flags, of tasks with their clocks, and of guides; made from rows, with no session."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

FlagState = Literal["suggested", "confirmed", "dismissed"]
TaskState = Literal["open", "done", "dropped", "withdrawn"]


class BothOut(BaseModel):
    """Words in both languages."""

    en: str
    cy: str


class FlagSaidOut(BaseModel):
    """One thing that was said of a flag: by whom (a slug, or `service`), when and why; nothing is taken away.

    `subject` is whom it is about; `planned` says how the agreed plan foresees it.
    """

    flag: str
    state: FlagState
    at: datetime
    by: str
    phrase: str | None
    why: str | None
    subject: Literal["young_person", "carer", "other"] | None
    planned: str | None


class NumberOut(BaseModel):
    """Whom to ring, as known on a day: check a number before relying on it."""

    name: BothOut
    number: str
    hours: BothOut
    as_at: str


class TaskOut(BaseModel):
    """Something a confirmed flag asks for. `reference` is what the other side gave, such as a log number.

    `source` and `as_at` say where it stands and since when; `to_be_read`: the wording has not been read in full yet.
    """

    id: UUID
    flag: str
    task: str
    state: TaskState
    title: BothOut
    notes: BothOut | None
    contacts: list[NumberOut]
    opened_at: datetime
    due_at: datetime
    repeats_after_hours: int | None
    last_done_at: datetime | None
    settled_at: datetime | None
    settled_by: str | None
    reference: str | None
    why: str | None
    source: str | None
    as_at: str
    to_be_read: bool


class TeamTaskOut(TaskOut):
    """A task with the ref of its incident, and whether its time is over."""

    ref: str
    is_overdue: bool


class TaskList(BaseModel):
    """A team's open tasks, due first first."""

    items: list[TeamTaskOut]


class StepOut(BaseModel):
    """A step of a guide, with the answer that stands. `is_asked`: as things are; `does`: the task it marks as done."""

    step: str
    phase: str
    kind: Literal["text", "yes_no", "instant"]
    asks: BothOut
    does: str | None
    is_asked: bool
    answer: str | None
    answered_at: datetime | None
    answered_by: str | None


class GuideOut(BaseModel):
    """A guided task. `next` is the step that comes first now, null when all that is asked has been answered."""

    guide: str
    ref: str
    title: BothOut
    version: str
    review: str
    next: str | None
    steps: list[StepOut]
