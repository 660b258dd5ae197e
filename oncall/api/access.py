"""Who is asking, and the session they get: a bearer token first, before anything else is looked at or opened.

A token opens its own team's things only; another team's are answered as if they did not exist.
The application keeps its database and clock in `app.state`.
"""

from collections.abc import Callable, Coroutine, Iterator
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Request, Response, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from oncall.auth import actions
from oncall.auth.queries import TokenHolder, token_holder
from oncall.auth.tokens import Scope
from oncall.clock import Clock
from oncall.db.database import Database
from oncall.errors import NotFound, OnCallError
from oncall.people.models import Team

READS = ("GET", "HEAD")
MAY_SEE_RESTRICTED = "may_see_restricted"
"""The name under which a session knows whether its token may see what is for leads only."""

bearer = HTTPBearer(auto_error=False, description="A token of one team, from `oncall token create`.")


class NotSignedIn(OnCallError):
    """This needs a token: Authorization: Bearer and a token that stands."""

    status = HTTPStatus.UNAUTHORIZED


class OutOfScope(OnCallError):
    """This token may read, not write."""

    status = HTTPStatus.FORBIDDEN


class NoSuchTeam(NotFound):
    """There is no team by that name."""


def database_of(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def clock_of(request: Request) -> Clock:
    clock: Clock = request.app.state.clock
    return clock


def identify(request: Request) -> TokenHolder:
    """The holder of the request's token. Raises NotSignedIn, OutOfScope."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    holder = None
    if scheme.lower() == "bearer" and secret.strip():
        with database_of(request).reading() as session:
            holder = token_holder(session, secret.strip())
    if holder is None:
        raise NotSignedIn
    if not holder.scope.includes(Scope.READ if request.method in READS else Scope.WRITE):
        raise OutOfScope
    return holder


def caller(request: Request, shown: Annotated[object, Security(bearer)]) -> TokenHolder:
    """The holder of the request's token, whose use is noted now and then."""
    holder = identify(request)
    now = clock_of(request).now()
    if holder.last_used_at is None or now - holder.last_used_at >= actions.NOTED_EVERY:
        with database_of(request).transaction() as session:
            actions.note_use(session, team_id=holder.team_id, token_id=holder.token_id, at=now)
    return holder


Caller = Annotated[TokenHolder, Depends(caller)]


def reading(request: Request, holder: Caller) -> Iterator[Session]:
    with database_of(request).reading() as session:
        session.info[MAY_SEE_RESTRICTED] = holder.may_see_restricted
        yield session


def writing(request: Request, holder: Caller) -> Iterator[Session]:
    with database_of(request).transaction() as session:
        session.info[MAY_SEE_RESTRICTED] = holder.may_see_restricted
        yield session


# Ended before the answer leaves, so that nobody is told of what was not stored.
Reading = Annotated[Session, Depends(reading, scope="function")]
Writing = Annotated[Session, Depends(writing, scope="function")]
Now = Annotated[Clock, Depends(clock_of)]


def team_of(session: Session, holder: TokenHolder, *, slug: str | None = None) -> Team:
    """The token's team, if it is the one named. Raises NoSuchTeam."""
    team = session.get_one(Team, holder.team_id)
    if slug is not None and team.slug != slug:
        raise NoSuchTeam
    return team


class TokenFirst(APIRoute):
    """A route on which a body that cannot be read is found fault with only after the token has been looked at."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError:
                await run_in_threadpool(identify, request)
                raise
            except HTTPException as fault:
                await run_in_threadpool(identify, request)
                if fault.status_code == 400:
                    raise RequestValidationError([{"loc": ("body",), "msg": "cannot be read as JSON"}]) from None
                raise

        return answer
