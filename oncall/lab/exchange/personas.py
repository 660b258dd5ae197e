"""How phones behave: what becomes of a text sent to one, and what whoever answers a call on it does.

A persona is a value; a handset is given one, and may be given others for its next calls.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

_SOON = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a message's status, so long after the one before."""

    after: timedelta
    status: str
    error_code: int | None = None


@dataclass(frozen=True, slots=True)
class TextPersona:
    """The statuses a text goes through, and how long after it was sent it arrives (never, if None).

    A text whose steps are `waits_in_queue` stays queued until its validity period ends.
    """

    name: str
    steps: tuple[Step, ...]
    arrives_after: timedelta | None = timedelta(seconds=1)
    waits_in_queue: bool = False


_SENT = Step(_SOON, "sent")

DELIVERED = TextPersona("delivered", (_SENT, Step(_SOON, "delivered")))
DELIVERED_LATE = TextPersona("delivered_late", (_SENT, Step(timedelta(hours=3), "delivered")), timedelta(hours=3))
NO_RECEIPT = TextPersona("no_receipt", (_SENT,))
LOST = TextPersona("lost", (_SENT,), arrives_after=None)
EXPIRES = TextPersona("expires", (), arrives_after=None, waits_in_queue=True)


def undelivered(code: int) -> TextPersona:
    """Sent, then undelivered with an error such as 30003 (switched off) or 30005 (no such number)."""
    return TextPersona(f"undelivered_{code}", (_SENT, Step(_SOON, "undelivered", code)), arrives_after=None)


def failed(code: int) -> TextPersona:
    """Never sent, as with 30001 (queue overflow)."""
    return TextPersona(f"failed_{code}", (Step(_SOON, "failed", code),), arrives_after=None)


@dataclass(frozen=True, slots=True)
class CallPersona:
    """Who or what is at a called phone.

    `answers_after` counts from the first ring (None: never by itself); `keys` are pressed one group a prompt,
    `thinks_for` after it began; `message` is said after a beep; `ends_as` is the status of a call that never rings,
    `sip_code` its reason.
    """

    name: str
    answers_after: timedelta | None = timedelta(seconds=3)
    keys: tuple[str, ...] = ()
    message: str = ""
    thinks_for: timedelta = timedelta(seconds=2)
    hangs_up_after: timedelta | None = timedelta(minutes=5)
    ends_as: str = ""
    ends_after: timedelta = _SOON
    sip_code: int = 0
    is_machine: bool = False


def presses(*keys: str) -> CallPersona:
    """Answers, and presses these keys, one group at each prompt; then says nothing more."""
    return CallPersona("presses_" + "_then_".join(keys), keys=keys)


def slow(persona: CallPersona, *, answers_after: timedelta) -> CallPersona:
    """The same person, further from the phone."""
    return replace(persona, answers_after=answers_after)


def drops_after(persona: CallPersona, *, hangs_up_after: timedelta) -> CallPersona:
    """The same person, whose line drops so long after the call was answered; a dropped line looks like a hang-up."""
    return replace(persona, name=f"{persona.name}_drops", hangs_up_after=hangs_up_after)


BY_HAND = CallPersona("by_hand", answers_after=None, hangs_up_after=None)
TAKES = presses("1")
PASSES_ON = presses("2")
LISTENS_THEN_TAKES = presses("3", "1")
WRONG_KEY = presses("9")
SAYS_NOTHING = CallPersona("says_nothing")
HANGS_UP = CallPersona("hangs_up", hangs_up_after=timedelta(seconds=2))
VOICEMAIL = CallPersona(
    "voicemail", answers_after=timedelta(seconds=18), hangs_up_after=timedelta(seconds=60), is_machine=True
)
NEVER_ANSWERS = CallPersona("never_answers", answers_after=None)
BUSY = CallPersona("busy", ends_as="busy", sip_code=486)
INVALID = CallPersona("invalid", ends_as="failed", sip_code=404)
DEAD_LINE = CallPersona("dead_line", ends_as="failed", ends_after=timedelta(seconds=10), sip_code=480)
