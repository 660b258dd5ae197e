"""Addresses of sounds carry a proof that we made them: the network asks for a sound without telling for which call.

A proof covers every word of what it opens, so no address can be altered into another's.
"""

import hmac
from http import HTTPStatus

from oncall.db.sealing import Keyring
from oncall.errors import OnCallError

PURPOSE = "sound"


class NotOurs(OnCallError):
    """This address was not made by us, or not for this, or not for now."""

    status = HTTPStatus.FORBIDDEN


def proof(keyring: Keyring, *words: str) -> str:
    """The proof for these words, by the newest key."""
    return keyring.index(_joined(words))


def check(keyring: Keyring, given: str, *words: str) -> None:
    """Raises NotOurs unless `given` is the proof for these words by any key in use."""
    good = [hmac.compare_digest(right.encode(), given.encode()) for right in keyring.indexes(_joined(words))]
    if not any(good):
        raise NotOurs


def _joined(words: tuple[str, ...]) -> str:
    return "\n".join((PURPOSE, *words))
