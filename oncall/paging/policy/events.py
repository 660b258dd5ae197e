"""What can happen to an escalation, and what it can ask for.

Persons are slugs or ids, whichever the engine uses; they are only ever compared.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from oncall.paging.policy.values import Channel
from oncall.people.severity import Severity


@dataclass(frozen=True, slots=True)
class Opened:
    """An incident was opened: the only event that begins an escalation."""

    severity: Severity


@dataclass(frozen=True, slots=True)
class CallerWaits:
    """The caller waits on the line and phones ring: nothing else is due meanwhile. It may begin an escalation too."""

    severity: Severity


@dataclass(frozen=True, slots=True)
class WaitOver:
    """The caller has hung up or was promised a call back, and still needs a person: paging begins, or goes on."""


@dataclass(frozen=True, slots=True)
class Due:
    """The tick found `due_at` reached; early or repeated, it changes nothing."""


@dataclass(frozen=True, slots=True)
class PageFailed:
    """A page was refused, undelivered, or its number is dead. A call that nobody answered has not failed."""

    person: str
    channel: Channel
    step: int
    round: int


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The person answered `2`."""

    person: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The person took it; a promise (`1 20`) takes the place of the severity's `contact_within`."""

    person: str
    contact_within: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Contacted:
    """The person has been in contact with the caller; counts only once somebody holds the incident."""

    person: str


@dataclass(frozen=True, slots=True)
class SeverityRaised:
    """The severity is now at least this; an equal or lower one changes nothing here."""

    severity: Severity


@dataclass(frozen=True, slots=True)
class SeverityLowered:
    """A person, with a reason, has judged it to be this; an equal or higher one changes nothing here.

    It moves no time and takes no page back: the next step is the lower severity's, and a promise stands.
    """

    severity: Severity


@dataclass(frozen=True, slots=True)
class FurtherContact:
    """The caller wrote or rang again.

    It moves no time: unheld, paging goes on as it was; held, the holder is sent the words by whoever relays them,
    and contact made stays made. Only a rise in severity opens the question of contact again, so that a carer's
    "thank you" does not ring the holder at night.
    """


@dataclass(frozen=True, slots=True)
class Closed:
    """The incident was closed."""


@dataclass(frozen=True, slots=True)
class Reassessed:
    """After an outage, or when somebody's reachability changed. Send it on such a change only, not on every tick."""


Event = (
    Opened
    | CallerWaits
    | WaitOver
    | Due
    | PageFailed
    | PassedOn
    | Taken
    | Contacted
    | SeverityRaised
    | SeverityLowered
    | FurtherContact
    | Closed
    | Reassessed
)


class Cause(StrEnum):
    """Why pages go out now, or why nobody is left to page."""

    OPENED = "opened"
    NOT_TAKEN = "not_taken"
    FAILED = "failed"
    PASSED_ON = "passed_on"
    UNREACHABLE = "unreachable"
    NO_CONTACT = "no_contact"
    RAISED = "raised"
    REASSESSED = "reassessed"


class WhyOver(StrEnum):
    """Why a tier's person (or a lead, or the holder) was passed over."""

    GAP = "gap"
    LEAVE = "leave"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    PASSED_ON = "passed_on"


@dataclass(frozen=True, slots=True)
class SendPage:
    """Page this person now; worthless after `valid_for`. `first`: nobody has been paged for this incident before.

    (person, channel, step, round) never recurs in the life of one escalation.
    """

    person: str
    channel: Channel
    step: int
    round: int
    valid_for: timedelta
    first: bool = False


@dataclass(frozen=True, slots=True)
class StepBegan:
    """This step's pages follow: an index into the ladder, or LEADS, ANYONE, HOLDER."""

    step: int
    round: int
    why: Cause


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody the step names was not paged; `tier` is the tier's name, or `leads` or `holder`."""

    step: int
    tier: str
    person: str | None
    why: WhyOver


@dataclass(frozen=True, slots=True)
class CancelPages:
    """Pages not yet sent are dropped and ringing ones hung up: this person's, or (None) everybody's."""

    person: str | None = None


@dataclass(frozen=True, slots=True)
class AlarmNobody:
    """Nobody at all is left to page now; it will be tried again."""

    why: Cause


Effect = SendPage | StepBegan | PassedOver | CancelPages | AlarmNobody
