"""The errors the telephone company answers requests with: its own code, the HTTP status, and its words.

Only the codes a service has to tell apart are here; the words are near its own and nobody should read them by machine.
"""

from dataclasses import dataclass


class Refused(Exception):
    """A request the telephone company does not carry out."""

    def __init__(self, code: int, message: str = "") -> None:
        known = REFUSALS.get(code, Refusal(400, "Invalid parameter"))
        self.code = code
        self.status = known.status
        self.message = message or known.message
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Refusal:
    """How one code is told."""

    status: int
    message: str


REFUSALS = {
    20001: Refusal(400, "Invalid parameter"),
    20003: Refusal(401, "Authenticate"),
    20004: Refusal(405, "Method not allowed"),
    20009: Refusal(409, "The message is still on its way"),
    20404: Refusal(404, "The requested resource was not found"),
    20409: Refusal(409, "A resource with this key exists already"),
    20429: Refusal(429, "Too Many Requests"),
    20500: Refusal(500, "Internal Server Error"),
    21201: Refusal(400, "No 'To' number is specified"),
    21205: Refusal(400, "Url is not valid"),
    21210: Refusal(400, "'From' phone number not verified"),
    21211: Refusal(400, "Invalid 'To' Phone Number"),
    21212: Refusal(400, "Invalid From Number (caller ID)"),
    21213: Refusal(400, "Caller phone number is required"),
    21215: Refusal(400, "Account not authorized to call this number"),
    21220: Refusal(400, "Call is not in-progress. Cannot redirect."),
    21408: Refusal(400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"),
    21602: Refusal(400, "Message body is required"),
    21603: Refusal(400, "A 'From' phone number is required"),
    21604: Refusal(400, "A 'To' phone number is required"),
    21606: Refusal(400, "The 'From' number is not a message-capable number of this account"),
    21609: Refusal(400, "Invalid 'StatusCallback' URL"),
    21610: Refusal(400, "Attempt to send to unsubscribed recipient"),
    21611: Refusal(429, "This 'From' number has exceeded the maximum number of queued messages"),
    21612: Refusal(400, "The 'To' phone number is not currently reachable using the 'From' phone number"),
    21614: Refusal(400, "'To' number is not a valid mobile number"),
    21617: Refusal(400, "The concatenated message body exceeds the 1600 character limit"),
    22005: Refusal(429, "Too many calls queued"),
}
