"""A rise in severity: restarting where nobody holds it, paging the holder again where somebody does."""

from dataclasses import replace

import pytest

from oncall.paging.policy import (
    Contacted,
    Cover,
    Due,
    Opened,
    PageFailed,
    Reach,
    SeverityLowered,
    SeverityRaised,
    Taken,
)
from oncall.people.severity import Severity
from tests.oncall.paging.escalations import (
    COVER,
    LIN,
    TEXT,
    Story,
    minutes,
    tell,
    with_tiers,
)

URGENT, CONCERN = Opened(Severity.URGENT), Opened(Severity.CONCERN)
SAM_GONE = Reach("sam", by_text=False, by_call=False)

OPENED = "step 0: opened, both sam"
AGAIN = "step holder: no_contact, both sam"

STORIES: dict[str, tuple[Cover, Story]] = {
    "a rise nobody holds restarts at the new first step": (
        COVER,
        [
            (0, CONCERN, "step 0: opened, text sam"),
            (5, Due(), "step 1: not_taken, call sam"),
            (
                6,
                SeverityRaised(Severity.EMERGENCY),
                "cancel all, step 0: raised, both sam, both eli",
            ),
            (7, SeverityRaised(Severity.EMERGENCY), ""),
            (7, SeverityRaised(Severity.ROUTINE), ""),
            (7, PageFailed("sam", TEXT, 0, 1), ""),
            (8, Due(), "step 1: not_taken, both mel"),
        ],
    ),
    "a person lowers it: no page is taken back, and the next step is the lower one's": (
        COVER,
        [
            (0, Opened(Severity.EMERGENCY), "step 0: opened, both sam, both eli"),
            (1, SeverityLowered(Severity.CONCERN), ""),
            (2, Due(), "step 1: not_taken, call sam"),
            (3, SeverityLowered(Severity.URGENT), ""),
            (5, Due(), "step 2: not_taken, both eli"),
        ],
    ),
    "what was lowered can rise again and page again": (
        COVER,
        [
            (0, Opened(Severity.EMERGENCY), "step 0: opened, both sam, both eli"),
            (1, Taken("sam"), "cancel all"),
            (2, SeverityLowered(Severity.CONCERN), ""),
            (3, SeverityRaised(Severity.URGENT), "step holder: raised, both sam"),
        ],
    ),
    "a rise pages the holder, and the earlier contact time counts": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (2, SeverityRaised(Severity.EMERGENCY), "step holder: raised, both sam"),
            (7, Due(), AGAIN),
            (9, Due(), "step 0: no_contact, both sam, both eli"),
        ],
    ),
    "a rise never puts contact off": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam", minutes(3)), "cancel all"),
            (2, SeverityRaised(Severity.EMERGENCY), "step holder: raised, both sam"),
            (3, Taken("sam"), "cancel all"),
            (4, Due(), AGAIN),
        ],
    ),
    "a rise after contact asks for contact again": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (2, Contacted("sam"), ""),
            (60, SeverityRaised(Severity.EMERGENCY), "step holder: raised, both sam"),
            (65, Due(), AGAIN),
        ],
    ),
    "a rise when contact is overdue is that one more page": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (30, SeverityRaised(Severity.EMERGENCY), "step holder: raised, both sam"),
            (30, Due(), ""),
            (32, Due(), "step 0: no_contact, both sam, both eli"),
        ],
    ),
    "a rise after the holder was paged again does not put the resuming off": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (16, Due(), AGAIN),
            (18, SeverityRaised(Severity.EMERGENCY), "step holder: raised, both sam"),
            (19, Due(), "step 0: no_contact, both sam, both eli"),
        ],
    ),
    "a rise while escalation had resumed restarts it and pages the holder too": (
        with_tiers(duty=LIN, backup=LIN),
        [
            (0, URGENT, "step 0: opened, both lin"),
            (1, Taken("mel"), "cancel all"),
            (16, Due(), "step holder: no_contact, both mel"),
            (19, Due(), "step 1: no_contact, both lin"),
            (
                20,
                SeverityRaised(Severity.EMERGENCY),
                "cancel all, step 0: raised, both lin, both mel",
            ),
        ],
    ),
    "a rise with a holder nobody can reach restarts at the first step": (
        replace(COVER, holder=SAM_GONE),
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (2, SeverityRaised(Severity.EMERGENCY), "over holder: unreachable, step 0: raised, both sam, both eli"),
        ],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_of_rising(name: str) -> None:
    cover, story = STORIES[name]
    assert tell(cover, story) == story
