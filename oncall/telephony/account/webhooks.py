"""How a team's number must be set up at Twilio, and in what one differs.

The addresses carry Twilio's connection settings in their fragment, so that a dead server costs a caller seconds.
An address of Twilio's is only ever shown without its query and user name, which may hold a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from oncall.telephony.account.port import Setup

VOICE_PATH = "/twilio/voice"
TEXT_PATH = "/twilio/sms"
ENDED_PATH = "/twilio/voice/status"

WITHIN_A_CALL = "#ct=1500&rt=4000&rc=1&rp=ct,rt,5xx&e=dublin,ashburn"
"""A caller listens meanwhile: about three seconds when nobody is there, eleven at the worst."""
FOR_A_TEXT = "#ct=3000&rt=7000&rc=3&rp=ct,rt,5xx&tt=15000"
"""A text that is not taken in is never brought again."""
FOR_NEWS = "#ct=3000&rt=7000&rc=3&rp=ct,rt,5xx&tt=15000"

FALLBACKS: Mapping[str, str] = MappingProxyType({"voice_fallback_url": "/voice", "sms_fallback_url": "/sms"})
"""The settings that name who answers when we cannot, and the path of each at the fallback's address."""


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A setting that is not as it should be; without `wanted` nobody can say what it should be."""

    name: str
    found: str
    wanted: str | None

    @property
    def title(self) -> str:
        """The setting's name as Twilio writes it."""
        return self.name.title().replace("_", "")

    def __str__(self) -> str:
        found, wanted = shown(self.found) or "blank", shown(self.wanted or "") or "blank"
        if self.wanted is None:
            return f"{self.title} is {found}; should be an address that answers when this service cannot"
        return f"{self.title} is {found}; should be {wanted}"


def wanted(public_url: str, fallback_url: str | None) -> dict[str, str]:
    """The settings of every team's number; those of the fallback only where its address is known."""
    settings = {
        "voice_url": f"{public_url}{VOICE_PATH}{WITHIN_A_CALL}",
        "voice_method": "POST",
        "voice_application_sid": "",  # it, or a trunk, would win over the addresses
        "trunk_sid": "",
        "sms_url": f"{public_url}{TEXT_PATH}{FOR_A_TEXT}",
        "sms_method": "POST",
        "sms_application_sid": "",
        "status_callback": f"{public_url}{ENDED_PATH}{FOR_NEWS}",
        "status_callback_method": "POST",
    }
    if fallback_url is not None:
        settings |= {name: f"{fallback_url}{path}" for name, path in FALLBACKS.items()}
        settings |= {"voice_fallback_method": "POST", "sms_fallback_method": "POST"}
    return settings


def drifts(found: Setup, *, public_url: str, fallback_url: str | None) -> list[Drift]:
    """In what a number's settings differ from what they should be."""
    should_be = wanted(public_url, fallback_url)
    differing = [
        Drift(name=name, found=found.get(name, ""), wanted=value)
        for name, value in should_be.items()
        if not _is_same(name, found.get(name, ""), value)
    ]
    open_ended = [name for name in FALLBACKS if name not in should_be]
    return differing + [
        Drift(name=name, found=found.get(name, ""), wanted=None)
        for name in open_ended
        if not _answers_without_us(found.get(name, ""), public_url)
    ]


def shown(value: str) -> str:
    """A setting as it may be shown: of an address, no query and no user name."""
    parts = urlsplit(value)
    if not parts.netloc:
        return value
    query = "?…" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}{query}{fragment}"


def _is_same(name: str, found: str, value: str) -> bool:
    if name.endswith("_method"):
        return (found or "POST").upper() == value
    return _parted(found) == _parted(value)


def _parted(address: str) -> tuple[str, dict[str, str]]:
    """An address, and its connection settings in whatever order they are written."""
    before, _, fragment = address.partition("#")
    return before, dict(parse_qsl(fragment, keep_blank_values=True))


def _answers_without_us(address: str, public_url: str) -> bool:
    return bool(address) and not address.startswith(f"{public_url}/")
