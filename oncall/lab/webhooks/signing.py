"""The signature the telephone company puts on its webhooks, written from its published description alone.

HMAC-SHA1 over the address as configured, followed by every POST parameter in order of name; base64.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

Params = tuple[tuple[str, str], ...]


def signed_url(url: str, *, voice: bool = False) -> str:
    """The address that is signed: no fragment, no user and password, and for voice over https no port."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if voice and parts.scheme == "https" and parts.port is not None:
        host = host.removesuffix(f":{parts.port}")
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


def sign(url: str, params: Iterable[tuple[str, str]], *, token: str) -> str:
    """The signature of `url` (see `signed_url`) and POST `params` under an auth token."""
    text = url + "".join(name + value for name, value in sorted(set(params)))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
