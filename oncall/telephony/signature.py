"""Whether a webhook was really sent by Twilio.

The signature covers the public address exactly as Twilio was given it, query included, and every form field exactly
as received, blank and unknown ones too: callers pass the raw pairs and build the address from the settings, never from
the Host header.
Twilio leaves the fragment and any user name out of what it signs, and sometimes the port.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence

_AUTHORITY = re.compile(r"(?P<host>\[[^\]]*\]|[^:]*)(?::(?P<port>[0-9]*))?")
_DEFAULT_PORTS = {"https": "443", "http": "80"}


def is_signed(url: str, params: Iterable[tuple[str, str]], header: str | None, tokens: Sequence[str]) -> bool:
    """Whether `header` is the signature, by any of `tokens`, of a request to `url` with the form fields `params`.

    For a GET `params` is empty: its fields are in the address. A blank token never signs anything.
    """
    if not header:
        return False
    given = header.encode("utf-8", "surrogatepass")
    fields = list(params)
    signed = False
    for token in filter(None, tokens):
        for address in _addresses(url):
            expected = signature_of(address, fields, token=token).encode("ascii")
            signed |= hmac.compare_digest(expected, given)
    return signed


def signature_of(url: str, params: Iterable[tuple[str, str]], *, token: str) -> str:
    """The signature of exactly this address and these form fields."""
    signed = url + "".join(name + value for name, value in sorted(set(params)))
    digest = hmac.new(token.encode(), signed.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode("ascii")


def _addresses(url: str) -> set[str]:
    """The forms of one address that may have been signed: without a port, with the one it has, with the usual one."""
    scheme, mark, rest = url.partition("#")[0].partition("://")
    cut = re.search(r"[/?]", rest)
    at = cut.start() if cut else len(rest)
    authority, tail = rest[:at].rpartition("@")[2], rest[at:]
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        return {scheme + mark + authority + tail}
    port = parts["port"] or _DEFAULT_PORTS.get(scheme.lower(), "")
    hosts = {parts["host"], f"{parts['host']}:{port}"}
    return {scheme + mark + host + tail for host in hosts}
