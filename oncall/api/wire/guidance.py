"""The shapes of guidance: cards as they are shown, and beside them what was agreed for the young person."""

from datetime import date
from typing import Literal

from pydantic import BaseModel


class CardLineOut(BaseModel):
    """One line of a card under its head, in the order in which it is needed."""

    head: Literal["stop", "settle_you", "settle_them", "connect", "next", "later"]
    title: str
    text: str


class SignatureOut(BaseModel):
    by: str
    at: date


class CardOut(BaseModel):
    """A card. `signed` is null while it awaits clinical sign-off; `notes` say so, and that a review was due.

    `because` are the incident's flags that chose it; `facts` are numbers with their day: check before use.
    """

    card: str
    title: str
    version: int
    author: str
    written: date
    review_due: date
    review_is_overdue: bool
    signed: SignatureOut | None
    because: list[str]
    lines: list[CardLineOut]
    facts: list[str]
    notes: list[str]


class PlanOut(BaseModel):
    """What was agreed for the young person, in the team's own words."""

    formulation: str
    helps: list[str]
    avoid: list[str]


class GuidanceOut(BaseModel):
    """What may help with an incident now. `plan` is null where none is known."""

    ref: str
    language: Literal["en", "cy"]
    mode: Literal["practical", "reflective"]
    cards: list[CardOut]
    plan: PlanOut | None
