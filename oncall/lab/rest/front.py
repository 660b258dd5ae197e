"""The REST API's door: reads a request whole, meets the faults planned for it, and writes both sides into the journal.

Requests are carried out in threads; a cut connection is cut for real where the server lets us, else left half answered.
"""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import anyio.to_thread
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.journal import Entry
from oncall.lab.rest import routes
from oncall.lab.rest.faults import BEFORE, Fault, FaultKind, Faults
from oncall.lab.rest.request import Answer, Request, as_error

_MARKS = ("/2010-04-01/", "/kept-media/", "/v1/")


@dataclass(slots=True)
class Front:
    """An ASGI application for everything under `/2010-04-01`, `/v1` and `/kept-media`."""

    exchange: Exchange
    faults: Faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        http = HttpRequest(scope, receive)
        try:
            request = await _read(http)
        except ClientDisconnect:
            return
        headers = {"authorization": http.headers.get("authorization", "")}
        fault = self.faults.take(request)
        answer = await anyio.to_thread.run_sync(self._answer, request, fault, headers)
        if fault is not None and fault.kind in {FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER}:
            await _cut(receive, send)
            return
        await Response(answer.body, answer.status, dict(answer.headers))(scope, receive, send)

    def _answer(self, request: Request, fault: Fault | None, headers: dict[str, str]) -> Answer:
        began = time.monotonic()
        answer = self._carried_out(request, fault, headers)
        entry = Entry(
            at=self.exchange.clock.now(),
            kind="rest",
            direction="in",
            about=answer.about,
            request={
                "method": request.method,
                "path": request.path,
                "query": request.query,
                "form": request.form,
                "headers": headers,
            },
            response={"status": answer.status, "body": answer.body, "fault": fault.kind if fault else None},
            elapsed=time.monotonic() - began,
        )
        self.exchange.journal.write(entry)
        return answer

    def _carried_out(self, request: Request, fault: Fault | None, headers: dict[str, str]) -> Answer:
        if fault is not None and fault.kind in BEFORE:
            return as_error(Refused(fault.code if fault.kind is FaultKind.REFUSE else 20500))
        if request.path.startswith("/kept-media/"):
            return routes.kept_media(self.exchange, request.path)
        answer = routes.answer(self.exchange, request, authorization=headers["authorization"])
        return self._marred(answer, fault) if fault is not None else answer

    def _marred(self, answer: Answer, fault: Fault) -> Answer:
        """The answer as it leaves, the request having been carried out."""
        if fault.kind is FaultKind.CALLBACK_FIRST:
            self.exchange.hurry(answer.about)
        elif fault.kind is FaultKind.SLOW:
            self.exchange.closing.wait(fault.seconds)
        elif fault.kind is FaultKind.BROKEN_AFTER:
            return as_error(Refused(20500))
        elif fault.kind is FaultKind.GARBLED_AFTER:
            return Answer(answer.status, answer.body[: len(answer.body) // 2], answer.headers, answer.about)
        return answer


async def _read(http: HttpRequest) -> Request:
    body = (await http.body()).decode(errors="replace")
    path = http.scope["path"]
    mark = next(mark for mark in _MARKS if mark in path)
    return Request(
        method=http.method,
        path=path[path.index(mark) :],
        query=tuple(parse_qsl(http.url.query, keep_blank_values=True)),
        form=tuple(parse_qsl(body, keep_blank_values=True)),
    )


async def _cut(receive: Receive, send: Send) -> None:
    transport: Any = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        return
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
