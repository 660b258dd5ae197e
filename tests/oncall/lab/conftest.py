"""A lab served on loopback, Twilio's own client against it, and a small service that receives its webhooks."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp
from twilio.http import HttpClient
from twilio.http.response import Response as TwilioResponse
from twilio.rest import Client

from oncall.clock import ManualClock
from oncall.lab.app import build_app
from oncall.lab.lab import Lab

ACCOUNT = "AC" + "1" * 32
TOKEN = "token-of-the-tests"
NUMBER = "+447700900000"
CARER = "+447700900101"
SAM = "+447700900001"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PROMPT = (
    '<Response><Gather numDigits="1" timeout="5" action="/pressed?ref=KTRW">'
    '<Say voice="Polly.Amy" language="en-GB">MIST. An urgent page. Press 1 to take it.</Say></Gather>'
    "<Redirect>/page</Redirect></Response>"
)
THANKS = '<Response><Say language="en-GB">It is yours.</Say></Response>'
EVENTS = ["initiated", "ringing", "answered", "completed"]


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serves an application on loopback and gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
    ready = threading.Event()
    started = server.startup

    async def startup(sockets: None = None) -> None:
        await started(sockets)
        ready.set()

    server.startup = startup  # type: ignore[method-assign,assignment]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert ready.wait(10)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@dataclass
class Webhook:
    """A webhook as the service under test received it."""

    method: str
    url: str
    params: dict[str, str]
    headers: dict[str, str]


Reply = Callable[[Webhook], Response]


@dataclass
class Service:
    """What the lab calls: it keeps every webhook and answers by path."""

    url: str = ""
    received: list[Webhook] = field(default_factory=list)
    replies: dict[str, Reply] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def says(self, path: str, body: str = "", *, content_type: str = "text/xml", status: int = 200) -> str:
        """Answers `path` with a fixed body from now on; gives the address."""
        self.replies[path] = lambda _: Response(body, status, media_type=content_type)
        return self.url + path

    def at(self, path: str) -> list[Webhook]:
        return [each for each in self.received if each.url.removeprefix(self.url).partition("?")[0] == path]

    async def answer(self, request: Request) -> Response:
        posted = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        params = dict(posted) if request.method == "POST" else dict(request.query_params)
        webhook = Webhook(request.method, str(request.url), params, dict(request.headers))
        with self.lock:
            self.received.append(webhook)
        reply = self.replies.get(request.url.path)
        return await run_in_threadpool(reply, webhook) if reply else Response(status_code=204)


class LoopbackClient(HttpClient):  # type: ignore[misc]
    """Twilio's client, but towards the lab and without a second try."""

    def __init__(self, base_url: str) -> None:
        super().__init__(None, False, None)
        self.base_url = base_url
        self.http = httpx.Client(timeout=2.0, trust_env=False)

    def request(  # type: ignore[no-untyped-def]
        self, method, uri, params=None, data=None, headers=None, auth=None, timeout=None, allow_redirects=False
    ) -> TwilioResponse:
        url = uri.replace("https://api.twilio.com", self.base_url)
        answer = self.http.request(method, url, params=params, data=data, headers=headers, auth=auth)
        return TwilioResponse(answer.status_code, answer.text, dict(answer.headers))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[Service, str]]:
    """One service for all tests of the lab: emptied for each."""
    service = Service()
    routes = [Route("/{path:path}", service.answer, methods=["GET", "POST"])]
    with served(Starlette(routes=routes)) as url:
        service.url = url
        yield service, url


@pytest.fixture
def service(server: tuple[Service, str]) -> Service:
    service, _ = server
    service.received.clear()
    service.replies.clear()
    return service


@dataclass
class Switch:
    """Hands each test's own lab to the one server all of them share."""

    app: ASGIApp | None = None

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        assert self.app is not None
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def exchange_server() -> Iterator[tuple[Switch, str]]:
    switch = Switch()
    with served(switch) as url:
        yield switch, url


@pytest.fixture
def lab(clock: ManualClock, service: Service, exchange_server: tuple[Switch, str]) -> Iterator[Lab]:
    switch, url = exchange_server
    lab = Lab(clock=clock, account_sid=ACCOUNT, auth_token=TOKEN, seed=1)
    lab.base_url = url
    lab.add_number(NUMBER, {"SmsUrl": service.url + "/sms?team=1", "VoiceUrl": service.url + "/voice"})
    switch.app = build_app(lab)
    yield lab
    lab.close()


@pytest.fixture
def api(lab: Lab) -> Iterator[Client]:
    """Twilio's own client, opened on the lab."""
    http = LoopbackClient(lab.base_url)
    yield Client(ACCOUNT, TOKEN, http_client=http)
    http.http.close()


@pytest.fixture
def pass_time(lab: Lab, clock: ManualClock) -> Callable[[float], None]:
    """Moves the clock on by seconds and lets happen what is due."""

    def passes(seconds: float) -> None:
        clock.move(timedelta(seconds=seconds))
        lab.run_due()

    return passes


@pytest.fixture
def place(api: Client, service: Service) -> Callable[..., str]:
    service.says("/page", PROMPT)
    service.says("/pressed", THANKS)

    def placed(**extra: Any) -> str:
        wanted: dict[str, Any] = {
            "to": SAM,
            "from_": NUMBER,
            "url": service.url + "/page",
            "status_callback": service.url + "/call-status",
            "status_callback_event": EVENTS,
            "timeout": 20,
        }
        return str(api.calls.create(**{**wanted, **extra}).sid)

    return placed
