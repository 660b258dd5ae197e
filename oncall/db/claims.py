"""The few statements in which the two databases differ or that must be won by one: insert once, lock, claim."""

from functools import cache
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import CursorResult, Executable, Select, Update, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from oncall.db.database import is_embedded
from oncall.db.sealing import keyring_of, seal_pending
from oncall.db.tables import Row, new_id

R = TypeVar("R", bound=Row)
S = TypeVar("S")


def insert_once(session: Session, table: type[Row], *, id: UUID | None = None, **values: Any) -> bool:  # noqa: A002
    """Inserts a row unless one with the same unique key is there, or is being put there; says whether it did.

    On PostgreSQL it waits for a concurrent transaction with the same key to end.
    """
    insert = _insert_once(table, is_embedded=is_embedded(session))
    keeps_count = {"preserve_rowcount": True}  # else PostgreSQL says -1 and what is new looks known
    done = session.connection().execute(insert, {"id": id or new_id(), **values}, execution_options=keeps_count)
    return done.rowcount == 1


@cache
def _insert_once(table: type[Row], *, is_embedded: bool) -> Executable:
    make = sqlite.insert if is_embedded else postgresql.insert
    return make(table).on_conflict_do_nothing()


def insert_row_once(session: Session, row: Row) -> bool:
    """Inserts a row that was made but not added, unless one with the same unique key is there; says whether it did."""
    seal_pending(row, keyring_of(session))
    values = {column.key: getattr(row, column.key) for column in type(row).__table__.columns if column.key != "id"}
    return insert_once(session, type(row), id=row.id, **values)


def changed(session: Session, statement: Update | Any) -> int:
    """Executes a guarded UPDATE (or INSERT) and says how many rows it touched; 0 means somebody was first."""
    result = session.execute(statement, execution_options={"synchronize_session": False, "preserve_rowcount": True})
    return result.rowcount if isinstance(result, CursorResult) else 0


def skip_locked(query: Select[S]) -> Select[S]:
    """Has a claim pass over rows that another process is claiming (SQLite has one writer, and ignores it)."""
    return query.with_for_update(skip_locked=True)


def serialize(session: Session, key: str) -> None:
    """Has transactions that name the same `key` go one after the other, until each is committed."""
    if not is_embedded(session):
        number = int.from_bytes(sha256(key.encode()).digest()[:8], signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
