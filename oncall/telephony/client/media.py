"""Fetches what came with a text, and nothing else.

Only from Twilio's hosts or the configured address, in plain HTTP only from the latter or, where that is this machine,
from this machine; each redirect is looked at before it is followed; the account's credentials go to Twilio's own API
alone, never on to where it keeps its files.
"""

import httpx

from oncall.telephony.client.transport import rewritten
from oncall.telephony.port import Media, MediaRefused, TelephonyUnavailable

MOST_REDIRECTS = 3

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_CREDENTIALS = ".twilio.com"
_STORES = (".twilio.com", ".twiliocdn.com")


class MediaFetcher:
    """Fetches media for one account."""

    def __init__(self, http: httpx.Client, *, api_url: str, auth: tuple[str, str]) -> None:
        self._http = http
        self._api_url = api_url
        self._api = httpx.URL(api_url)
        self._auth = auth

    def fetch(self, url: str, *, max_bytes: int) -> Media:
        """What is at `url`. Raises `MediaRefused`, or `TelephonyUnavailable` if it may be had later."""
        try:
            address = self._checked(url)
            for _ in range(MOST_REDIRECTS + 1):
                found = self._get(address, max_bytes=max_bytes)
                if isinstance(found, Media):
                    return found
                address = self._checked(found)
        except httpx.InvalidURL:
            raise MediaRefused("address") from None
        except httpx.HTTPError:
            raise TelephonyUnavailable from None
        raise MediaRefused("redirects")

    def _get(self, address: httpx.URL, *, max_bytes: int) -> Media | str:
        """The medium, or the address it sends us on to."""
        auth = self._auth if self._may_know_credentials(address) else None
        request = self._http.build_request("GET", address, headers={"Accept-Encoding": "identity"})
        answer = self._http.send(request, auth=auth, stream=True)
        try:
            if answer.has_redirect_location:
                return str(address.join(answer.headers["Location"]))
            _check_status(answer)
            return Media(content_type=_content_type(answer), data=_read(answer, max_bytes=max_bytes))
        finally:
            answer.close()

    def _checked(self, url: str) -> httpx.URL:
        address = httpx.URL(rewritten(url, self._api_url))
        if address.userinfo or not (self._is_api(address) or self._is_store(address) or self._is_beside_api(address)):
            raise MediaRefused("address")
        return address

    def _is_api(self, address: httpx.URL) -> bool:
        return _origin(address) == _origin(self._api)

    def _is_store(self, address: httpx.URL) -> bool:
        return address.scheme == "https" and address.port in {None, 443} and address.host.endswith(_STORES)

    def _is_beside_api(self, address: httpx.URL) -> bool:
        """The configured address is on this machine (a stand-in), and so is this one."""
        return address.scheme in {"http", "https"} and self._api.host in _LOOPBACK and address.host in _LOOPBACK

    def _may_know_credentials(self, address: httpx.URL) -> bool:
        return self._is_api(address) or (self._is_store(address) and address.host.endswith(_CREDENTIALS))


def _origin(address: httpx.URL) -> tuple[str, str, int | None]:
    port = address.port or {"https": 443, "http": 80}.get(address.scheme)
    return address.scheme, address.host, port


def _check_status(answer: httpx.Response) -> None:
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.status_code >= 500:
        raise TelephonyUnavailable(answer.status_code)
    if answer.status_code != httpx.codes.OK:
        raise MediaRefused("missing")


def _content_type(answer: httpx.Response) -> str:
    named = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return named or "application/octet-stream"


def _read(answer: httpx.Response, *, max_bytes: int) -> bytes:
    """The body, given up as soon as it is too long; one packed small could unpack to any size, and is not read."""
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise MediaRefused("encoded")
    data = bytearray()
    for piece in answer.iter_raw():
        data += piece
        if len(data) > max_bytes:
            raise MediaRefused("too_long")
    return bytes(data)
