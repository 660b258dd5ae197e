"""Two teams with their people, an application with the API alone, and clients with tokens; on both databases."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from fastapi import FastAPI

from oncall.api.problems import install
from oncall.api.routes import router
from oncall.auth.tokens import Scope
from oncall.clock import ManualClock
from oncall.db.database import Database
from tests.databases import KEYRING
from tests.oncall.api.world import InProcess, World

Connect = Callable[..., httpx.Client]
# For what is the same whatever the database is.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def world(database_url: str, clock: ManualClock) -> Iterator[World]:
    opened = Database(database_url, KEYRING, info={"public_url": "https://on-call.example"})
    yield World(opened, clock)
    opened.close()


@pytest.fixture
def app(world: World) -> FastAPI:
    made = FastAPI(docs_url=None, redoc_url=None)
    made.state.database, made.state.clock = world.database, world.clock
    made.include_router(router)
    install(made)
    return made


@pytest.fixture
def connect(app: FastAPI, world: World) -> Connect:
    """A client with a team's token of a scope, or with none."""

    def connected(team: str | None = "torfaen", scope: Scope = Scope.WRITE) -> httpx.Client:
        shown = {"Authorization": f"Bearer {world.token(team, scope)}"} if team else {}
        return httpx.Client(transport=InProcess(app), base_url="http://127.0.0.1", headers=shown)

    return connected


@pytest.fixture
def api(connect: Connect) -> httpx.Client:
    """Torfaen's client, which may write."""
    return connect()
