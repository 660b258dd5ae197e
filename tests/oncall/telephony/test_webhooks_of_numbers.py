"""How a number should be set up, and in what one differs."""

import pytest

from oncall.lab.webhooks.overrides import overrides
from oncall.telephony.account.webhooks import Drift, drifts, shown, wanted

PUBLIC = "https://oncall.example"
ELSEWHERE = "https://fallback.example"
GOOD = wanted(PUBLIC, ELSEWHERE)


def differing(*, fallback_url: str | None = ELSEWHERE, **changed: str) -> list[Drift]:
    return drifts({**GOOD, **changed}, public_url=PUBLIC, fallback_url=fallback_url)


def test_a_number_that_is_as_it_should_be() -> None:
    assert differing() == []
    assert differing(voice_method="", sms_method="post") == []


@pytest.mark.parametrize("name", GOOD)
def test_each_setting_that_differs_is_found_alone(name: str) -> None:
    there = "GET" if name.endswith("method") else "https://old.example/x"
    assert [(drift.name, drift.found, drift.wanted) for drift in differing(**{name: there})] == [
        (name, there, GOOD[name])
    ]


def test_connection_settings_count_in_whatever_order() -> None:
    assert differing(voice_url=f"{PUBLIC}/twilio/voice") != []
    assert differing(voice_url=f"{PUBLIC}/twilio/voice#rc=1&rt=4000&ct=1500&e=dublin,ashburn&rp=ct,rt,5xx") == []


def test_a_dead_server_costs_a_caller_seconds() -> None:
    voice = overrides(GOOD["voice_url"])
    assert voice.connect_within * (1 + voice.retries) <= 3
    assert voice.retries_after("5xx")
    text = overrides(GOOD["sms_url"])
    assert text.retries == 3
    assert text.all_within <= 15


@pytest.mark.parametrize(
    ("voice", "found"),
    [("", ["VoiceFallbackUrl"]), (f"{PUBLIC}/twilio/voice", ["VoiceFallbackUrl"]), ("https://bin.example", [])],
)
def test_without_a_fallback_of_ours_any_other_will_do(voice: str, found: list[str]) -> None:
    known = differing(fallback_url=None, voice_fallback_url=voice, sms_fallback_url="https://bin.example")
    assert [drift.title for drift in known] == found
    assert all(drift.wanted is None for drift in known)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("https://u:p@twimlets.example/forward?PhoneNumber=+447700900001", "https://twimlets.example/forward?…"),
        ("https://a.example/v#ct=1", "https://a.example/v#ct=1"),
        ("POST", "POST"),
        ("", ""),
    ],
)
def test_what_is_shown_holds_no_number_and_no_password(value: str, said: str) -> None:
    assert shown(value) == said


def test_a_drift_says_what_is_and_what_should_be() -> None:
    (drift,) = differing(voice_url="http://old.example/?a=1")
    assert str(drift) == f"VoiceUrl is http://old.example/?…; should be {GOOD['voice_url']}"
    (blank,) = differing(fallback_url=None, sms_fallback_url="")
    assert str(blank) == "SmsFallbackUrl is blank; should be an address that answers when this service cannot"
