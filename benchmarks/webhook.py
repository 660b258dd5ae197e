"""An inbound text, everything durable, against a bare FastAPI route that does one insert, on the same database.

Each text is signed, comes from a number never seen before, and so opens an incident with its pages. Rounds of the two
alternate in one process of the service; the sender is off, so that only the webhook is measured.
"""

import asyncio
import multiprocessing
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import insert

from benchmarks.load import Run, fire, request
from benchmarks.places import a_house, databases
from oncall import app as application
from oncall.db.tables import new_id
from oncall.incidents.models import Ref
from oncall.telephony.signature import signature_of
from oncall.wiring import House

CONNECTIONS = 32
REQUESTS = 600
ROUNDS = 5
LINE = "+447700900000"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def bare(app: FastAPI, house: House) -> None:
    """Adds the route to compare with: one insert, committed before the answer."""

    @app.post("/bare")
    def one_insert() -> dict[str, bool]:
        with house.database.transaction() as session:
            row_id = new_id()
            session.execute(
                insert(Ref).values(id=row_id, ref=row_id.hex, incident_id=row_id, given_at=house.clock.now())
            )
        return {"stored": True}


def serve(database_url: str, folder: str, url: str) -> None:
    """The process that is measured."""
    house = a_house(database_url, Path(folder), url)
    app = application.build(house, runs=False)
    bare(app, house)
    uvicorn.run(app, port=int(url.rsplit(":", 1)[1]), log_level="error", access_log=False)


def texts(url: str, count: int, *, start: int) -> list[bytes]:
    """Signed texts, each from a number of its own."""
    made = []
    for number in range(start, start + count):
        fields = {
            "MessageSid": f"SM{number:032x}",
            "From": f"+4477{number:08d}",
            "To": LINE,
            "Body": "She has locked herself in and will not talk to me, what do I do",
            "NumMedia": "0",
            "NumSegments": "1",
            "AccountSid": "AC" + "0" * 32,
        }
        signature = signature_of(f"{url}/twilio/sms", fields.items(), token="0" * 32)
        headers = {**FORM, "X-Twilio-Signature": signature}
        made.append(request(f"{url}/twilio/sms", urlencode(fields).encode(), headers))
    return made


def measure(name: str, database_url: str, folder: Path, port: int) -> None:
    """Prints both routes' figures and their ratio."""
    url = f"http://127.0.0.1:{port}"
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(database_url, str(folder), url))
    process.start()
    try:
        wait_for(url)
        bares, ours = [], []
        empty = [request(f"{url}/bare", b"", FORM)] * REQUESTS
        for turn in range(ROUNDS + 1):
            found = asyncio.run(fire(url, empty, connections=CONNECTIONS))
            mine = asyncio.run(fire(url, texts(url, REQUESTS, start=turn * REQUESTS), connections=CONNECTIONS))
            if turn:  # the first round warms up
                bares.append(found)
                ours.append(mine)
    finally:
        process.terminate()
        process.join()
    _tell(name, bares, ours)


def wait_for(url: str) -> None:
    """Waits until the service answers."""
    for _ in range(300):
        try:
            if httpx.get(f"{url}/healthz", timeout=1).is_success:
                return
        except httpx.HTTPError:
            pass
        multiprocessing.Event().wait(0.1)
    raise RuntimeError("the service did not start")


def _tell(name: str, bares: list[Run], ours: list[Run]) -> None:
    for route, runs in (("bare", bares), ("text", ours)):
        p50, p99 = (statistics.median(run.percentile(share) for run in runs) for share in (0.5, 0.99))
        rate = statistics.median(run.rate for run in runs)
        print(f"{name:12} {route:6} {rate:7.0f}/s  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms")
    ratio = statistics.median(a.rate / b.rate for a, b in zip(ours, bares, strict=True))
    p99s = statistics.median(a.percentile(0.99) / b.percentile(0.99) for a, b in zip(ours, bares, strict=True))
    print(f"{name:12} ratio  throughput {ratio:.2f} (aim 0.5 or more), p99 {p99s:.2f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, databases(Path(home)) as found:
        for offset, (kind, address) in enumerate(found.items()):
            if len(sys.argv) < 2 or kind in sys.argv[1:]:
                measure(kind, address, Path(home), 8600 + offset)
