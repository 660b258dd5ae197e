"""The other end of the wire for tests: answers as they are told, and keeps every request."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import httpx

from oncall.telephony.client import TwilioTelephony

ACCOUNT = "AC" + "0" * 32
TOKEN = "a-token"
API = "http://127.0.0.1:9/api"

Answer = httpx.Response | Exception


class Wire:
    """Gives each request the next of `answers`; the last one stays."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def forms(self) -> list[list[tuple[str, str]]]:
        return [parse_qsl(request.content.decode(), keep_blank_values=True) for request in self.requests]


def telephony(handle: Callable[[httpx.Request], httpx.Response], *, api_url: str = API) -> TwilioTelephony:
    return TwilioTelephony(
        account_sid=ACCOUNT, auth_token=TOKEN, api_url=api_url, transport=httpx.MockTransport(handle)
    )


def refused(code: int, *, status: int = 400) -> httpx.Response:
    """An error as the older API words it, with a number in its message as there often is."""
    message = "The 'To' number +447700900001 is not right."
    return httpx.Response(status, json={"code": code, "message": message, "more_info": "", "status": status})


def refused_as_problem(code: int, *, status: int = 400) -> httpx.Response:
    """An error as the newer API words it."""
    problem = {"type": "https://a.example", "title": "No", "status": status, "code": code, "detail": "+447700900001"}
    return httpx.Response(status, json=problem)
