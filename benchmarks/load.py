"""A load of ready-made HTTP requests over a few kept-alive connections: as little work per request as can be."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Run:
    """What a run came to: requests per second, and seconds each request took, sorted."""

    rate: float
    took: list[float]

    def percentile(self, share: float) -> float:
        """The time in milliseconds within which this share of the requests was answered."""
        return self.took[min(int(len(self.took) * share), len(self.took) - 1)] * 1000


def request(url: str, body: bytes, headers: dict[str, str]) -> bytes:
    """The bytes of one POST."""
    parts = urlsplit(url)
    lines = [f"POST {parts.path} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def fire(url: str, requests: Sequence[bytes], *, connections: int, every: float | None = None) -> Run:
    """Sends every request, `connections` at a time, or one each `every` seconds; all must be answered with 2xx."""
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    began = time.perf_counter()
    for number, one in enumerate(requests):
        waiting.put_nowait((began + number * every if every else 0.0, one))
    took: list[float] = []
    await asyncio.gather(*(_send(url, waiting, took) for _ in range(connections)))
    return Run(len(took) / (time.perf_counter() - began), sorted(took))


async def _send(url: str, waiting: asyncio.Queue[tuple[float, bytes]], took: list[float]) -> None:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    while not waiting.empty():
        at, one = waiting.get_nowait()
        if (early := at - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        began = time.perf_counter()
        writer.write(one)
        await _answer(reader)
        took.append(time.perf_counter() - began)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    lines = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length")), 0)
    body = await reader.readexactly(length)
    if not 200 <= status < 300:
        raise RuntimeError(f"answered {status}: {body[:200]!r}")
