"""Where a list was left off, as a word that means nothing to anybody else.

It names the last incident seen, so what is added meanwhile moves nothing.
"""

import base64
from datetime import datetime
from uuid import UUID

from oncall.errors import Unusable

Place = tuple[datetime, UUID]


class BadCursor(Unusable):
    """That cursor is not one of ours: use `next` as it was given."""


def written(place: Place) -> str:
    """The cursor for what follows after `place`."""
    return base64.urlsafe_b64encode(f"{place[0].isoformat()} {place[1].hex}".encode()).decode().rstrip("=")


def read(cursor: str) -> Place:
    """The place a cursor stands for. Raises BadCursor."""
    try:
        plain = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        at, _, last = plain.partition(" ")
        place = datetime.fromisoformat(at), UUID(hex=last)
    except ValueError:
        raise BadCursor from None
    if place[0].tzinfo is None or written(place) != cursor:
        raise BadCursor
    return place
