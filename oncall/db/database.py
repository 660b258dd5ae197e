"""Opens the database and its transactions; nobody else commits.

On SQLite: WAL, synchronous=FULL, foreign keys, `BEGIN IMMEDIATE`, one writer connection and a few read-only ones.
On PostgreSQL: one pool. Listeners are told after a commit, never before.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, TypeVarTuple, Unpack

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from oncall.db.sealing import Keyring

CONNECTIONS = 10
READERS = 4
BUSY_TIMEOUT_MS = 10_000
CACHE_KIB = 65_536
CHECKPOINT_PAGES = 8_000
CHECKOUT_WITHIN_S = 20
CONNECT_WITHIN_S = 5
A = TypeVarTuple("A")
T = TypeVar("T")


class Database:
    """A database that is open: `transaction()` to write, `reading()` to look.

    Every session carries the keyring, the `memory` of what this process knows by heart, and whatever `info` names.
    """

    def __init__(self, url: str, keyring: Keyring, *, info: Mapping[str, object] | None = None) -> None:
        self._info = {"keyring": keyring, "memory": {}, **(info or {})}
        self.is_embedded = make_url(url).get_backend_name() == "sqlite"
        self._writer = _sqlite(url, writes=True) if self.is_embedded else _postgresql(url)
        self._reader = _sqlite(url, writes=False) if self.is_embedded else self._writer
        self._limiter: CapacityLimiter | None = None
        self._listeners: dict[str, list[Callable[[], None]]] = {}

    @property
    def threads(self) -> int:
        """How many threads may usefully write at once: with one writer, more than one only wait for each other."""
        return 1 if self.is_embedded else CONNECTIONS

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with Session(self._writer, expire_on_commit=False, info=dict(self._info)) as session:
            with session.begin():
                yield session
            announced = session.info.get("announced", ())
        for name in announced:
            for listener in self._listeners.get(name, ()):
                listener()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to look with; what it changes is never stored."""
        with Session(self._reader, expire_on_commit=False, info=dict(self._info)) as session:
            yield session

    def listen(self, name: str, listener: Callable[[], None]) -> None:
        """Calls `listener` after each commit of a transaction that announced `name`."""
        self._listeners.setdefault(name, []).append(listener)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare connection in a transaction, for the migrations."""
        with self._writer.begin() as connection:
            yield connection

    def is_reachable(self) -> bool:
        """Whether the database answers now."""
        try:
            with self._reader.connect() as connection:
                connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    async def in_thread(self, work: Callable[[Unpack[A]], T], *args: *A) -> T:
        """Runs work that opens and ends its own transaction in a thread; as many at once as there are connections."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(self.threads)
        return await to_thread.run_sync(work, *args, limiter=self._limiter)

    def close(self) -> None:
        """Closes every connection, and lets go of what was kept for them."""
        for engine in (self._writer, self._reader):
            engine.dispose()
            engine.clear_compiled_cache()
        self._listeners.clear()


def announce(session: Session, name: str) -> None:
    """Has the listeners of `name` told once this transaction is committed."""
    session.info.setdefault("announced", set()).add(name)


def is_embedded(session: Session) -> bool:
    """Whether this session speaks to SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=CHECKOUT_WITHIN_S,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_WITHIN_S},
    )


def _sqlite(url: str, *, writes: bool) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_timeout=CHECKOUT_WITHIN_S,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        if not writes:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
