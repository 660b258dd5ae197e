"""The account through Twilio's REST API; see `account.port.Account`. A fault becomes `TelephonyUnavailable`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import httpx
from twilio.rest import Client

from oncall.telephony.account.port import Line, Place, Received, Setup
from oncall.telephony.account.webhooks import wanted
from oncall.telephony.client.faults import FAULTS, code_of
from oncall.telephony.client.transport import NO_ENVIRONMENT, Transport, http_client
from oncall.telephony.port import TelephonyUnavailable

T = TypeVar("T")
MOST = 100
LATEST = 200
API = "https://api.twilio.com"
_NAMES = tuple(wanted("", ""))


class TwilioAccount:
    """One account at Twilio. Safe to use from several threads."""

    def __init__(
        self, *, account_sid: str, auth_token: str, api_url: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._http = http_client(transport)
        library = Client(
            account_sid, auth_token, http_client=Transport(self._http, api_url=api_url), environment=NO_ENVIRONMENT
        )
        self._accounts: Any = library.api.v2010.accounts
        self._sid = account_sid
        self._numbers: Any = library.api.v2010.account.incoming_phone_numbers
        self._messages: Any = library.api.v2010.account.messages
        self._services: Any = library.serverless.v1.services

    def status(self) -> str:
        return _asked(lambda: str(self._accounts(self._sid).fetch().status))

    def line(self, number: str) -> Line | None:
        # the list is of every number that holds these digits
        found = _asked(lambda: self._numbers.list(phone_number=number, limit=MOST, page_size=MOST))
        return next((_line(record) for record in found if record.phone_number == number), None)

    def change_line(self, sid: str, settings: Setup) -> None:
        _asked(lambda: self._numbers(sid).update(**settings))

    def variables(self, place: Place) -> dict[str, str]:
        return {str(record.key): str(record.value or "") for record in self._listed(place)}

    def set_variable(self, place: Place, *, name: str, value: str) -> None:
        known = next((record for record in self._listed(place) if record.key == name), None)
        if known is None:
            _asked(lambda: self._kept(place).create(key=name, value=value))
        else:
            _asked(lambda: known.update(value=value))

    def received(self, number: str, *, since: datetime) -> list[Received]:
        found = _asked(lambda: self._messages.list(to=number, limit=LATEST, page_size=LATEST))
        inbound = [record for record in found if record.direction == "inbound" and _at(record) >= since]
        return sorted((self._received(record) for record in inbound), key=lambda one: one.at)

    def _received(self, record: Any) -> Received:
        came_with = _asked(record.media.list) if int(record.num_media or 0) else []
        return Received(
            sid=str(record.sid),
            sender=str(record.from_ or ""),
            to=str(record.to or ""),
            body=str(record.body or ""),
            at=_at(record),
            media=tuple(f"{API}{one.uri.removesuffix('.json')}" for one in came_with),
        )

    def close(self) -> None:
        self._http.close()

    def _kept(self, place: Place) -> Any:
        return self._services(place.service_sid).environments(place.environment_sid).variables

    def _listed(self, place: Place) -> list[Any]:
        return _asked(lambda: list(self._kept(place).list(limit=MOST, page_size=MOST)))


def _asked(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except FAULTS as fault:
        raise TelephonyUnavailable(code_of(fault)) from None


def _line(record: Any) -> Line:
    return Line(sid=str(record.sid), settings={name: str(getattr(record, name, None) or "") for name in _NAMES})


def _at(record: Any) -> datetime:
    at: datetime = record.date_created
    return at
