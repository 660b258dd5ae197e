"""Carries a webhook to the service: signs it, follows redirects, tries again as its address asks, writes it down.

By default it tries once more, and only when it could not connect; the repeated request keeps its idempotency token.
It never holds the exchange's lock: what an answer leads to is the caller's business.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from random import Random
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from oncall.lab.journal import Entry, Journal
from oncall.lab.webhooks.delivery import Answer, Delivery
from oncall.lab.webhooks.overrides import Overrides, overrides
from oncall.lab.webhooks.signing import Params, sign, signed_url

_REDIRECTS = 10
_KEEPS_METHOD = {307, 308}
_HEADERS = {"User-Agent": "TwilioProxy/1.1", "X-Home-Region": "us1", "Accept": "*/*"}


@dataclass(frozen=True, slots=True)
class _Attempt:
    answer: Answer
    failure: str


class Courier:
    """One HTTP client for all webhooks; `token` gives the auth token to sign with at the moment of signing."""

    def __init__(self, *, token: Callable[[], str], journal: Journal, random: Random) -> None:
        self._token = token
        self._journal = journal
        self._random = random
        self._client = httpx.Client(
            trust_env=False,
            headers=_HEADERS,
            limits=httpx.Limits(max_connections=100),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # a call keeps its own
        )

    def close(self) -> None:
        self._client.close()

    def deliver(self, delivery: Delivery, *, at: datetime) -> Answer:
        """Delivers once, with the retries its address asks for, and gives the last answer."""
        wishes = overrides(delivery.url)
        shaped = replace(delivery, params=self._shuffled(delivery.params))
        began = time.monotonic()
        for tried in range(wishes.retries + 1):
            attempt = self._attempt(shaped, wishes, at=at)
            spent = time.monotonic() - began
            if not attempt.failure or not wishes.retries_after(attempt.failure) or spent >= wishes.all_within:
                break
            if tried == wishes.retries:
                break
        return attempt.answer

    def _attempt(self, delivery: Delivery, wishes: Overrides, *, at: datetime) -> _Attempt:
        began = time.monotonic()
        request = self._request(delivery, wishes)
        attempt = self._exchange(request, delivery, left=_REDIRECTS)
        entry = Entry(
            at=at,
            kind=delivery.kind,
            direction="out",
            about=delivery.about,
            request={
                "method": request.method,
                "url": delivery.url,
                "params": delivery.params,
                "headers": dict(request.headers),
            },
            response={
                "status": attempt.answer.status,
                "body": attempt.answer.body,
                "content_type": attempt.answer.content_type,
                "error": attempt.answer.error,
            },
            elapsed=time.monotonic() - began,
        )
        self._journal.write(entry)
        return attempt

    def _exchange(self, request: httpx.Request, delivery: Delivery, *, left: int) -> _Attempt:
        try:
            response = self._client.send(request)
        except httpx.HTTPError as error:
            return _broken(error, url=str(request.url))
        if delivery.cookies is not None:
            delivery.cookies.extract_cookies(response)
        if not response.has_redirect_location:
            return _answered(response)
        if left == 0:
            return _Attempt(Answer(response.status_code, "", "", str(request.url), error=11215), failure="4xx")
        return self._exchange(self._redirected(request, response, delivery), delivery, left=left - 1)

    def _redirected(self, request: httpx.Request, response: httpx.Response, delivery: Delivery) -> httpx.Request:
        onward = urljoin(str(request.url), response.headers["location"])
        keeps = response.status_code in _KEEPS_METHOD
        moved = replace(
            delivery, url=onward, method=delivery.method if keeps else "GET", params=delivery.params if keeps else ()
        )
        return self._request(moved, overrides(delivery.url))

    def _request(self, delivery: Delivery, wishes: Overrides) -> httpx.Request:
        posted = delivery.params if delivery.method == "POST" else ()
        url = _without_fragment(
            delivery.url if delivery.method == "POST" else _with_query(delivery.url, delivery.params)
        )
        headers = {"I-Twilio-Idempotency-Token": delivery.idempotency_token}
        if delivery.seal != "missing":
            headers["X-Twilio-Signature"] = self._signature(url, posted, delivery)
        if delivery.seal == "tampered":
            posted = (*posted, ("Tampered", "yes"))
        if delivery.method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        request = self._client.build_request(
            delivery.method,
            url,
            headers=headers,
            content=urlencode(posted) if delivery.method == "POST" else None,
            timeout=httpx.Timeout(wishes.read_within, connect=wishes.connect_within),
        )
        if delivery.cookies is not None:
            delivery.cookies.set_cookie_header(request)
        return request

    def _signature(self, url: str, posted: Params, delivery: Delivery) -> str:
        token = self._token()[::-1] if delivery.seal == "wrong_token" else self._token()
        return sign(signed_url(url, voice=delivery.voice), posted, token=token)

    def _shuffled(self, params: Params) -> Params:
        """In any order, with parameters nobody has heard of: neither order nor set is promised."""
        unknown = [
            (f"Future{self._random.getrandbits(24):06x}", self._random.choice(["", "1", "a b&c=d ", "dŵr é 🙂"]))
            for _ in range(self._random.randrange(3))
        ]
        mixed = [*params, *unknown]
        self._random.shuffle(mixed)
        return tuple(mixed)


def _answered(response: httpx.Response) -> _Attempt:
    error = 11200 if response.status_code >= 400 else None
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = "" if content_type.startswith("audio/") else response.text
    answer = Answer(response.status_code, body, content_type, str(response.url), error=error)
    return _Attempt(answer, failure=f"{response.status_code // 100}xx" if error else "")


def _broken(error: httpx.HTTPError, *, url: str) -> _Attempt:
    unconnected = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    unusable = isinstance(error, httpx.UnsupportedProtocol)
    code = 11100 if unusable else 11205 if unconnected else 11200
    return _Attempt(Answer(0, "", "", url, error=code), failure="" if unusable else "ct" if unconnected else "rt")


def _with_query(url: str, params: Params) -> str:
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *params])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _without_fragment(url: str) -> str:
    return url.partition("#")[0]
