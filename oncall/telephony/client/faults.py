"""Every way a request to Twilio can go wrong, and what each says about whether it was processed.

Three families arrive here: the library's exceptions, HTTP's, and those of an answer that cannot be read. None is
chained to what is raised or returned, because their texts hold numbers.
"""

import httpx
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException

from oncall.telephony.client.transport import ServerFault, TooMany, Unwritable
from oncall.telephony.codes import Verdict, verdict_for
from oncall.telephony.port import NotProcessed, OutcomeUnknown, Refused

NO_SUCH = 20404
NOT_IN_PROGRESS = 21220

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_UNREADABLE = (ValueError, TypeError, AttributeError, LookupError)
FAULTS: tuple[type[Exception], ...] = (
    TwilioException,
    httpx.HTTPError,
    TooMany,
    ServerFault,
    Unwritable,
    *_UNREADABLE,
)


def outcome_of(fault: Exception) -> Refused | NotProcessed | OutcomeUnknown:
    """What a send came to that ended in `fault`."""
    match fault:
        case TooMany():
            return NotProcessed(retry_after=fault.retry_after)
        case Unwritable():
            return Refused(code=0, verdict=Verdict.BUG)
        case _ if isinstance(fault, _BEFORE_SENDING):
            return NotProcessed()
        case _:
            code = code_of(fault)
            return OutcomeUnknown() if code is None else Refused(code=code, verdict=verdict_for(code))


def code_of(fault: Exception) -> int | None:
    """The code of a refusal, or the HTTP status of one that bore none; None if it was no refusal."""
    if not isinstance(fault, TwilioRestException | TwilioServiceException):
        return None
    for candidate in (fault.code, fault.status):
        if str(candidate).isascii() and str(candidate).isdecimal():
            return int(candidate)
    return 0


def is_gone(fault: Exception) -> bool:
    """Whether Twilio said that there is no such thing."""
    return code_of(fault) in {NO_SUCH, httpx.codes.NOT_FOUND}


def is_over(fault: Exception) -> bool:
    """Whether Twilio said that the call has ended already."""
    return is_gone(fault) or code_of(fault) == NOT_IN_PROGRESS
