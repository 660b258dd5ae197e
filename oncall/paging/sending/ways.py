"""How each kind of row leaves: one sender for each way, with no session open.

A send that may have gone out before is looked up first; what is found is taken for it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from oncall.paging.links import call_answered, call_status, leg_answered, leg_status, test_answered, text_status
from oncall.paging.outbox import Kind, Way
from oncall.paging.sending.claims import Job
from oncall.paging.sending.media import MediaStore, Stored
from oncall.telephony.port import (
    Accepted,
    Call,
    Found,
    MediaRefused,
    NotProcessed,
    OutcomeUnknown,
    SendResult,
    Telephony,
    TelephonyUnavailable,
    Text,
)

RINGS_FOR = timedelta(seconds=20)
"""UK mobiles hand over to voicemail after twenty to thirty seconds; a page should ring, not be recorded."""
LONGEST_RING = timedelta(seconds=40)
"""A caller is let find their phone."""
NETWORK_RINGS_ON_FOR = timedelta(seconds=5)
"""How much longer than asked the network lets a phone ring."""
SLACK = timedelta(seconds=2)
"""Twilio keeps its instants to the second, and its clock is not ours."""
LEAST_VALIDITY = timedelta(seconds=6)


class TooLate:
    """It waited so long that it is no longer worth sending."""


class NotWanted:
    """It has not left, and there is no need for it any more."""


Answer = SendResult | Stored | MediaRefused | TooLate | NotWanted


@dataclass(frozen=True)
class Line:
    """What a sender needs besides the job. `known` says which of these SIDs belong to another row of ours."""

    telephony: Telephony
    public_url: str
    media: MediaStore
    known: Callable[[Collection[str]], Collection[str]]


def leave(line: Line, job: Job) -> Answer:
    """Sends the job by its way; what could not be asked about waits and is tried again."""
    if job.sid is not None:  # a callback has told of it: it is out
        return Accepted(sid=job.sid, status="")
    if job.is_too_late and not job.may_have_been_sent:
        return TooLate()
    try:
        return WAYS[job.way](line, job)
    except TelephonyUnavailable:
        return OutcomeUnknown() if job.may_have_been_sent else NotProcessed()


def _text(line: Line, job: Job) -> Answer:
    if job.may_have_been_sent:
        since = job.created_at - SLACK
        found = line.telephony.find_text(to=job.to, sender=job.sender, since=since, body=job.body)
        if (came_to := _looked_up(line, job, found)) is not None:
            return came_to
    return line.telephony.send_text(
        Text(
            to=job.to,
            sender=job.sender,
            body=job.body,
            status_url=text_status(line.public_url, job.row_id),
            valid_for=max(job.valid_for, LEAST_VALIDITY),
        )
    )


def _call(line: Line, job: Job) -> Answer:
    if job.may_have_been_sent:
        found = line.telephony.find_calls(to=job.to, sender=job.sender, since=job.created_at - SLACK)
        if (came_to := _looked_up(line, job, found)) is not None:
            return came_to
    is_page = job.kind in (Kind.PAGE_CALL, Kind.TEST_CALL)
    answer = {Kind.PAGE_CALL: call_answered, Kind.TEST_CALL: test_answered}.get(job.kind, leg_answered)
    rings_for = job.valid_for if is_page else job.valid_for - NETWORK_RINGS_ON_FOR
    longest = LONGEST_RING if job.kind is Kind.DIAL_CALLER else RINGS_FOR
    return line.telephony.place_call(
        Call(
            to=job.to,
            sender=job.sender,
            answer_url=answer(line.public_url, job.row_id),
            status_url=(call_status if is_page else leg_status)(line.public_url, job.row_id),
            ring_for=min(rings_for, longest),
        )
    )


def _hang_up(line: Line, job: Job) -> Answer:
    state = line.telephony.call_state(job.to)
    if state is not None and state.status in {"queued", "initiated", "ringing"}:
        line.telephony.end_call(job.to)
    return Accepted(sid=job.to, status=state.status if state else "completed")


def _move(line: Line, job: Job) -> Answer:
    return line.telephony.move_call(job.to, url=f"{line.public_url}{job.body}")


def _announce(line: Line, job: Job) -> Answer:
    conference, path = job.body.split()
    return line.telephony.announce(conference, job.to, url=f"{line.public_url}{path}")


def _delete(line: Line, job: Job) -> Answer:
    return line.telephony.delete_recording(job.to)


def _fetch(line: Line, job: Job) -> Answer:
    try:
        return line.media.fetch(line.telephony, job)
    except MediaRefused as refused:
        return refused


def _looked_up(line: Line, job: Job, found: list[Found]) -> Answer | None:
    """What the look-up came to; None if it did not go out and is to be sent again."""
    others = line.known([one.sid for one in found])
    mine = next((one for one in found if one.sid not in others), None)
    if mine is not None:
        return Accepted(sid=mine.sid, status=mine.status)
    if not job.is_wanted:
        return NotWanted()
    return TooLate() if job.is_too_late else None


WAYS: Mapping[Way, Callable[[Line, Job], Answer]] = {
    Way.TEXT: _text,
    Way.CALL: _call,
    Way.HANG_UP: _hang_up,
    Way.FETCH: _fetch,
    Way.MOVE: _move,
    Way.ANNOUNCE: _announce,
    Way.DELETE: _delete,
}
