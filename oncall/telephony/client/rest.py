"""Texts and calls through Twilio's REST API.

One request for each deed and never a second by itself; a fault becomes an outcome (`faults`). Look-ups filter by date
here and not at Twilio, whose filters look at when a text was sent and so might pass over one that still waits.
"""

import math
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import httpx
from twilio.rest import Client

from oncall.telephony.client.faults import FAULTS, code_of, is_gone, is_over, outcome_of
from oncall.telephony.client.media import MediaFetcher
from oncall.telephony.client.transport import NO_ENVIRONMENT, Transport, http_client
from oncall.telephony.port import (
    Accepted,
    Call,
    Found,
    Media,
    OutcomeUnknown,
    SendResult,
    TelephonyUnavailable,
    Text,
)
from oncall.telephony.statuses import call_is_over

CALL_EVENTS = ["initiated", "ringing", "answered", "completed"]
LOOKED_AT = 200
# Twilio's clock and ours may differ a little, and its times are cut to the second.
CLOCKS_DIFFER_BY = timedelta(seconds=5)


class TwilioTelephony:
    """The telephone network as Twilio offers it; see `port.Telephony`. Safe to use from several threads."""

    def __init__(
        self, *, account_sid: str, auth_token: str, api_url: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._http = http_client(transport)
        library = Client(
            account_sid, auth_token, http_client=Transport(self._http, api_url=api_url), environment=NO_ENVIRONMENT
        )
        account: Any = library.api.v2010.account
        self._texts: Any = account.messages
        self._calls: Any = account.calls
        self._conferences: Any = account.conferences
        self._recordings: Any = account.recordings
        self._media = MediaFetcher(self._http, api_url=api_url, auth=(account_sid, auth_token))

    def send_text(self, text: Text) -> SendResult:
        return _sent(
            lambda: self._texts.create(
                to=text.to,
                from_=text.sender,
                body=text.body,
                status_callback=text.status_url,
                validity_period=_seconds(text.valid_for, least=5, most=36_000),
            )
        )

    def place_call(self, call: Call) -> SendResult:
        return _sent(
            lambda: self._calls.create(
                to=call.to,
                from_=call.sender,
                url=call.answer_url,
                method="POST",
                status_callback=call.status_url,
                status_callback_event=CALL_EVENTS,
                status_callback_method="POST",
                timeout=_seconds(call.ring_for, least=5, most=600),
            )
        )

    def find_text(self, *, to: str, sender: str, since: datetime, body: str) -> list[Found]:
        return _found(since, lambda: (text for text in self._listed(self._texts, to, sender) if text.body == body))

    def find_calls(self, *, to: str, sender: str, since: datetime) -> list[Found]:
        return _found(since, lambda: self._listed(self._calls, to, sender))

    def text_state(self, sid: str) -> Found | None:
        return _state(lambda: self._texts(sid).fetch())

    def call_state(self, sid: str) -> Found | None:
        return _state(lambda: self._calls(sid).fetch())

    def end_call(self, sid: str) -> None:
        if not self._end(sid, "canceled"):
            self._end(sid, "completed")

    def move_call(self, sid: str, *, url: str) -> SendResult:
        return _sent(lambda: self._calls(sid).update(url=url, method="POST"))

    def announce(self, conference_sid: str, call_sid: str, *, url: str) -> SendResult:
        def told() -> Any:
            conference = self._conferences(conference_sid)
            record = conference.participants(call_sid).update(announce_url=url, announce_method="POST")
            return _Done(sid=record.call_sid, status=record.status)

        return _sent(told)

    def delete_recording(self, sid: str) -> SendResult:
        try:
            self._recordings(sid).delete()
        except FAULTS as fault:
            if not is_gone(fault):
                return outcome_of(fault)
        return Accepted(sid=sid, status="deleted")

    def fetch_media(self, url: str, *, max_bytes: int) -> Media:
        return self._media.fetch(url, max_bytes=max_bytes)

    def close(self) -> None:
        """Closes the connections; nothing can be sent afterwards."""
        self._http.close()

    def _listed(self, kind: Any, to: str, sender: str) -> Iterable[Any]:
        records: Iterable[Any] = kind.list(to=to, from_=sender, limit=LOOKED_AT, page_size=LOOKED_AT)
        return records

    def _end(self, sid: str, status: str) -> bool:
        """Whether the call is over after being asked to end so; a live one cannot be cancelled, only completed."""
        try:
            record = self._calls(sid).update(status=status)
        except FAULTS as fault:
            if is_over(fault):
                return is_gone(fault)
            raise TelephonyUnavailable(code_of(fault)) from None
        if not record.sid:
            raise TelephonyUnavailable
        return call_is_over(record.status)


class _Done(NamedTuple):
    sid: str | None
    status: str | None


def _sent(create: Callable[[], Any]) -> SendResult:
    try:
        record = create()
        if record.sid:
            return Accepted(sid=str(record.sid), status=str(record.status or "queued"))
    except FAULTS as fault:
        return outcome_of(fault)
    return OutcomeUnknown()


def _state(fetch: Callable[[], Any]) -> Found | None:
    try:
        return _as_found(fetch())
    except FAULTS as fault:
        if is_gone(fault):
            return None
        raise TelephonyUnavailable(code_of(fault)) from None


def _found(since: datetime, look: Callable[[], Iterable[Any]]) -> list[Found]:
    """The records created since then, newest first; one without a time counts as new."""
    earliest = since - CLOCKS_DIFFER_BY
    try:
        found = [one for one in map(_as_found, look()) if one.at is None or one.at >= earliest]
    except FAULTS as fault:
        raise TelephonyUnavailable(code_of(fault)) from None
    return sorted(found, key=lambda one: (one.at is None, one.at or earliest), reverse=True)


def _as_found(record: Any) -> Found:
    if not record.sid or not record.status:
        raise ValueError
    code = getattr(record, "error_code", None)
    return Found(
        sid=str(record.sid),
        status=str(record.status),
        at=record.date_created,
        error_code=int(code) if code else None,
    )


def _seconds(length: timedelta, *, least: int, most: int) -> int:
    return max(least, min(most, math.ceil(length.total_seconds())))
