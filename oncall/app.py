"""Builds the application: routers, error handlers, and what runs from its start to its end; no logic."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

from oncall import health, scheduler, wiring
from oncall.api import problems
from oncall.api.routes import router as api_router
from oncall.calls.audio.webhooks import build_router as build_audio
from oncall.calls.caller.webhooks import build_router as build_callers
from oncall.calls.legs.webhooks import build_router as build_legs
from oncall.calls.testing import build_router as build_tests
from oncall.calls.webhooks import build_router as build_calls
from oncall.db import migrations
from oncall.logs import set_up
from oncall.paging.watchdog import Watchdog
from oncall.settings import read
from oncall.texts.webhooks import build_router as build_texts
from oncall.web.calendars import router as calendar_router
from oncall.web.routes import router as web_router
from oncall.wiring import House


def build(house: House, *, runs: bool = True) -> FastAPI:
    """The application over an open house; with `runs`, its sender and scheduler run while it does."""
    app = FastAPI(title="MIST on-call line", docs_url=None, redoc_url=None, lifespan=_lifespan(house) if runs else None)
    app.state.database, app.state.clock = house.database, house.clock
    app.state.media = house.media
    problems.install(app)
    app.include_router(
        build_texts(database=house.database, clock=house.clock, gate=house.gate), include_in_schema=False
    )
    app.include_router(
        build_calls(database=house.database, clock=house.clock, gate=house.gate, public_url=house.public_url),
        include_in_schema=False,
    )
    app.include_router(
        build_tests(database=house.database, clock=house.clock, gate=house.gate, public_url=house.public_url),
        include_in_schema=False,
    )
    for build_router in (build_callers, build_legs):
        app.include_router(
            build_router(database=house.database, clock=house.clock, gate=house.gate), include_in_schema=False
        )
    app.include_router(
        build_audio(
            database=house.database,
            clock=house.clock,
            media=house.media,
            prompts=wiring.prompts_of(house.settings),
        ),
        include_in_schema=False,
    )
    app.include_router(api_router)
    app.include_router(web_router, include_in_schema=False)
    app.include_router(calendar_router, include_in_schema=False)
    app.include_router(health.build_router(house), include_in_schema=False)
    return app


def from_environment() -> FastAPI:
    """The application that each process of `oncall serve` runs."""
    set_up()
    house = wiring.open_house(read(), suggester=wiring.open_suggester())
    migrations.ready(house.database)
    return build(house)


def _lifespan(house: House) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def runs(app: FastAPI) -> AsyncIterator[None]:
        watchdog = _watchdog(house)
        jobs = scheduler.build(
            scheduler.Jobs(
                house.database,
                house.clock,
                house.sender,
                house.gate,
                watchdog,
                wiring.open_standby(house),
                house.account,
                house.telephony,
                lambda: _ticked(house),
            )
        )
        house.sender.start()
        jobs.start()
        try:
            yield
        finally:
            jobs.shutdown(wait=True)
            house.sender.stop()
            if watchdog is not None:
                watchdog.close()
            house.close()

    return runs


def _watchdog(house: House) -> Watchdog | None:
    url = house.settings.watchdog_url
    return Watchdog(url, house.clock, lambda: house.pulse.ticked_at) if url else None


def _ticked(house: House) -> None:
    house.pulse.ticked_at = house.clock.now()
