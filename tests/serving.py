"""Serves an application on a loopback port of its own, in a thread, while a test runs."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

STARTS_WITHIN_S = 10


def free_socket() -> tuple[socket.socket, str]:
    """A listening socket on a free port, and its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    return listening, f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def serving(app: ASGIApp, listening: socket.socket) -> Iterator[None]:
    """Serves `app` at the socket until the block ends."""
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    started = threading.Event()
    for _ in range(STARTS_WITHIN_S * 200):
        if server.started:
            break
        started.wait(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(STARTS_WITHIN_S)
        listening.close()
