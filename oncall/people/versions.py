"""Each team has a version: a mark that changes with everybody it has, their numbers, its rota and its rules.

What a process knows by heart of a team is true as long as the mark is the one it was read under. The mark changes by
itself, in the transaction that changes a watched row; it is drawn by chance, so one that was rolled back never recurs.
"""

import secrets
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect, update
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.unitofwork import UOWTransaction

from oncall.db.tables import Row

BITS = 62
SEEN = "team_version"
"""Where a session keeps the version it has read, until it changes it."""


class Watched:
    """A row that belongs to what is known by heart of its team."""


def new_version() -> int:
    """A mark that has not been used and will not be again."""
    return secrets.randbits(BITS)


def give_new_version(session: Session, teams: Collection[UUID] | None = None) -> None:
    """Gives these teams, or all, a new version."""
    session.info.pop(SEEN, None)
    table = Row.metadata.tables["teams"]
    statement = update(table).values(version=new_version())
    session.execute(statement if teams is None else statement.where(table.c.id.in_(teams)))


@event.listens_for(Session, "before_flush")
def _on_flush(session: Session, context: UOWTransaction, instances: object) -> None:
    changed = [row for row in (*session.new, *session.dirty) if isinstance(row, Watched) and _is_news(row)]
    changed += [row for row in session.deleted if isinstance(row, Watched)]
    teams = {getattr(row, "team_id", None) or row.id for row in changed}  # type: ignore[attr-defined]
    if teams:
        give_new_version(session, teams)


def _is_news(row: Any) -> bool:
    """Whether anything but the time of its loading has changed."""
    changed = {attribute.key for attribute in inspect(row).attrs if attribute.history.has_changes()}
    return bool(changed - {"loaded_at"})


@event.listens_for(Session, "do_orm_execute")
def _on_statement(state: ORMExecuteState) -> None:
    writes = state.is_update or state.is_delete or state.is_insert
    mapper = state.bind_mapper
    if writes and mapper is not None and issubclass(mapper.class_, Watched):
        give_new_version(state.session)
