"""Pages that fail and people who pass on: the step passes on at once, nothing spins, nobody is forgotten."""

import pytest

from oncall.paging.policy import (
    Cover,
    Due,
    Opened,
    PageFailed,
    PassedOn,
    Reassessed,
)
from oncall.people.severity import Severity
from tests.oncall.paging.escalations import (
    CALL,
    COVER,
    ELI,
    LIN,
    SAM,
    TEXT,
    Story,
    tell,
)

URGENT, EMERGENCY = Opened(Severity.URGENT), Opened(Severity.EMERGENCY)
CONCERN, ROUTINE = Opened(Severity.CONCERN), Opened(Severity.ROUTINE)

STORIES: dict[str, tuple[Cover, Story]] = {
    "one failed page of two leaves the step waiting: L18": (
        COVER,
        [
            (0, URGENT, "step 0: opened, both sam"),
            (1, PageFailed("sam", TEXT, 0, 1), ""),
            (3, Due(), "step 1: not_taken, both eli"),
        ],
    ),
    "all pages failed passes on at once: L18": (
        COVER,
        [
            (0, URGENT, "step 0: opened, both sam"),
            (1, PageFailed("sam", TEXT, 0, 1), ""),
            (1, PageFailed("sam", CALL, 0, 1), "step 1: failed, both eli"),
            (3, Due(), ""),
            (4, Due(), "step 2: not_taken, both mel"),
        ],
    ),
    "a failure of an older step, an older round or twice over changes nothing": (
        COVER,
        [
            (0, CONCERN, "step 0: opened, text sam"),
            (5, Due(), "step 1: not_taken, call sam"),
            (6, PageFailed("sam", CALL, 0, 1), ""),
            (6, PageFailed("sam", CALL, 1, 2), ""),
            (6, PageFailed("sam", TEXT, 1, 1), ""),
            (6, PageFailed("sam", CALL, 1, 1), "step 2: failed, both eli"),
            (6, PageFailed("sam", CALL, 1, 1), ""),
        ],
    ),
    "a whole round failed at once: the leads, anyone, an alarm, then a wait": (
        Cover({"duty": SAM}, leads=(LIN,)),
        [
            (0, ROUTINE, "step 0: opened, text sam"),
            (0, PageFailed("sam", TEXT, 0, 1), "step leads: failed, both lin"),
            (0, PageFailed("lin", TEXT, -1, 1), ""),
            (0, PageFailed("lin", CALL, -1, 1), "step anyone: failed, both sam"),
            (0, PageFailed("sam", TEXT, -2, 1), ""),
            (0, PageFailed("sam", CALL, -2, 1), "alarm: failed"),
            (29, Due(), ""),
            (30, Due(), "step 0: not_taken, text sam"),
            (60, Due(), "step 0: not_taken, text sam"),
        ],
    ),
    "failing at once from the last step goes on with the first before the leads": (
        COVER,
        [
            (0, EMERGENCY, "step 0: opened, both sam, both eli"),
            (2, Due(), "step 1: not_taken, both mel"),
            (2, PassedOn("mel"), "cancel mel, step 0: passed_on, both sam, both eli"),
            (2, PassedOn("sam"), "cancel sam"),
            (2, PassedOn("eli"), "cancel eli, over leads: passed_on, step leads: passed_on, both lin"),
        ],
    ),
    "passing on moves on at once, and later rounds page them again": (
        COVER,
        [
            (0, URGENT, "step 0: opened, both sam"),
            (1, PassedOn("sam"), "cancel sam, step 1: passed_on, both eli"),
            (1, PassedOn("sam"), "cancel sam"),
            (4, Due(), "step 2: not_taken, both mel"),
            (9, Due(), "step 0: not_taken, both sam"),
        ],
    ),
    "passing on while a colleague of the step stands waits for the colleague": (
        COVER,
        [
            (0, EMERGENCY, "step 0: opened, both sam, both eli"),
            (1, PassedOn("sam"), "cancel sam"),
            (2, Due(), "step 1: not_taken, both mel"),
        ],
    ),
    "passing on does not ring the same person at the next step": (
        COVER,
        [
            (0, CONCERN, "step 0: opened, text sam"),
            (1, PassedOn("sam"), "cancel sam, over duty: passed_on, step 2: passed_on, both eli"),
        ],
    ),
    "one passed on, the other's pages failed: the alarm says so": (
        Cover({"duty": SAM, "backup": ELI}),
        [
            (0, EMERGENCY, "step 0: opened, both sam, both eli"),
            (1, PassedOn("sam"), "cancel sam"),
            (1, PageFailed("eli", TEXT, 0, 1), ""),
            (1, PageFailed("eli", CALL, 0, 1), "over manager: gap, step anyone: failed, both eli"),
            (1, PageFailed("eli", TEXT, -2, 1), ""),
            (1, PageFailed("eli", CALL, -2, 1), "alarm: failed"),
        ],
    ),
    "everybody reachable passed on: an alarm, and they are asked again after the wait": (
        Cover({"duty": SAM}),
        [
            (0, URGENT, "step 0: opened, both sam"),
            (1, PassedOn("sam"), "cancel sam, over backup: gap, over manager: gap, alarm: passed_on"),
            (1, Reassessed(), ""),
            (4, Due(), "step 0: not_taken, both sam"),
        ],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_of_passing_on(name: str) -> None:
    cover, story = STORIES[name]
    assert tell(cover, story) == story
