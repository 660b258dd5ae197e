"""Sealed fields: AES-256-GCM bound to the row and the column, so that a ciphertext moved elsewhere does not open.

The key's id stands in front, so several keys can be in use while they are rotated. A number is looked up by a keyed
hash (blind index). What is sealed is opened only through a session, which carries the keyring.
"""

import hmac
import json
import os
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Generic, TypeVar, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from oncall.errors import OnCallError

VERSION = b"\x01"
NONCE = 12
KEY_ID = 4
PENDING = "_unsealed"
V = TypeVar("V")


class CannotOpen(OnCallError):
    """A sealed field could not be opened: its key is not among ONCALL_SECRET_KEY, or it was moved or changed."""


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"mist-oncall", info=purpose).derive(secret.encode())


class Keyring:
    """The keys in use, newest first: the first one seals, every one opens."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets:
            raise ValueError("a keyring needs at least one secret")
        self._ids = [sha256(_derive(secret, b"id")).digest()[:KEY_ID] for secret in secrets]
        self._keys = {i: AESGCM(_derive(s, b"field")) for i, s in zip(self._ids, secrets, strict=True)}
        self._index_keys = [_derive(secret, b"index") for secret in secrets]

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """The ciphertext of `plain`, which opens only at `place`."""
        nonce = os.urandom(NONCE)
        sealed = self._keys[self._ids[0]].encrypt(nonce, plain, place.encode())
        return VERSION + self._ids[0] + nonce + sealed

    def open(self, sealed: bytes, *, place: str) -> bytes:
        """What was sealed at `place`. Raises CannotOpen."""
        start = len(VERSION) + KEY_ID
        key = self._keys.get(bytes(sealed[len(VERSION) : start]))
        if key is None or sealed[: len(VERSION)] != VERSION:
            raise CannotOpen
        try:
            return key.decrypt(sealed[start : start + NONCE], sealed[start + NONCE :], place.encode())
        except InvalidTag:
            raise CannotOpen from None

    def index(self, value: str) -> str:
        """The blind index to store beside a sealed number: 64 hex figures."""
        return self.indexes(value)[0]

    def indexes(self, value: str) -> list[str]:
        """Every index `value` may have been stored under while keys are rotated."""
        return [hmac.new(key, value.encode(), sha256).hexdigest() for key in self._index_keys]

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed this."""
        return sealed[len(VERSION) : len(VERSION) + KEY_ID] == self._ids[0]


def keyring_of(session: Session) -> Keyring:
    """The keyring that a session of ours carries."""
    keyring: Keyring = session.info["keyring"]
    return keyring


class Sealed(Generic[V]):
    """A plain attribute over a sealed column named `<attribute>_sealed`; None stays NULL."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.column = f"{name}_sealed"

    @overload
    def __get__(self, row: None, owner: type) -> "Sealed[V]": ...
    @overload
    def __get__(self, row: Any, owner: type) -> V: ...
    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        pending = row.__dict__.get(PENDING, {})
        if self.name in pending:
            return pending[self.name]
        sealed = getattr(row, self.column)
        if sealed is None:
            return None
        session = object_session(row)
        if session is None:
            raise CannotOpen("a sealed field is opened only within its transaction")
        return json.loads(keyring_of(session).open(sealed, place=self.place(row)))

    def __set__(self, row: Any, value: V) -> None:
        session = object_session(row)
        if session is None:
            row.__dict__.setdefault(PENDING, {})[self.name] = value
        else:
            self.seal(row, value, keyring_of(session))

    def seal(self, row: Any, value: V, keyring: Keyring) -> None:
        """Seals `value` into the row's column."""
        plain = None if value is None else json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        setattr(row, self.column, None if plain is None else keyring.seal(plain, place=self.place(row)))

    def place(self, row: Any) -> str:
        """The table, column and row that a ciphertext is bound to."""
        return f"{row.__tablename__}.{self.name}:{row.id.hex}"


def sealed_fields(table: type) -> list[Sealed[Any]]:
    """The sealed attributes of a table's class."""
    return [value for owner in table.__mro__ for value in vars(owner).values() if isinstance(value, Sealed)]


def seal_pending(row: Any, keyring: Keyring) -> None:
    """Seals what was set on a row before it came to a session."""
    pending = row.__dict__.pop(PENDING, {})
    for name, value in pending.items():
        field = next(vars(owner)[name] for owner in type(row).__mro__ if name in vars(owner))
        field.seal(row, value, keyring)


@event.listens_for(Session, "before_attach")
def _seal_on_attach(session: Session, row: Any) -> None:
    if PENDING in row.__dict__:
        seal_pending(row, keyring_of(session))
