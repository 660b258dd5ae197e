"""What came with a text is fetched from Twilio alone, with credentials for Twilio alone, and never without an end."""

from collections.abc import Iterator

import httpx
import pytest

from oncall.telephony.port import Media, MediaRefused, TelephonyUnavailable
from tests.oncall.telephony.twilio_double import ACCOUNT, Answer, Wire, telephony

REAL = "https://api.twilio.com"
STAND_IN = "http://127.0.0.1:9/api"
PICTURE = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"


def image(data: bytes = b"picture", **headers: str) -> httpx.Response:
    named = {"Content-Type": "Image/JPEG; x=1", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return httpx.Response(200, headers=named, stream=httpx.ByteStream(data))


def moved(to: str, status: int = 307) -> httpx.Response:
    return httpx.Response(status, headers={"Location": to})


def refusal(url: str, *answers: Answer, api_url: str = REAL) -> tuple[str, Wire]:
    wire = Wire(*answers)
    with pytest.raises(MediaRefused) as raised:
        telephony(wire, api_url=api_url).fetch_media(url, max_bytes=100)
    assert "://" not in str(raised.value)
    return raised.value.reason, wire


def test_a_picture_is_fetched_with_credentials() -> None:
    wire = Wire(image())
    fetched = telephony(wire, api_url=REAL).fetch_media(REAL + PICTURE, max_bytes=7)
    assert fetched == Media(content_type="image/jpeg", data=b"picture")
    assert wire.requests[0].headers["Authorization"].startswith("Basic ")
    assert wire.requests[0].headers["Accept-Encoding"] == "identity"


def test_twilios_own_address_becomes_the_configured_one() -> None:
    wire = Wire(image())
    telephony(wire, api_url=STAND_IN).fetch_media(REAL + PICTURE, max_bytes=100)
    assert str(wire.requests[0].url) == STAND_IN + PICTURE
    assert "Authorization" in wire.requests[0].headers


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/m/1", "http://127.0.0.1:8/m/1", "http://localhost:7/m", "http://[::1]/m"]
)
def test_a_stand_in_on_this_machine_may_serve_from_this_machine(url: str) -> None:
    wire = Wire(image())
    assert telephony(wire, api_url=STAND_IN).fetch_media(url, max_bytes=100).data == b"picture"
    assert ("Authorization" in wire.requests[0].headers) is (":9/" in url)


def test_credentials_do_not_follow_to_where_twilio_keeps_its_files() -> None:
    wire = Wire(moved("https://mms.twiliocdn.com/x?sig=1"), image())
    telephony(wire, api_url=REAL).fetch_media(REAL + PICTURE, max_bytes=100)
    assert ["Authorization" in request.headers for request in wire.requests] == [True, False]


def test_three_redirects_are_followed_relative_ones_too() -> None:
    wire = Wire(moved("/two"), moved("three", 302), moved("//api.twilio.com/four", 301), image())
    assert telephony(wire, api_url=REAL).fetch_media(REAL + PICTURE, max_bytes=100).data == b"picture"
    assert [request.url.path for request in wire.requests] == [PICTURE, "/two", "/three", "/four"]


def test_a_fourth_is_not() -> None:
    reason, wire = refusal(REAL + PICTURE, moved("/again"))
    assert (reason, len(wire.requests)) == ("redirects", 4)


ELSEWHERE = [
    "http://api.twilio.com/x",
    "https://twilio.com.example.org/x",
    "https://eviltwilio.com/x",
    "https://example.org/.twilio.com",
    "https://api.twilio.com@example.org/x",
    "https://sam:word@api.twilio.com/x",
    "https://api.twilio.com:8443/x",
    "http://127.0.0.1/x",
    "http://localhost:8000/x",
    "http://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/x",
    "file:///etc/passwd",
    "ftp://api.twilio.com/x",
    "data:,x",
    "//api.twilio.com/x",
    "/x",
    "",
    "http://[::1",
    "https://api.twilio.com:port/x",
]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_nothing_is_asked_of_any_other_address(url: str) -> None:
    reason, wire = refusal(url, image())
    assert (reason, wire.requests) == ("address", [])


@pytest.mark.parametrize("url", [url for url in ELSEWHERE if "://" in url and not url.endswith(("[::1", ":port/x"))])
def test_nor_is_a_redirect_there_followed(url: str) -> None:
    reason, wire = refusal(REAL + PICTURE, moved(url), image())
    assert (reason, len(wire.requests)) == ("address", 1)


@pytest.mark.parametrize("location", ["http://[::1", "https://api.twilio.com:port/x", "data:,x"])
def test_a_redirect_that_is_no_address_leads_nowhere(location: str) -> None:
    wire = Wire(moved(location), image())
    with pytest.raises((MediaRefused, TelephonyUnavailable)):
        telephony(wire, api_url=REAL).fetch_media(REAL + PICTURE, max_bytes=100)
    assert len(wire.requests) == 1


class Endless(httpx.SyncByteStream):
    """A body without an end, that counts what was taken of it."""

    def __init__(self) -> None:
        self.taken = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.taken += 10
            yield b"0123456789"

    def close(self) -> None:
        self.closed = True


def test_reading_stops_as_soon_as_it_is_too_long() -> None:
    body = Endless()
    reason, _ = refusal(REAL + PICTURE, httpx.Response(200, stream=body))
    assert (reason, body.taken, body.closed) == ("too_long", 110, True)


@pytest.mark.parametrize("packed", ["gzip", "deflate", "br"])
def test_what_is_packed_is_not_unpacked(packed: str) -> None:
    assert refusal(REAL + PICTURE, image(Content_Encoding=packed))[0] == "encoded"


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 410])
def test_what_is_not_there_is_missing(status: int) -> None:
    assert refusal(REAL + PICTURE, httpx.Response(status))[0] == "missing"


@pytest.mark.parametrize(
    "answer", [httpx.Response(429), httpx.Response(500), httpx.ReadTimeout("slow"), httpx.ConnectError("no")], ids=str
)
def test_what_may_be_had_later_is_said_to_be_unavailable(answer: Answer) -> None:
    with pytest.raises(TelephonyUnavailable):
        telephony(Wire(answer), api_url=REAL).fetch_media(REAL + PICTURE, max_bytes=100)
