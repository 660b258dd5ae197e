"""Rules that are learnt by asking: a stranger requests every route of an application, and must be turned away."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

PUBLIC = {
    ("GET", "/"),  # says nothing of anybody
    ("GET", "/i/{ref}"),  # how to answer a page; needs no knowledge of whose it is
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),  # figures only
    ("GET", "/openapi.json"),
    ("GET", "/calendar/{secret}.ics"),  # the secret is the key; a wrong one is answered as no address at all
}
KNOWN = {
    ("POST", "/twilio/sms"),
    ("POST", "/twilio/page/{row_id}/key"),
    ("GET", "/api/v1/incidents/{ref}"),
    ("POST", "/api/v1/incidents/{ref}/close"),
    ("POST", "/twilio/voice"),
    ("POST", "/twilio/leg/{leg_id}"),
    ("GET", "/healthz"),
}
TURNED_AWAY = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
FILLED_IN = {
    "row_id": str(UUID(int=7)),
    "call_id": str(UUID(int=7)),
    "leg_id": str(UUID(int=7)),
    "message_id": str(UUID(int=7)),
    "rest_id": str(UUID(int=7)),
    "task_id": str(UUID(int=7)),
    "guide": "missing",
    "until": "1",
    "given": "0" * 64,
    "language": "cy",
    "name": "danger",
    "room": "0",
    "what": "wait",
    "ref": "KTRW",
    "code": "4821",
    "answer": "accept",
    "team": "torfaen",
    "feed_id": str(UUID(int=7)),
    "secret": "of-nobody",
}


@dataclass(frozen=True)
class Visited:
    """A route, and how a stranger was answered."""

    method: str
    path: str
    status: int

    @property
    def is_public(self) -> bool:
        return (self.method, self.path) in PUBLIC


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every (method, path), those of included routers too; what is mounted is no route of ours."""
    for context in iter_route_contexts(app.routes):
        for method in sorted((context.methods or set()) - {"HEAD"}):
            yield method, context.path or ""


def visit(app: FastAPI) -> list[Visited]:
    """Requests every route without a token, a signature or a cookie."""
    return asyncio.run(_visit(app))


async def _visit(app: FastAPI) -> list[Visited]:
    carrier = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=carrier, base_url="https://oncall.example") as stranger:
        return [
            Visited(method, path, (await stranger.request(method, _address(path))).status_code)
            for method, path in routes(app)
        ]


def _address(path: str) -> str:
    for name, value in FILLED_IN.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"{path}: say in FILLED_IN what to put there"
    return path


def let_in(app: FastAPI) -> list[str]:
    """The routes that are not public and yet did not turn a stranger away."""
    visited = visit(app)
    return [f"{v.method} {v.path}: {v.status}" for v in visited if not v.is_public and v.status not in TURNED_AWAY]
