"""Runs the Functions over HTTP, for whoever asks with the account's own signature; others are turned away.

They need nothing of the service they stand in for.
"""

import hmac
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.functions.standby import FUNCTIONS, Result
from oncall.lab.texts.outbound import TextOrder, accept
from oncall.lab.webhooks.signing import Params, sign

_MARK = "/functions/"


@dataclass(frozen=True, slots=True)
class Running:
    """An ASGI application for everything under `/functions`."""

    exchange: Exchange

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        posted = tuple(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        response = await run_in_threadpool(self._answer, request, posted)
        await response(scope, receive, send)

    def _answer(self, request: Request, posted: Params) -> Response:
        path = request.scope["path"].rpartition(_MARK)[2]
        sid, _, name = path.partition("/")
        asked = f"?{request.url.query}" if request.url.query else ""
        seal = sign(f"{self.exchange.base_url}{_MARK}{path}{asked}", posted, token=self.exchange.tokens[0])
        if not hmac.compare_digest(seal, request.headers.get("x-twilio-signature", "")):
            return Response(status_code=403)
        with self.exchange.lock:
            hosted = self.exchange.records.hosted.get(sid)
            if hosted is None or name not in FUNCTIONS:
                return Response(status_code=404)
            event = {**dict(request.query_params), **dict(posted)}
            result = FUNCTIONS[name](hosted, event)
            self._text(result, sender=event.get("To", ""))
        return Response(result.document, media_type="text/xml")

    def _text(self, result: Result, *, sender: str) -> None:
        at = self.exchange.clock.now()
        for to, words in result.texts:
            try:
                accept(self.exchange, TextOrder(to, sender, words), at=at)
            except Refused as refused:
                self.exchange.warn(refused.code, about=to, at=at)
