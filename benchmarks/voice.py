"""A call arrives: the first document under twenty calls a second, and how soon the first phone is asked for when idle.

The first is compared with a bare route that does one insert, at the same rate, in one process with the sender off. For
the second the whole service runs as a process of its own; a stand-in answers as Twilio does, and every phone it rings
ends unanswered a moment later, so that the next caller finds everybody free.
"""

import asyncio
import contextlib
import itertools
import multiprocessing
import sys
import tempfile
import time
from multiprocessing.queues import Queue
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.load import Run, fire, request
from benchmarks.places import TOKEN, a_house, databases
from benchmarks.webhook import FORM, LINE, serve, wait_for
from oncall import app as application
from oncall.telephony.signature import signature_of

A_SECOND = 20
CALLS = 400
IDLE_CALLS = 60
ENDS_AFTER_S = 0.2
BETWEEN_S = 1.0
Stamps = Queue  # the instant at which a phone was asked to be rung


def signed(url: str, fields: dict[str, str]) -> dict[str, str]:
    """The headers of a webhook."""
    return {**FORM, "X-Twilio-Signature": signature_of(url, fields.items(), token=TOKEN)}


def a_call(number: int) -> dict[str, str]:
    """A call from a number never seen before."""
    return {
        "CallSid": f"CA{number:032x}",
        "From": f"+4477{number:08d}",
        "To": LINE,
        "CallStatus": "ringing",
        "Direction": "inbound",
        "ApiVersion": "2010-04-01",
        "AccountSid": "AC" + "0" * 32,
    }


def first_documents(name: str, database_url: str, folder: Path, port: int) -> None:
    """Prints how long the first document takes under load, and a bare insert at the same rate."""
    url = f"http://127.0.0.1:{port}"
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(database_url, str(folder), url))
    process.start()
    try:
        wait_for(url)
        for kind, start in (("warm", 0), ("calls", CALLS)):
            bare = asyncio.run(_paced(url, [request(f"{url}/bare", b"", FORM)] * CALLS))
            ours = asyncio.run(_paced(url, [_arrival(url, start + number) for number in range(CALLS)]))
            if kind == "calls":
                for route, run in (("bare", bare), ("first document", ours)):
                    print(f"{name:12} {route:15} {A_SECOND}/s  {_spread(run.took)}")
    finally:
        process.terminate()
        process.join()


async def _paced(url: str, requests: list[bytes]) -> Run:
    return await fire(url, requests, connections=8, every=1 / A_SECOND)


def _arrival(url: str, number: int) -> bytes:
    address, fields = f"{url}/twilio/voice", a_call(number)
    return request(address, urlencode(fields).encode(), signed(address, fields))


def _spread(took: list[float]) -> str:
    ordered = sorted(took)
    p50, p99 = ordered[len(ordered) // 2] * 1000, ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)] * 1000
    return f"{len(ordered):4}  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms"


def twilio(port: int, rung: "Stamps[float]") -> None:
    """Accepts everything, stamps each ring for a caller, and ends every call unanswered a moment later."""
    numbers = itertools.count(1)
    client = httpx.AsyncClient(trust_env=False)

    async def end(url: str, sid: str) -> None:
        await asyncio.sleep(ENDS_AFTER_S)
        fields = {"CallSid": sid, "CallStatus": "no-answer"}
        with contextlib.suppress(httpx.HTTPError):  # at the end nobody listens any more
            await client.post(url, content=urlencode(fields), headers=signed(url, fields))

    async def create(asked: Request) -> JSONResponse:
        at = time.time()
        form = parse_qs((await asked.body()).decode())
        told = form.get("StatusCallback", [""])[0]
        sid = f"{'CA' if 'Calls' in asked.url.path else 'SM'}{next(numbers):032x}"
        if "/twilio/leg/" in told:
            rung.put(at)
        ending = BackgroundTask(end, told, sid) if "Calls" in asked.url.path else None
        row = {"sid": sid, "status": "queued", "account_sid": "AC", "num_segments": "1"}
        return JSONResponse(row, 201, background=ending)

    async def ended(asked: Request) -> JSONResponse:
        sid = asked.url.path.rpartition("/")[2].removesuffix(".json")
        return JSONResponse({"sid": sid, "status": "no-answer", "account_sid": "AC"})

    path = "/2010-04-01/Accounts/{ac}/{what:path}"
    routes = [Route(path, create, methods=["POST"]), Route(path, ended, methods=["GET"])]
    uvicorn.run(Starlette(routes=routes), port=port, log_level="error", access_log=False)


def service(database_url: str, folder: str, ports: tuple[int, int]) -> None:
    """The whole service."""
    house = a_house(database_url, Path(folder), f"http://127.0.0.1:{ports[0]}", api_url=f"http://127.0.0.1:{ports[1]}")
    uvicorn.run(application.build(house), port=ports[0], log_level="error", access_log=False)


def first_rings(name: str, database_url: str, folder: Path, port: int) -> None:
    """Prints how long it takes from a call's arrival to the request that rings the first phone."""
    context = multiprocessing.get_context("spawn")
    rung: Stamps[float] = context.Queue()
    processes = [
        context.Process(target=twilio, args=(port + 1, rung)),
        context.Process(target=service, args=(database_url, str(folder), (port, port + 1))),
    ]
    for process in processes:
        process.start()
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url)
        took = [_until_rung(url, 10**7 + number, rung) for number in range(IDLE_CALLS + 2)][2:]  # two to warm up
        print(f"{name:12} {'first ring':15} idle  {_spread(took)} (aim p99 below 500 ms)")
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _until_rung(url: str, number: int, rung: "Stamps[float]") -> float:
    fields = a_call(number)
    began = time.time()
    _post(f"{url}/twilio/voice", fields)
    took = rung.get(timeout=20) - began
    _post(f"{url}/twilio/voice/status", {**fields, "CallStatus": "completed"})
    multiprocessing.Event().wait(BETWEEN_S)
    while not rung.empty():
        rung.get()
    return took


def _post(url: str, fields: dict[str, str]) -> None:
    httpx.post(
        url, content=urlencode(fields), headers=signed(url, fields), trust_env=False, timeout=10
    ).raise_for_status()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, databases(Path(home)) as addresses:
        for offset, (kind, address) in enumerate(addresses.items()):
            if len(sys.argv) < 2 or kind in sys.argv[1:]:
                first_rings(kind, address, Path(home), 8640 + 4 * offset)  # while no other caller is on the line
                first_documents(kind, address, Path(home), 8642 + 4 * offset)
