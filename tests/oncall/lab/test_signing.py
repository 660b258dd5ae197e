"""The lab's own signature against the published vector and against Twilio's validator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from oncall.lab.webhooks.overrides import overrides
from oncall.lab.webhooks.signing import sign, signed_url

VECTOR = (
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675310"),
    ("Digits", "1234"),
    ("From", "+14158675310"),
    ("To", "+18005551212"),
)


def test_the_published_vector() -> None:
    assert sign("https://example.com/myapp.php?foo=1&bar=2", VECTOR, token="12345") == "L/OH5YylLD5NRKLltdqwSvS0BnU="


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=8), st.text(min_size=1))
def test_twilios_validator_agrees(params: dict[str, str], token: str) -> None:
    url = "http://127.0.0.1:8000/twilio/sms?team=a%20b&page=1"
    assert RequestValidator(token).validate(url, params, sign(url, params.items(), token=token))


@pytest.mark.parametrize(
    ("url", "voice", "signed"),
    [
        ("https://example.com/sms?x=1#rc=2&ct=100", False, "https://example.com/sms?x=1"),
        ("https://me:secret@example.com/sms", False, "https://example.com/sms"),
        ("https://example.com:8443/voice", True, "https://example.com/voice"),
        ("https://example.com:8443/sms", False, "https://example.com:8443/sms"),
        ("http://example.com:8080/voice", True, "http://example.com:8080/voice"),
    ],
)
def test_what_part_of_an_address_is_signed(url: str, voice: bool, signed: str) -> None:
    assert signed_url(url, voice=voice) == signed


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", (5.0, 15.0, 15.0, 1, {"ct"})),
        ("#ct=1500&rt=4000&rc=3&rp=ct,rt,5xx&tt=9000", (1.5, 4.0, 9.0, 3, {"ct", "rt", "5xx"})),
        ("#ct=99&rt=15001&rc=6&tt=x&e=dublin", (5.0, 15.0, 15.0, 1, {"ct"})),
    ],
)
def test_connection_settings_in_the_fragment(
    fragment: str, expected: tuple[float, float, float, int, set[str]]
) -> None:
    got = overrides("https://example.com/sms" + fragment)
    assert (got.connect_within, got.read_within, got.all_within, got.retries, set(got.retry_on)) == expected
