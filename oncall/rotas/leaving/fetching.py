"""Fetches a calendar from an https address that somebody typed in.

One rule: no request is sent anywhere but to an address on the public internet: each name is looked up here, every
address it has is looked at, and the connection goes to one of those. It is never repeated where it was fetched from:
such an address is a secret. What was fetched is for `reading` to judge.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from time import monotonic

import httpcore

from oncall.errors import Unusable
from oncall.rotas.leaving.reading import MOST_BYTES

MOST_REDIRECTS = 3
WITHIN_S = 10.0
ALL_WITHIN_S = 30.0
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_MOVED = {301, 302, 303, 307, 308}

Resolve = Callable[[str, int], Sequence[str]]


class CannotFetch(Unusable):
    """The calendar cannot be fetched."""


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet; one wrapped in another is looked at unwrapped."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner:
            return is_public(str(inner))
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)))
    return found.is_global and not found.is_multicast


class PublicOnly(httpcore.NetworkBackend):
    """Connects to public addresses only, whatever a name is said to be."""

    def __init__(self, inner: httpcore.NetworkBackend, resolve: Resolve) -> None:
        self._inner = inner
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError):
            raise httpcore.ConnectError from None
        if not addresses or not all(is_public(address) for address in addresses):
            raise CannotFetch("That address is not on the public internet; download the calendar and name the file.")
        return self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)


def fetched(
    address: str,
    *,
    inner: httpcore.NetworkBackend | None = None,
    resolve: Resolve = resolved,
    trust: ssl.SSLContext | None = None,
) -> bytes:
    """What is at an https address, up to 5 MiB. Raises CannotFetch."""
    until = monotonic() + ALL_WITHIN_S
    backend = PublicOnly(inner or httpcore.SyncBackend(), resolve)
    with httpcore.ConnectionPool(ssl_context=trust, network_backend=backend) as pool:
        try:
            url = _checked(httpcore.URL(address))
            for _ in range(MOST_REDIRECTS + 1):
                found = _get(pool, url, until)
                if isinstance(found, bytes):
                    return found
                url = _checked(found)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
            raise CannotFetch("The calendar could not be fetched: there was no answer that could be used.") from None
        except (TypeError, ValueError):
            raise CannotFetch("That is no address a calendar can be fetched from.") from None
    raise CannotFetch(f"The address sends on to another one more than {MOST_REDIRECTS} times.")


def _get(pool: httpcore.ConnectionPool, url: httpcore.URL, until: float) -> bytes | httpcore.URL:
    """What is there, or the address it sends us on to."""
    headers: dict[str | bytes, str | bytes] = {
        "Host": _host(url),
        "Accept": "text/calendar",
        "Accept-Encoding": "identity",
        "User-Agent": "on-call",
    }
    limits = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), WITHIN_S)}
    with pool.stream("GET", url, headers=headers, extensions=limits) as answer:
        if answer.status in _MOVED:
            return _next(url, {name.lower(): value for name, value in answer.headers}.get(b"location", b""))
        if answer.status != 200:
            raise CannotFetch(f"The calendar could not be fetched: the answer was {answer.status}.")
        content = b""
        for piece in answer.iter_stream():
            content += piece
            if len(content) > MOST_BYTES:
                raise CannotFetch("The calendar is larger than 5 MiB.")
            if monotonic() > until:
                raise CannotFetch("The calendar could not be fetched in time.")
        return content


def _next(url: httpcore.URL, location: bytes) -> httpcore.URL:
    """Where a redirect leads: another address, or another place at the same."""
    if location.startswith(b"/") and not location.startswith(b"//"):
        return httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=location)
    return httpcore.URL(location)


def _checked(url: httpcore.URL) -> httpcore.URL:
    if url.scheme != b"https" or not url.host or b"@" in url.host:
        raise CannotFetch("A calendar is fetched from an https address, or read from a file.")
    return url


def _host(url: httpcore.URL) -> bytes:
    return url.host if url.port in {None, 443} else b"%b:%d" % (url.host, url.port)
