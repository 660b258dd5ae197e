"""What every table shares: names of constraints, ids, the team a row belongs to, instants in UTC, append-only rows."""

import os
import threading
import time
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Dialect, ForeignKey, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, declared_attr, mapped_column

from oncall.errors import OnCallError

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_ids = threading.Lock()
_last_ms = 0
_count = 0


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562): ids made later in this process sort later."""
    global _last_ms, _count  # noqa: PLW0603 - one counter for the process
    with _ids:
        ms = max(time.time_ns() // 1_000_000, _last_ms)
        _count = _count + 1 if ms == _last_ms else 0
        if _count > 0xFFF:
            ms, _count = ms + 1, 0
        _last_ms = ms
        count = _count
    tail = int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=ms << 80 | 7 << 76 | count << 64 | 2 << 62 | tail)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs an offset")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(DeclarativeBase):
    """A row with an id of ours, given before it is stored, since sealed fields are bound to it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime}

    id: Mapped[UUID] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        self.id = values.pop("id", None) or new_id()
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)


class OfTeam:
    """A row that belongs to one team; no query crosses teams."""

    @declared_attr
    def team_id(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(ForeignKey("teams.id"))


class AppendOnlyViolation(OnCallError):
    """The record is only ever added to."""


class AppendOnly:
    """A row that is never changed or deleted once it is stored."""


@event.listens_for(AppendOnly, "before_update", propagate=True)
@event.listens_for(AppendOnly, "before_delete", propagate=True)
def _refuse(mapper: Mapper[Any], connection: Any, row: Any) -> None:
    raise AppendOnlyViolation
