"""What each of Twilio's error codes and statuses means for a page.

The one table of codes: a code that is not in it escalates and raises an alarm, so that a cause renamed at Twilio
still reaches a person. Acting on a verdict is left to paging.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """What follows from a verdict for the page that got it and for the person it was for."""

    page_has_failed: bool = True
    person_opted_out: bool = False
    number_is_dead: bool = False
    alarm_is_due: bool = False
    may_be_retried: bool = False


class Verdict(StrEnum):
    RETRY = "retry"
    """Nothing was processed: the same send, a little later."""
    RETRY_ONCE = "retry_once"
    """Failed for no stated reason: may be tried once more, while another way is taken."""
    OTHER_CHANNEL = "other_channel"
    """This way does not reach them at present; another may."""
    CHECK_NUMBER = "check_number"
    """This way does not reach them, and somebody should find out why."""
    OPTED_OUT = "opted_out"
    """They texted STOP: no text reaches them until they text START."""
    DEAD_NUMBER = "dead_number"
    """Nobody is at this number."""
    CONFIG_ALARM = "config_alarm"
    """The account or its settings are at fault: nobody would be reached this way."""
    BUG = "bug"
    """The request was wrong: ours to mend."""
    BENIGN = "benign"
    """What was asked about is over or gone, as happens in a race. If it was a send, nothing went out."""
    ESCALATE = "escalate"
    """Unknown: treat the page as failed and tell somebody."""

    @property
    def consequences(self) -> Consequences:
        return _CONSEQUENCES[self]


_CONSEQUENCES: Mapping[Verdict, Consequences] = MappingProxyType(
    {
        Verdict.RETRY: Consequences(page_has_failed=False, may_be_retried=True),
        Verdict.RETRY_ONCE: Consequences(may_be_retried=True),
        Verdict.OTHER_CHANNEL: Consequences(),
        Verdict.CHECK_NUMBER: Consequences(alarm_is_due=True),
        Verdict.OPTED_OUT: Consequences(person_opted_out=True, alarm_is_due=True),
        Verdict.DEAD_NUMBER: Consequences(number_is_dead=True, alarm_is_due=True),
        Verdict.CONFIG_ALARM: Consequences(alarm_is_due=True),
        Verdict.BUG: Consequences(alarm_is_due=True),
        Verdict.BENIGN: Consequences(),
        Verdict.ESCALATE: Consequences(alarm_is_due=True),
    }
)

CODES: Mapping[int, Verdict] = MappingProxyType(
    {
        # An answer without a code of Twilio's: the HTTP status stands for it.
        401: Verdict.CONFIG_ALARM,
        403: Verdict.CONFIG_ALARM,
        13224: Verdict.DEAD_NUMBER,  # not a number that can be dialled
        13227: Verdict.CONFIG_ALARM,  # country not allowed for calls
        20003: Verdict.CONFIG_ALARM,  # wrong credentials, or the account is suspended
        20404: Verdict.BENIGN,  # no such text or call
        20429: Verdict.RETRY,  # too many at once
        21201: Verdict.BUG,  # a call without To
        21211: Verdict.DEAD_NUMBER,  # To is no number
        21212: Verdict.CONFIG_ALARM,  # From is no number
        21215: Verdict.CONFIG_ALARM,  # country not allowed for calls
        21220: Verdict.BENIGN,  # the call is over already
        21408: Verdict.CONFIG_ALARM,  # country not allowed for texts
        21602: Verdict.BUG,  # a text without a body
        21603: Verdict.BUG,  # a text without From
        21604: Verdict.BUG,  # a text without To
        21606: Verdict.CONFIG_ALARM,  # From cannot send texts
        21610: Verdict.OPTED_OUT,
        21611: Verdict.OTHER_CHANNEL,  # our number's queue is full
        21612: Verdict.OTHER_CHANNEL,  # no way from this From to this To
        21614: Verdict.OTHER_CHANNEL,  # not a mobile
        21617: Verdict.BUG,  # longer than 1,600 characters
        21635: Verdict.OTHER_CHANNEL,  # a landline
        22005: Verdict.CONFIG_ALARM,  # more than a day's calls are waiting
        30001: Verdict.CONFIG_ALARM,  # the queue overflowed
        30002: Verdict.CONFIG_ALARM,  # the account is suspended
        30003: Verdict.OTHER_CHANNEL,  # phone off, or no service
        30004: Verdict.CHECK_NUMBER,  # blocked by the phone or its carrier
        30005: Verdict.DEAD_NUMBER,  # unknown or no longer in use
        30006: Verdict.CHECK_NUMBER,  # a landline, or a carrier that cannot be reached
        30007: Verdict.CHECK_NUMBER,  # filtered by the carrier
        30008: Verdict.RETRY_ONCE,  # unknown to Twilio itself
        30029: Verdict.CONFIG_ALARM,  # message redaction is not switched on
        30030: Verdict.CONFIG_ALARM,  # number redaction is not switched on
        30036: Verdict.OTHER_CHANNEL,  # still in the queue when it was no longer worth sending
    }
)


def verdict_for(code: int | None) -> Verdict:
    """The verdict on an error code; on none, or on one we do not know, `ESCALATE`."""
    return Verdict.ESCALATE if code is None else CODES.get(code, Verdict.ESCALATE)
