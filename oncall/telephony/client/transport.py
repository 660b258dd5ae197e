"""HTTP for Twilio's library: bounded waits, the configured address, one attempt for each request.

The library's own transport waits for ever and its asynchronous one posts again after a fault, which would page twice.
Nothing is logged here, because addresses and parameters hold numbers.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
from twilio.http import HttpClient
from twilio.http.response import Response

HOME = "https://api.twilio.com"
FUNCTIONS = "https://serverless.twilio.com"
TIMEOUT = httpx.Timeout(connect=3.0, read=8.0, write=8.0, pool=3.0)
# Idle connections are dropped before the other end would, so that a request seldom meets a closed one.
LIMITS = httpx.Limits(max_connections=40, max_keepalive_connections=20, keepalive_expiry=4.0)

TOO_MANY_AT_ONCE = 20429

# Twilio's library reads this in place of the real environment, where a stray region would change the host.
# It must not be empty.
NO_ENVIRONMENT = {"TWILIO_REGION": "", "TWILIO_EDGE": ""}

_CHATTY = ("twilio", "httpx", "httpcore")


class TooMany(Exception):
    """429: not processed."""

    def __init__(self, retry_after: timedelta | None) -> None:
        super().__init__("too many requests")
        self.retry_after = retry_after


class ServerFault(Exception):
    """An answer that does not say whether the request was processed."""


class Unwritable(Exception):
    """The request could not be written down, so nothing was sent."""


def http_client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """The one pool of connections; proxies and credentials in the environment are not looked at."""
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.Client(
        transport=transport, timeout=TIMEOUT, limits=LIMITS, follow_redirects=False, trust_env=False, http2=False
    )


def rewritten(url: str, api_url: str) -> str:
    """`url` at the configured address in place of Twilio's own."""
    for home, here in ((HOME, api_url), (FUNCTIONS, functions_url(api_url))):
        if url.startswith(home + "/"):
            return here.rstrip("/") + url.removeprefix(home)
    return url


def functions_url(api_url: str) -> str:
    """Where Functions are looked after: at the same edge of Twilio's, or at whatever stands in for it."""
    address = httpx.URL(api_url)
    if address.host.startswith("api.") and address.host.endswith(".twilio.com"):
        return str(address.copy_with(host=f"serverless.{address.host.removeprefix('api.')}"))
    return api_url


class Transport(HttpClient):  # type: ignore[misc]  # the library has no types
    """What Twilio's library sends its requests through."""

    def __init__(self, http: httpx.Client, *, api_url: str) -> None:
        super().__init__(logging.getLogger("twilio.http_client"), False, TIMEOUT.read)
        self._http = http
        self._api_url = api_url

    def request(  # noqa: PLR0913 - the library's own signature
        self,
        method: str,
        uri: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Sends one request, once. Raises httpx's errors, and the three above."""
        if not uri.startswith((HOME + "/", FUNCTIONS + "/")):
            raise Unwritable
        try:
            request = self._http.build_request(
                method, rewritten(uri, self._api_url), params=params or None, data=data or None, headers=headers
            )
        except (ValueError, TypeError, httpx.InvalidURL):
            raise Unwritable from None
        answer = self._http.send(request, auth=auth)
        _refuse_unclear(answer)
        return Response(answer.status_code, answer.text, answer.headers)


def _refuse_unclear(answer: httpx.Response) -> None:
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS and not _is_refusal(answer):
        raise TooMany(_retry_after(answer.headers.get("Retry-After", "")))
    if answer.status_code >= 500 or answer.status_code == httpx.codes.REQUEST_TIMEOUT:
        raise ServerFault


def _is_refusal(answer: httpx.Response) -> bool:
    """Whether a 429 says by a code of its own that trying again is of no use: a full queue, not too many at once."""
    try:
        code = answer.json().get("code")
    except (ValueError, AttributeError):
        return False
    return isinstance(code, int) and code not in {TOO_MANY_AT_ONCE, httpx.codes.TOO_MANY_REQUESTS}


def _retry_after(header: str) -> timedelta | None:
    seconds = header.strip()
    return timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdecimal() and len(seconds) < 7 else None
