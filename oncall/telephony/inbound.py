"""The gate every webhook passes: the signature first, cheap, before any queue or database.

The address is built on the public one from the settings, never from the Host header.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request

from oncall.errors import OnCallError
from oncall.telephony.signature import is_signed

HEADER = "x-twilio-signature"
LONGEST_BODY = 256 * 1024


class Unsigned(OnCallError):
    """This request does not bear a valid signature."""

    status = HTTPStatus.FORBIDDEN


class TooLong(OnCallError):
    """This request is longer than any webhook of ours."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@dataclass(frozen=True)
class Form:
    """The fields of a webhook exactly as they came, blanks and repeated names included."""

    fields: tuple[tuple[str, str], ...]

    def get(self, name: str, default: str = "") -> str:
        """The first field of that name."""
        return next((value for key, value in self.fields if key == name), default)


class Gate:
    """Lets signed webhooks in. `failures` and `passes` count since the process began.

    `failures_in_a_row` counts wrong signatures since one was last right; a request without any is a stranger's.
    """

    def __init__(self, *, public_url: str, tokens: Sequence[str]) -> None:
        self._public_url = public_url
        self._tokens = tuple(tokens)
        self.failures = 0
        self.passes = 0
        self.failures_in_a_row = 0

    async def form(self, request: Request) -> Form:
        """The request's form. Raises Unsigned, TooLong."""
        header = request.headers.get(HEADER)
        if not header:
            self.failures += 1
            raise Unsigned
        body = await _body(request)
        fields = tuple(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        query = f"?{request.url.query}" if request.url.query else ""
        url = f"{self._public_url}{request.url.path}{query}"
        if not is_signed(url, fields, header, self._tokens):
            self.failures += 1
            self.failures_in_a_row += 1
            raise Unsigned
        self.passes += 1
        self.failures_in_a_row = 0
        return Form(fields)


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LONGEST_BODY:
            raise TooLong
        parts.append(part)
    return b"".join(parts)
