"""The settings: what may be said, what is refused with its name and what would be right, and what is never repeated."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from oncall.settings import BadSettings, environment_of_child, is_loopback, read, split

GOOD = {
    "ONCALL_PUBLIC_URL": "https://oncall.example.org",
    "ONCALL_TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
    "ONCALL_TWILIO_AUTH_TOKEN": "an-old-and-honest-token",
    "ONCALL_SECRET_KEY": "thirty-two-characters-at-the-least",
}
NEEDED = ["ONCALL_PUBLIC_URL", "ONCALL_TWILIO_ACCOUNT_SID", "ONCALL_TWILIO_AUTH_TOKEN", "ONCALL_SECRET_KEY"]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in environment_of_child():
        if name.startswith("ONCALL_"):
            monkeypatch.delenv(name)


def test_what_is_not_set_has_its_default() -> None:
    found = read({})
    assert found.data_dir == Path("oncall-data")
    assert found.database == "sqlite:///oncall-data/oncall.db"
    assert found.is_embedded
    assert found.twilio_api_url == "https://api.twilio.com"
    assert found.watchdog_url is None


def test_everything_that_serve_needs_and_that_is_missing_is_named() -> None:
    assert read({}).missing() == NEEDED
    assert read(GOOD).missing() == []
    for name in NEEDED:
        assert read({key: value for key, value in GOOD.items() if key != name}).missing() == [name]


def test_an_empty_setting_is_a_missing_one() -> None:
    assert read({**GOOD, "ONCALL_SECRET_KEY": ""}).missing() == ["ONCALL_SECRET_KEY"]


def test_the_environment_is_read_when_nothing_else_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCALL_PUBLIC_URL", "https://oncall.example.org/")
    monkeypatch.setenv("ONCALL_TWILIO_ACCOUNT_SID", "")
    assert read().public_url == "https://oncall.example.org"
    assert read().twilio_account_sid is None
    assert read(public_url="http://127.0.0.1:8000").public_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("PUBLIC_URL", "http://oncall.example.org", "must be an https address"),
        ("PUBLIC_URL", "oncall.example.org", "must be an https address"),
        ("PUBLIC_URL", "https://", "must be an https address"),
        ("PUBLIC_URL", "https://oncall.example.org/?a=1", "without user, query or fragment"),
        ("PUBLIC_URL", "https://oncall.example.org/#a", "without user, query or fragment"),
        ("PUBLIC_URL", "https://me:pw@oncall.example.org", "without user, query or fragment"),
        ("PUBLIC_URL", "ftp://oncall.example.org", "must be an https address"),
        ("TWILIO_API_URL", "http://api.example.org", "must be an https address"),
        ("WATCHDOG_URL", "http://watchdog.example.org/1", "must be an https address"),
        ("TWILIO_ACCOUNT_SID", "AC123", "must be an account SID"),
        ("TWILIO_ACCOUNT_SID", "SK" + "0" * 32, "must be an account SID"),
        ("TWILIO_AUTH_TOKEN", "one,two,three", "must be one token, or two"),
        ("TWILIO_AUTH_TOKEN", "one,", "must be one token, or two"),
        ("SECRET_KEY", "too-short", "32 characters or longer"),
        ("SECRET_KEY", "thirty-two-characters-at-the-least,short", "32 characters or longer"),
        ("DATABASE_URL", "mysql://localhost/oncall", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "oncall.db", "must begin with sqlite:/// or postgresql://"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_would_be_right_and_never_repeated(
    name: str, value: str, right: str
) -> None:
    with pytest.raises(BadSettings) as refused:
        read({**GOOD, f"ONCALL_{name}": value})
    assert refused.value.message.startswith(f"ONCALL_{name}: ")
    assert right in refused.value.message
    assert value not in refused.value.message


def test_every_malformed_setting_is_named_at_once() -> None:
    with pytest.raises(BadSettings) as refused:
        read({"ONCALL_PUBLIC_URL": "x", "ONCALL_SECRET_KEY": "y", "ONCALL_TWILIO_ACCOUNT_SID": "z"})
    assert [line.split(":")[0] for line in refused.value.message.splitlines()] == [
        "ONCALL_PUBLIC_URL",
        "ONCALL_TWILIO_ACCOUNT_SID",
        "ONCALL_SECRET_KEY",
    ]


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("postgresql://oncall:pw@db:5432/oncall", "postgresql+psycopg://oncall:pw@db:5432/oncall"),
        ("postgres://oncall:pw@db/oncall", "postgresql+psycopg://oncall:pw@db/oncall"),
        ("postgresql+psycopg://oncall:pw@db/oncall", "postgresql+psycopg://oncall:pw@db/oncall"),
        ("sqlite:////var/lib/oncall.db", "sqlite:////var/lib/oncall.db"),
    ],
)
def test_the_driver_is_ours_to_choose(given: str, opened: str) -> None:
    found = read({"ONCALL_DATABASE_URL": given})
    assert found.database == opened
    assert found.is_embedded == given.startswith("sqlite")


def test_keys_and_tokens_are_taken_apart_newest_first() -> None:
    keys = "a-new-key-of-thirty-two-characters, thirty-two-characters-at-the-least"
    found = read({**GOOD, "ONCALL_SECRET_KEY": keys, "ONCALL_TWILIO_AUTH_TOKEN": "new,old"})
    assert split(found.secret_key) == ("a-new-key-of-thirty-two-characters", "thirty-two-characters-at-the-least")
    assert split(found.twilio_auth_token) == ("new", "old")
    assert split(None) == ()


def test_the_settings_never_show_a_secret_and_cannot_be_changed() -> None:
    found = read({**GOOD, "ONCALL_DATABASE_URL": "postgresql://oncall:a-password@db/oncall"})
    shown = f"{found!r} {found} {found.model_dump()}"
    assert GOOD["ONCALL_SECRET_KEY"] not in shown
    assert GOOD["ONCALL_TWILIO_AUTH_TOKEN"] not in shown
    assert "a-password" not in repr(found)
    with pytest.raises(ValidationError):
        found.public_url = "https://elsewhere.example"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost.example", False),
        (None, False),
    ],
)
def test_which_hosts_are_this_machine(host: str | None, here: bool) -> None:
    assert is_loopback(host) is here


def test_http_is_for_this_machine_only() -> None:
    assert read({"ONCALL_PUBLIC_URL": "http://localhost:8000/"}).public_url == "http://localhost:8000"
    assert read({"ONCALL_PUBLIC_URL": "http://[::1]:8000"}).public_url == "http://[::1]:8000"


def test_a_child_has_our_environment_and_what_is_put_on_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "cy_GB.UTF-8")
    made = environment_of_child(ONCALL_DATA_DIR="/somewhere")
    assert made["LANG"] == "cy_GB.UTF-8"
    assert made["ONCALL_DATA_DIR"] == "/somewhere"
