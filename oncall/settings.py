"""The settings: one frozen class, the only reader of the environment.

A value that cannot be used is named with what would be right; a secret's value is never repeated.
"""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from oncall.errors import Unusable

SECRET_LENGTH = 32


class BadSettings(Unusable):
    """The settings cannot be used."""


def is_loopback(host: str | None) -> bool:
    """Whether `host` names this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
    if not (secure and parts.hostname) or parts.query or parts.fragment or parts.username:
        raise ValueError("must be an https address (http only on this machine) without user, query or fragment")
    return value.rstrip("/")


def _database_url(value: str) -> str:
    scheme, _, rest = value.partition("://")
    drivers = {
        "sqlite": "sqlite",
        "postgres": "postgresql+psycopg",
        "postgresql": "postgresql+psycopg",
        "postgresql+psycopg": "postgresql+psycopg",
    }
    if scheme not in drivers or not rest:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return f"{drivers[scheme]}://{rest}"


def _sid(prefix: str, kind: str) -> Callable[[str], str]:
    def checked(value: str) -> str:
        if not (value.startswith(prefix) and len(value) == 34 and value.isalnum()):
            raise ValueError(f"must be {kind} SID: {prefix} and 32 letters and figures")
        return value

    return checked


def _number(value: str) -> str:
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", value):
        raise ValueError("must be a number with its country's prefix, such as +442079460000, without spaces")
    return value


def _keys(value: SecretStr) -> SecretStr:
    if any(len(key) < SECRET_LENGTH for key in split(value)):
        raise ValueError(f"each key must be {SECRET_LENGTH} characters or longer")
    return value


def _tokens(value: SecretStr) -> SecretStr:
    if not 1 <= len(split(value)) <= 2 or not all(split(value)):
        raise ValueError("must be one token, or two with a comma between them")
    return value


def split(secret: SecretStr | None) -> tuple[str, ...]:
    """The parts of a comma-separated secret, newest first."""
    return tuple(part.strip() for part in secret.get_secret_value().split(",")) if secret else ()


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """What the environment says, with prefix ONCALL_."""

    model_config = SettingsConfigDict(
        env_prefix="ONCALL_", frozen=True, hide_input_in_errors=True, env_ignore_empty=True, extra="ignore"
    )

    data_dir: Path = Path("oncall-data")
    database_url: Annotated[str, AfterValidator(_database_url)] | None = Field(default=None, repr=False)
    public_url: WebAddress | None = None
    twilio_account_sid: Annotated[str, AfterValidator(_sid("AC", "an account"))] | None = None
    twilio_auth_token: Annotated[SecretStr, AfterValidator(_tokens)] | None = None
    twilio_api_url: WebAddress = "https://api.twilio.com"
    secret_key: Annotated[SecretStr, AfterValidator(_keys)] | None = None
    watchdog_url: WebAddress | None = None
    keep_webhooks: bool = True
    fallback_url: WebAddress | None = None
    fallback_service_sid: Annotated[str, AfterValidator(_sid("ZS", "a service"))] | None = None
    fallback_environment_sid: Annotated[str, AfterValidator(_sid("ZE", "an environment"))] | None = None
    fallback_number: Annotated[str, AfterValidator(_number)] | None = Field(default=None, repr=False)

    @cached_property
    def database(self) -> str:
        """The database's address: the one set, or the embedded file in the data dir."""
        return self.database_url or f"sqlite:///{self.data_dir / 'oncall.db'}"

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the embedded one: one process, one writer."""
        return self.database.startswith("sqlite")

    def missing(self) -> list[str]:
        """The settings that `oncall serve` needs and that are not set, by their full names."""
        return self._unset("public_url", "twilio_account_sid", "twilio_auth_token", "secret_key")

    def missing_for_fallback(self) -> list[str]:
        """The settings that are not set of those that keep the fallback told of who is on call; it needs them all."""
        return self._unset("fallback_url", "fallback_service_sid", "fallback_environment_sid", "fallback_number")

    def _unset(self, *names: str) -> list[str]:
        return [f"ONCALL_{name.upper()}" for name in names if getattr(self, name) is None]


def read(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Reads the settings.

    Raises BadSettings naming every malformed setting and what would be right, never its value.
    """
    given = {} if environment is None else _named(environment)
    try:
        return Settings(**{**given, **overrides})  # type: ignore[arg-type]
    except ValidationError as wrong:
        lines = [f"ONCALL_{str(e['loc'][0]).upper()}: {e['msg'].removeprefix('Value error, ')}" for e in wrong.errors()]
        raise BadSettings("\n".join(lines)) from None


def _named(environment: Mapping[str, str]) -> dict[str, str]:
    prefix = "ONCALL_"
    return {k.removeprefix(prefix).lower(): v for k, v in environment.items() if k.startswith(prefix) and v}


def environment_of_child(**extra: str) -> dict[str, str]:
    """The environment to hand to a child process of ours, with `extra` on top."""
    return {**os.environ, **extra}
