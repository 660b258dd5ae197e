"""The page's addresses: the page, its live part, and what a visitor does with a handset or the clock.

No number or word is ever in an address; a handset is named by its place in the cast.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from oncall.lab.handsets import Handset, NoCall
from oncall.lab.lab import Lab
from oncall.lab.page.cast import Setting
from oncall.lab.page.view import page_view, switch

_HERE = Path(__file__).parent
_LONGEST = 1600
_KEYS = frozenset("0123456789*#")
MOVES = {"1": "1 min", "5": "5 min", "15": "15 min", "60": "1 h"}
_HEADERS = {"Content-Security-Policy": "default-src 'self'", "Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Pages:
    """The page of one lab in one setting."""

    lab: Lab
    setting: Setting
    templates: Environment

    def page(self, request: Request) -> Response:
        return self._rendered("page.html", request)

    def live(self, request: Request) -> Response:
        return self._rendered("live.html", request)

    def _rendered(self, name: str, request: Request) -> Response:
        shown = {
            "view": page_view(self.lab, self.setting),
            "setting": self.setting,
            "moves": MOVES,
            "base": request.scope.get("root_path", "") + "/",
            "can_ring": self._can_ring(),
        }
        return HTMLResponse(self.templates.get_template(name).render(shown), headers=_HEADERS)

    def _can_ring(self) -> bool:
        number = self.lab.exchange.number_of_account(self.setting.line)
        return number is not None and bool(number.url("VoiceUrl"))

    async def act(self, request: Request) -> Response:
        """Does something with a handset; what comes too late does nothing."""
        place = request.path_params["place"]
        do = ACTIONS.get(request.path_params["action"])
        if do is None or place >= len(self.setting.cast):
            raise HTTPException(404)
        handset = self.lab.handset(self.setting.cast[place].number)
        given = await _form(request)
        with contextlib.suppress(NoCall):
            await run_in_threadpool(do, handset, given, self.setting.line)
        return _back(request, "../../")

    async def move(self, request: Request) -> Response:
        """Moves the clock on by one of the steps offered."""
        minutes = (await _form(request)).get("minutes", "")
        if minutes not in MOVES or self.setting.on_clock_moved is None:
            raise HTTPException(404)
        await run_in_threadpool(self.setting.on_clock_moved, timedelta(minutes=int(minutes)))
        self.lab.exchange.schedule.wake()
        return _back(request, "./")


Given = Mapping[str, str]


def _text(handset: Handset, given: Given, line: str) -> None:
    body = given.get("body", "").replace("\r\n", "\n")[:_LONGEST]
    if body.strip():
        handset.texts(line, body)


def _press(handset: Handset, given: Given, line: str) -> None:
    if given.get("key") in _KEYS:
        handset.press(given["key"])


def _say(handset: Handset, given: Given, line: str) -> None:
    words = " ".join(given.get("words", "").split())[:_LONGEST]
    if words:
        handset.says(words)


def _ring(handset: Handset, given: Given, line: str) -> None:
    handset.dials(line)


ACTIONS: dict[str, Callable[[Handset, Given, str], None]] = {
    "text": _text,
    "press": _press,
    "say": _say,
    "answer": lambda handset, given, line: handset.answer(),
    "hang-up": lambda handset, given, line: handset.hang_up(),
    "ring": _ring,
    "switch-off": lambda handset, given, line: switch(handset, on=False),
    "switch-on": lambda handset, given, line: switch(handset, on=True),
}


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True))


def _back(request: Request, to: str) -> Response:
    """Nothing more for a script, the page again for a plain form."""
    return Response(status_code=204) if "x-live" in request.headers else RedirectResponse(to, 303)


def page_routes(lab: Lab, setting: Setting) -> list[BaseRoute]:
    """The routes of the page."""
    templates = Environment(
        loader=PackageLoader("oncall.lab.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages = Pages(lab, setting, templates)
    return [
        Route("/", pages.page),
        Route("/live", pages.live),
        Route("/phones/{place:int}/{action}", pages.act, methods=["POST"]),
        Route("/clock", pages.move, methods=["POST"]),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]
