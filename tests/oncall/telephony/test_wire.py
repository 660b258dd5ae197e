"""Real sockets: a closed port, a connection cut before and after the request, many threads at once."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from oncall.telephony.client import TwilioTelephony
from oncall.telephony.port import Accepted, NotProcessed, OutcomeUnknown, Text

TEXT = Text(
    to="+447700900001",
    sender="+447700900000",
    body="KTRW",
    status_url="https://a.example",
    valid_for=timedelta(minutes=1),
)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Quiet: connections are cut on purpose."""


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler, bytes], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        posts: ClassVar[list[bytes]] = []

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.posts.append(body)
            answer(self, body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own signature
            """Quiet."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def line_to(api_url: str) -> Iterator[TwilioTelephony]:
    line = TwilioTelephony(account_sid="AC1", auth_token="a-token", api_url=api_url)
    try:
        yield line
    finally:
        line.close()


def accept(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    said = json.dumps({"sid": f"SM{len(body)}", "status": "queued"}).encode()
    handler.send_response(201)
    handler.send_header("Content-Length", str(len(said)))
    handler.end_headers()
    handler.wfile.write(said)


def cut(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    assert body
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def cut_midway(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(201)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.write(b'{"sid": "SM1"')
    handler.wfile.flush()
    cut(handler, body)


def test_a_closed_port_is_not_processed() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with line_to(f"http://127.0.0.1:{held.getsockname()[1]}") as line:
            assert line.send_text(TEXT) == NotProcessed()


def test_a_proxy_in_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(accept) as api_url, line_to(api_url) as line:
        assert isinstance(line.send_text(TEXT), Accepted)


@pytest.mark.parametrize("answer", [cut, cut_midway])
def test_l17_a_connection_cut_after_the_request_is_unknown_and_not_sent_again(
    answer: Callable[[BaseHTTPRequestHandler, bytes], None],
) -> None:
    asked = []

    def counted(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        asked.append(body)
        answer(handler, body)

    with serving(counted) as api_url, line_to(api_url) as line:
        assert line.send_text(TEXT) == OutcomeUnknown()
    assert len(asked) == 1


def test_many_threads_share_one_line_and_none_gets_anothers_answer() -> None:
    bodies = ["x" * size for size in range(1, 65)]

    def send(body: str) -> object:
        return line.send_text(Text(to="+1", sender="+2", body=body, status_url="u", valid_for=timedelta(seconds=60)))

    with serving(accept) as api_url, line_to(api_url) as line, ThreadPoolExecutor(16) as threads:
        shortest = send("")
        assert isinstance(shortest, Accepted)
        least = int(shortest.sid[2:])
        expected = [Accepted(sid=f"SM{least + len(body)}", status="queued") for body in bodies]
        assert list(threads.map(send, bodies)) == expected
