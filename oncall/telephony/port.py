"""What the service may ask of a telephone network, and every way it can answer.

One rule: a send never raises for what the network did; its outcome says whether the message was accepted, refused,
never processed (always safe to send again) or unknown (look it up first). A question that could not be asked raises
`TelephonyUnavailable`, because "not found" and "could not look" lead to opposite deeds. Who is sent what, and when,
is left to paging.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Literal, Protocol

from oncall.errors import OnCallError
from oncall.telephony.codes import Verdict

MediaRefusal = Literal["address", "redirects", "missing", "encoded", "too_long"]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text to send; after `valid_for` in the network's queue it is no longer worth sending."""

    to: str
    sender: str
    body: str
    status_url: str
    valid_for: timedelta


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call to place; `answer_url` is requested when somebody, or a machine, answers."""

    to: str
    sender: str
    answer_url: str
    status_url: str
    ring_for: timedelta


@dataclass(frozen=True, kw_only=True)
class Accepted:
    sid: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Not sent, and sending the same again would be refused again, unless the verdict says otherwise.

    `code` is the network's; an HTTP status if the answer bore none; 0 if the request could not even be written.
    """

    code: int
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class NotProcessed:
    """Nothing happened at the other end: safe to send again, after `retry_after` if that was said."""

    retry_after: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeUnknown:
    """It may or may not have gone out: look it up before it is sent again."""


SendResult = Accepted | Refused | NotProcessed | OutcomeUnknown


@dataclass(frozen=True, kw_only=True)
class Found:
    """A text or call as the network has it; `at` is when it was created there, to the second."""

    sid: str
    status: str
    at: datetime | None
    error_code: int | None


@dataclass(frozen=True, kw_only=True)
class Media:
    content_type: str
    data: bytes


class TelephonyUnavailable(OnCallError):
    """The telephone network could not be asked."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, code: int | None = None) -> None:
        super().__init__()
        self.code = code  # what it gave as a reason, if it answered at all


class MediaRefused(OnCallError):
    """What was sent with the text is not fetched, now or later."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, reason: MediaRefusal) -> None:
        super().__init__()
        self.reason: MediaRefusal = reason


class Telephony(Protocol):
    """A telephone network. Safe to use from several threads; waits are bounded; nothing is retried inside."""

    def send_text(self, text: Text) -> SendResult: ...

    def place_call(self, call: Call) -> SendResult: ...

    def find_text(self, *, to: str, sender: str, since: datetime, body: str) -> list[Found]:
        """Texts with exactly this body, created at or after `since`, newest first."""
        ...

    def find_calls(self, *, to: str, sender: str, since: datetime) -> list[Found]:
        """Calls created at or after `since`, newest first."""
        ...

    def text_state(self, sid: str) -> Found | None: ...

    def call_state(self, sid: str) -> Found | None: ...

    def end_call(self, sid: str) -> None:
        """Stops a call whether it waits, rings or is live; one that is over already is left alone."""
        ...

    def move_call(self, sid: str, *, url: str) -> SendResult:
        """Has a live call leave what it is doing and go on with the document at `url`."""
        ...

    def announce(self, conference_sid: str, call_sid: str, *, url: str) -> SendResult:
        """Plays the document at `url` to one who is in a conference; the others do not hear it."""
        ...

    def delete_recording(self, sid: str) -> SendResult:
        """Deletes a recording; one that is gone already counts as deleted."""
        ...

    def fetch_media(self, url: str, *, max_bytes: int) -> Media:
        """What is at `url`, if the address is the network's own and no longer than `max_bytes`; else `MediaRefused`."""
        ...

    def close(self) -> None:
        """Lets go of its connections."""
        ...
