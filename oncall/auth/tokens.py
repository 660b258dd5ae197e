"""What a token is made of: a secret that is shown once, its hash, and how far it reaches."""

import secrets
from enum import StrEnum
from hashlib import sha256

SECRET_BYTES = 32


class Scope(StrEnum):
    """`write` includes `read`."""

    READ = "read"
    WRITE = "write"

    def includes(self, other: "Scope") -> bool:
        return self is Scope.WRITE or other is Scope.READ


def new_secret() -> str:
    """A secret nobody can guess, in letters that fit into a header."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> str:
    """What is stored of a secret. It is random and long, so a plain hash keeps it."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
