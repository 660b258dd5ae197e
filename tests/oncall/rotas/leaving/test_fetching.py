"""A calendar is fetched from the public internet only, whatever a name or a redirect says."""

from collections.abc import Iterable, Sequence

import httpcore
import pytest

from oncall.rotas.leaving.fetching import CannotFetch, Resolve, fetched, is_public
from oncall.rotas.leaving.reading import MOST_BYTES

PUBLIC = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Wire(httpcore.NetworkBackend):
    """A network on which each connection, whatever it asks, is given the next of some answers."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.reached: list[tuple[str, int]] = []
        self.streams: list[Spoken] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.reached.append((host, port))
        answer = self.answers.pop(0)
        if not answer:
            raise httpcore.ConnectError
        self.streams.append(Spoken([answer[at : at + 65_536] for at in range(0, len(answer), 65_536)]))
        return self.streams[-1]

    @property
    def asked(self) -> list[bytes]:
        return [stream.heard.split(b"\r\n")[0] for stream in self.streams]


class Spoken(httpcore.MockStream):
    """A connection that keeps what it was asked."""

    def __init__(self, answer: list[bytes]) -> None:
        super().__init__([*answer, b""])
        self.heard = b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.heard += buffer


def at(*addresses: str) -> Resolve:
    def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


def moved(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


def test_a_calendar_is_fetched_from_the_address_that_was_looked_up() -> None:
    wire = Wire(OK)
    assert fetched("https://cal.example/leave.ics?key=1", inner=wire, resolve=at(PUBLIC)) == b"hello"
    assert wire.reached == [(PUBLIC, 443)]
    assert wire.asked == [b"GET /leave.ics?key=1 HTTP/1.1"]
    assert b"Host: cal.example\r\n" in wire.streams[0].heard


# Addresses of machines, of networks and of everybody on them, and such wrapped into others.
INSIDE = """
127.0.0.1 10.0.0.1 172.16.3.4 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 192.0.2.1
::1 :: fe80::1%eth0 fc00::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1 ff02::1 2001:db8::1
"""


@pytest.mark.parametrize("address", INSIDE.split())
def test_no_other_address_is_ever_reached(address: str) -> None:
    assert not is_public(address)
    for resolve in (at(address), at(PUBLIC, address)):
        wire = Wire(OK)
        with pytest.raises(CannotFetch, match="public internet"):
            fetched("https://cal.example/leave.ics", inner=wire, resolve=resolve)
        assert wire.reached == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_redirects_are_followed_a_little_and_each_is_looked_at() -> None:
    wire = Wire(moved("/there.ics"), moved("https://other.example:8443/x"), OK)
    assert fetched("https://cal.example/leave.ics", inner=wire, resolve=at(PUBLIC)) == b"hello"
    assert wire.asked == [b"GET /leave.ics HTTP/1.1", b"GET /there.ics HTTP/1.1", b"GET /x HTTP/1.1"]
    assert wire.reached[-1] == (PUBLIC, 8443)
    assert b"Host: other.example:8443\r\n" in wire.streams[-1].heard


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([moved("http://cal.example/")], "https address"),
        ([moved("//cal.example/")], "https address"),
        ([moved("ftp://cal.example/")], "https address"),
        ([moved("")], "https address"),
        ([moved("https:///x")], "https address"),
        ([moved("/again")] * 4, "more than 3 times"),
        ([b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"], "answer was 403"),
        ([b"nonsense\r\n\r\n"], "no answer that could be used"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"], "no answer that could be used"),
        ([b""], "no answer that could be used"),
        ([b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (MOST_BYTES + 1)], "larger than 5 MiB"),
    ],
)
def test_what_is_not_followed_or_taken(answers: list[bytes], said: str) -> None:
    with pytest.raises(CannotFetch, match=said) as refused:
        fetched("https://cal.example/secret.ics", inner=Wire(*answers), resolve=at(PUBLIC))
    assert "cal.example" not in refused.value.message


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        return ["10.0.0.7"] if host == "inside.example" else [PUBLIC]

    wire = Wire(moved("https://inside.example/"), OK)
    with pytest.raises(CannotFetch, match="public internet"):
        fetched("https://cal.example/", inner=wire, resolve=resolve)
    assert wire.reached == [(PUBLIC, 443)]


@pytest.mark.parametrize("address", ["https://", "https://exämple.org/", "http://cal.example/", "file:///etc/passwd"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(CannotFetch):
        fetched(address, inner=Wire(OK), resolve=at(PUBLIC))


def test_a_name_that_does_not_exist_cannot_be_fetched() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise OSError

    with pytest.raises(CannotFetch, match="no answer"):
        fetched("https://cal.example/", inner=Wire(OK), resolve=resolve)
