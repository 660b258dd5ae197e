"""The shape in which a caller's message is listed."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel


class MessageOut(BaseModel):
    """What a caller left by voice: `waiting` until it was fetched; `seconds` is known once it is here."""

    id: UUID
    at: datetime
    state: Literal["waiting", "stored", "refused"]
    seconds: float | None
