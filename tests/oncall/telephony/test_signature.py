"""The signature against Twilio's published vector and, over random requests, against Twilio's own validator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from oncall.telephony.signature import is_signed, signature_of

TOKEN = "12345"
URL = "https://example.com/myapp.php?foo=1&bar=2"
PARAMS = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675310"),
    ("Digits", "1234"),
    ("From", "+14158675310"),
    ("To", "+18005551212"),
]
PUBLISHED = "L/OH5YylLD5NRKLltdqwSvS0BnU="


class Form(dict[str, list[str]]):
    """Fields with repeated names, as Twilio's validator wants them."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def form(pairs: list[tuple[str, str]]) -> Form:
    fields = Form()
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def test_the_published_vector() -> None:
    assert signature_of(URL, PARAMS, token=TOKEN) == PUBLISHED
    assert is_signed(URL, list(reversed(PARAMS)), PUBLISHED, [TOKEN])


@pytest.mark.parametrize("header", [None, "", "nonsense", PUBLISHED + " ", PUBLISHED.lower(), "ŵ", "\udce9"])
def test_l28_a_missing_or_wrong_header_is_no_signature(header: str | None) -> None:
    assert not is_signed(URL, PARAMS, header, [TOKEN])


@pytest.mark.parametrize("tokens", [["new", TOKEN], [TOKEN, "new"], ["", TOKEN]])
def test_either_token_signs_while_they_are_rotated(tokens: list[str]) -> None:
    assert is_signed(URL, PARAMS, PUBLISHED, tokens)


@pytest.mark.parametrize("tokens", [[], [""], ["other"], ["12345 "]])
def test_no_other_token_signs(tokens: list[str]) -> None:
    assert not is_signed(URL, PARAMS, PUBLISHED, tokens)
    assert not is_signed(URL, PARAMS, signature_of(URL, PARAMS, token=""), tokens)


@pytest.mark.parametrize(
    "params",
    [
        [*PARAMS, ("Extra", "")],
        [*PARAMS, ("Extra", "1")],
        PARAMS[:-1],
        [(name, value.replace("1234", "1235")) for name, value in PARAMS],
        [(name, value + " ") for name, value in PARAMS],
    ],
)
def test_a_changed_field_breaks_it(params: list[tuple[str, str]]) -> None:
    assert not is_signed(URL, params, PUBLISHED, [TOKEN])


@pytest.mark.parametrize(
    ("signed", "seen"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1#rc=2&ct=500"),
        ("https://a.example/x?y=1", "https://name:word@a.example/x?y=1"),
        ("https://a.example/x", "https://a.example:8443/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://a.example/x", "https://a.example:443/x"),
        ("http://127.0.0.1:80/x", "http://127.0.0.1/x"),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000/x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("http://[::1]/x", "http://[::1]:8000/x"),
        ("https://a.example?y=a@b:1/c", "https://a.example?y=a@b:1/c"),
        ("https://a.example/x?", "https://a.example/x?"),
        ("https://a:b:c/x", "https://a:b:c/x"),
    ],
)
def test_what_twilio_leaves_out_of_an_address(signed: str, seen: str) -> None:
    assert is_signed(seen, PARAMS, signature_of(signed, PARAMS, token=TOKEN), [TOKEN])


@pytest.mark.parametrize(
    "other",
    [
        "https://a.example/X?y=1",
        "https://a.example/x?y=2",
        "https://a.example/x",
        "https://b.example/x?y=1",
        "http://a.example/x?y=1",
    ],
)
def test_another_address_is_not_signed(other: str) -> None:
    header = signature_of("https://a.example/x?y=1", PARAMS, token=TOKEN)
    assert is_signed("https://a.example/x?y=1", PARAMS, header, [TOKEN])
    assert not is_signed(other, PARAMS, header, [TOKEN])


def test_a_get_has_its_fields_in_the_address_alone() -> None:
    header = RequestValidator(TOKEN).compute_signature(URL, {})
    assert is_signed(URL, [], header, [TOKEN])


def test_text_that_is_no_unicode_is_refused_without_a_fault() -> None:
    assert not is_signed(URL, [("Body", "\ud800")], PUBLISHED, [TOKEN])


names = st.text(min_size=1, max_size=8)
pairs = st.lists(st.tuples(names, st.text(max_size=20) | st.sampled_from(["", " ", "ŵ ", "😀"])), max_size=8)
urls = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["a.example", "127.0.0.1", "on-call.example.org"]),
    st.sampled_from(["", ":8000", ":443", ":80"]),
    st.sampled_from(["/", "/twilio/sms", "/twilio/pages/7/status"]),
    st.sampled_from(["", "?page=KTRW", "?a=&b=%20x"]),
)


@given(url=urls, params=pairs, token=st.text(min_size=1, max_size=12))
def test_it_agrees_with_twilios_own_validator(url: str, params: list[tuple[str, str]], token: str) -> None:
    theirs = RequestValidator(token)
    header = theirs.compute_signature(url, form(params))
    assert signature_of(url, params, token=token) == header
    assert is_signed(url, params, header, [token])
    for near in (url + "x", url.replace(":8000", ""), url.replace("https", "http")):
        assert is_signed(near, params, header, [token]) or not theirs.validate(near, form(params), header)
