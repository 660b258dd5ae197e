"""While the caller waits escalation stands still; when the wait is over it begins, or whoever holds it is paged."""

import pytest

from oncall.paging.policy import (
    CallerWaits,
    Closed,
    Contacted,
    Cover,
    Due,
    EscalationState,
    Opened,
    PageFailed,
    PassedOn,
    Phase,
    Reassessed,
    SeverityRaised,
    Taken,
    WaitOver,
)
from oncall.people.severity import Severity
from tests.oncall.paging.escalations import COVER, TEXT, Escalation, Story, tell

WAITS, OPENED = CallerWaits(Severity.URGENT), Opened(Severity.URGENT)

STORIES: dict[str, tuple[Cover, Story]] = {
    "nothing is due while the caller waits, and the first step when the wait is over: L7": (
        COVER,
        [
            (0, WAITS, ""),
            (1, Due(), ""),
            (1, Reassessed(), ""),
            (1.5, WaitOver(), "step 0: opened, both sam"),
            (4.5, Due(), "step 1: not_taken, both eli"),
        ],
    ),
    "who passed on while it rang is not paged first": (
        COVER,
        [
            (0, WAITS, ""),
            (1, PassedOn("sam"), "cancel sam"),
            (1.5, WaitOver(), "over duty: passed_on, step 1: opened, both eli"),
        ],
    ),
    "taken on the line, contact owed; without it the holder is paged": (
        COVER,
        [
            (0, WAITS, ""),
            (1, Taken("sam"), ""),
            (16, Due(), "step holder: no_contact, both sam"),
        ],
    ),
    "a caller who rings about what is held and is not reached pages the holder, then goes on from the first step": (
        COVER,
        [
            (0, OPENED, "step 0: opened, both sam"),
            (1, Taken("sam"), "cancel all"),
            (2, Contacted("sam"), ""),
            (9, WAITS, ""),
            (10, WaitOver(), "step holder: no_contact, both sam"),
            (13, Due(), "step 1: no_contact, both eli"),
        ],
    ),
    "and is closed by contact": (
        COVER,
        [
            (0, OPENED, "step 0: opened, both sam"),
            (1, Taken("sam"), "cancel all"),
            (9, WAITS, ""),
            (10, Contacted("sam"), "cancel all"),
            (40, Due(), ""),
        ],
    ),
    "held and not waited for, a promise that is owed pages the holder at once": (
        COVER,
        [
            (0, OPENED, "step 0: opened, both sam"),
            (1, Taken("sam"), "cancel all"),
            (2, Contacted("sam"), ""),
            (5, WaitOver(), "step holder: no_contact, both sam"),
        ],
    ),
    "a wait that is over twice changes nothing": (
        COVER,
        [(0, WAITS, ""), (1, WaitOver(), "step 0: opened, both sam"), (1, WaitOver(), ""), (1, Closed(), "cancel all")],
    ),
    "a rise while the caller waits pages by the new severity afterwards": (
        COVER,
        [
            (0, CallerWaits(Severity.CONCERN), ""),
            (0, SeverityRaised(Severity.URGENT), ""),
            (1, WaitOver(), "step 0: opened, both sam"),
        ],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_while_the_caller_waits(name: str) -> None:
    cover, story = STORIES[name]
    assert tell(cover, story) == story


def test_another_may_take_what_is_held_while_its_caller_waits() -> None:
    escalation = Escalation()
    escalation.happens(OPENED)
    escalation.happens(Taken("sam"))
    was_free = escalation.here.resumed
    escalation.happens(WAITS)
    assert (was_free, escalation.here.resumed) == (False, True)
    escalation.happens(Taken("eli"))
    assert (escalation.here.phase, escalation.here.holder) == (Phase.HELD, "eli")


def test_a_text_beside_a_ring_that_failed_passes_nothing_on() -> None:
    escalation = Escalation()
    escalation.happens(OPENED)
    escalation.happens(WAITS)
    assert escalation.happens(PageFailed("sam", TEXT, 0, 1)) == []
    assert TEXT not in {page.channel for page in escalation.here.standing}


def test_a_row_keeps_it() -> None:
    escalation = Escalation()
    escalation.happens(WAITS)
    assert EscalationState.from_row(escalation.here.to_row()) == escalation.here
