"""`oncall serve` and `oncall migrate`."""

import socket
from typing import Annotated

import typer
import uvicorn

from oncall import wiring
from oncall.cli.opening import settings
from oncall.db import migrations
from oncall.errors import Unusable
from oncall.logs import set_up
from oncall.settings import read

SHUTDOWN_WITHIN_S = 20


class TooManyWorkers(Unusable):
    """More than one worker needs PostgreSQL: set ONCALL_DATABASE_URL to postgresql://…, or leave --workers at 1."""


class CannotListen(Unusable):
    """This address cannot be listened at."""


def check_port(host: str, port: int) -> None:
    """Raises CannotListen, saying why, unless `host` and `port` can be listened at."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, address = found[0]
        with socket.socket(family, kind, proto) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CannotListen(f"{host} port {port} cannot be listened at ({why}); choose another with --port") from None


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes; more than one needs PostgreSQL.", min=1)] = 1,
) -> None:
    """Runs the service: builds an empty database, refuses an outdated one."""
    set_up()
    found = read()
    house = wiring.open_house(found)
    try:
        if workers > 1 and found.is_embedded:
            raise TooManyWorkers
        migrations.ready(house.database)
    finally:
        house.close()
    check_port(host, port)
    uvicorn.run(
        "oncall.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_WITHIN_S,
    )


def migrate() -> None:
    """Brings the database to the newest schema; builds it if it is empty."""
    found = settings()
    database = wiring.open_database(found)
    try:
        before = migrations.revision(database)
        migrations.upgrade(database)
    finally:
        database.close()
    after = migrations.newest()
    typer.echo(
        "The database is at the newest schema already." if before == after else f"The database is now at {after}."
    )
