"""From the commit that asked for a page to its request at Twilio: idle, and at fifty texts a second.

The service runs as a process of its own with its sender; a stand-in answers as Twilio does, at once. Each page is known
by its row's id, which the request carries in its status address; both ends stamp with the machine's clock.
"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from sqlalchemy import event
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.load import fire
from benchmarks.places import a_house, databases
from benchmarks.webhook import texts, wait_for
from oncall import app as application
from oncall.paging.models import Outgoing

LOADS = (("idle", 60, 0.4, 2), ("50 a second", 1000, 1 / 50, 16))
"""Its name, how many texts, seconds between them, connections."""
Stamps = Queue  # (row id, instant)


def twilio(port: int, arrived: "Stamps[tuple[str, float]]") -> None:
    """Accepts everything, and stamps each first text page."""
    count = iter(range(1, 10**9))

    async def create(request: Request) -> JSONResponse:
        at = time.time()
        form = parse_qs((await request.body()).decode())
        arrived.put((form["StatusCallback"][0].rsplit("/", 1)[1], at))
        sid = f"SM{next(count):032x}"
        return JSONResponse({"sid": sid, "status": "queued", "account_sid": "AC", "num_segments": "1"}, 201)

    routes = [Route("/2010-04-01/Accounts/{ac}/{what}", create, methods=["POST"])]
    uvicorn.run(Starlette(routes=routes), port=port, log_level="error", access_log=False)


def service(database_url: str, folder: str, ports: tuple[int, int], committed: "Stamps[tuple[str, float]]") -> None:
    """The service; every page by text is stamped as its transaction is committed."""
    url = f"http://127.0.0.1:{ports[0]}"
    house = a_house(database_url, Path(folder), url, api_url=f"http://127.0.0.1:{ports[1]}")

    @event.listens_for(Session, "after_flush")
    def note(session: Session, context: Any) -> None:
        pages = [row.id for row in session.new if isinstance(row, Outgoing) and row.kind == "page_text"]
        session.info.setdefault("pages", []).extend(pages)

    @event.listens_for(Session, "after_commit")
    def stamp(session: Session) -> None:
        at = time.time()
        for row_id in session.info.pop("pages", ()):
            committed.put((str(row_id), at))

    uvicorn.run(application.build(house), port=ports[0], log_level="error", access_log=False)


def measure(name: str, database_url: str, folder: Path, port: int) -> None:
    """Prints both loads' figures."""
    context = multiprocessing.get_context("spawn")
    committed, arrived = context.Queue(), context.Queue()
    processes = [
        context.Process(target=twilio, args=(port + 1, arrived)),
        context.Process(target=service, args=(database_url, str(folder), (port, port + 1), committed)),
    ]
    for process in processes:
        process.start()
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url)
        asyncio.run(fire(url, texts(url, 10, start=10**6), connections=1, every=0.2))
        _drain(committed, arrived)
        for start, (load, count, every, connections) in enumerate(LOADS, 2):
            asyncio.run(fire(url, texts(url, count, start=start * 10**6), connections=connections, every=every))
            took = _drain(committed, arrived)
            p50, p99 = took[len(took) // 2] * 1000, took[min(int(len(took) * 0.99), len(took) - 1)] * 1000
            print(f"{name:12} {load:12} {len(took):5} pages  p50 {p50:7.1f} ms  p99 {p99:7.1f} ms")
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _drain(committed: "Stamps[tuple[str, float]]", arrived: "Stamps[tuple[str, float]]") -> list[float]:
    """Seconds from commit to request for each page, sorted, once nothing more has come for a while."""
    asked, came = _all(committed, quiet_for=2), _all(arrived, quiet_for=8)
    missing = asked.keys() - came.keys()
    if missing:
        raise RuntimeError(f"{len(missing)} pages never left")
    return sorted(came[row_id] - at for row_id, at in asked.items())


def _all(stamps: "Stamps[tuple[str, float]]", *, quiet_for: float) -> dict[str, float]:
    found: dict[str, float] = {}
    while True:
        try:
            row_id, at = stamps.get(timeout=quiet_for)
        except Empty:
            return found
        found.setdefault(row_id, at)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, databases(Path(home)) as addresses:
        for offset, (kind, address) in enumerate(addresses.items()):
            if len(sys.argv) < 2 or kind in sys.argv[1:]:
                measure(kind, address, Path(home), 8620 + 2 * offset)
