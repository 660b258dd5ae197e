"""Escalations told as stories: at a minute something happens, and these lines follow."""

from datetime import timedelta

import pytest

from oncall.paging.policy import (
    Closed,
    Contacted,
    Cover,
    Due,
    FurtherContact,
    Opened,
    PassedOn,
    Reach,
    Reassessed,
    SeverityRaised,
    Taken,
)
from oncall.people.severity import Severity
from tests.oncall.paging.escalations import (
    CALL,
    COVER,
    ELI,
    LIN,
    NOBODY,
    SAM,
    TEXT,
    Escalation,
    Story,
    minutes,
    tell,
    with_tiers,
)

URGENT, EMERGENCY = Opened(Severity.URGENT), Opened(Severity.EMERGENCY)
CONCERN, ROUTINE = Opened(Severity.CONCERN), Opened(Severity.ROUTINE)
SAM_AWAY = Reach("sam", on_leave=True)
SAM_STOPPED = Reach("sam", by_text=False)
SAM_BUSY = Reach("sam", on_call_with_us=True)
SAM_DEAD = Reach("sam", by_text=False, by_call=False)

STORIES: dict[str, tuple[Cover, Story]] = {
    "each step after the last one's wait, and from the first again: L22": (
        COVER,
        [
            (0, URGENT, "step 0: opened, both sam"),
            (2.9, Due(), ""),
            (3, Due(), "step 1: not_taken, both eli"),
            (6, Due(), "step 2: not_taken, both mel"),
            (10.9, Due(), ""),
            (11, Due(), "step 0: not_taken, both sam"),
            (14, Due(), "step 1: not_taken, both eli"),
        ],
    ),
    "several tiers of one step go out together": (
        COVER,
        [(0, EMERGENCY, "step 0: opened, both sam, both eli")],
    ),
    "one person on two tiers of a step is paged once": (
        with_tiers(backup=SAM),
        [(0, EMERGENCY, "step 0: opened, both sam")],
    ),
    "a routine contact never rings while texts arrive": (
        COVER,
        [(0, ROUTINE, "step 0: opened, text sam"), (30, Due(), "step 0: not_taken, text sam")],
    ),
    "a gap passes on at once: L6": (
        with_tiers(duty=None),
        [
            (0, URGENT, "over duty: gap, step 1: opened, both eli"),
            (3, Due(), "step 2: not_taken, both mel"),
        ],
    ),
    "a tier the cover does not know is a gap": (
        Cover({"backup": ELI}),
        [(0, URGENT, "over duty: gap, step 1: opened, both eli")],
    ),
    "leave passes on at once, and is told": (
        with_tiers(duty=SAM_AWAY),
        [(0, URGENT, "over duty: leave, step 1: opened, both eli")],
    ),
    "a dead number passes on at once": (
        with_tiers(duty=SAM_DEAD),
        [(0, URGENT, "over duty: unreachable, step 1: opened, both eli")],
    ),
    "one tier of a step passed over leaves the other": (
        with_tiers(duty=None),
        [(0, EMERGENCY, "over duty: gap, step 0: opened, both eli")],
    ),
    "opted out of texts, a text-only step rings: L27": (
        with_tiers(duty=SAM_STOPPED),
        [(0, CONCERN, "step 0: opened, call sam")],
    ),
    "whoever is on a call of ours gets the text only: L12": (
        with_tiers(duty=SAM_BUSY),
        [(0, URGENT, "step 0: opened, text sam")],
    ),
    "on a call of ours and opted out of texts is passed over": (
        with_tiers(duty=Reach("sam", by_text=False, on_call_with_us=True)),
        [(0, URGENT, "over duty: busy, step 1: opened, both eli")],
    ),
    "every step empty pages all leads by text and call: L6": (
        with_tiers(duty=None, backup=None, manager=None),
        [
            (
                0,
                URGENT,
                "over duty: gap, over backup: gap, over manager: gap, step leads: opened, both mel, both lin",
            ),
            (
                3,
                Due(),
                "over duty: gap, over backup: gap, over manager: gap, step leads: not_taken, both mel, both lin",
            ),
        ],
    ),
    "a lead on leave is passed over, the others are paged": (
        Cover({"duty": None}, leads=(Reach("mel", on_leave=True), LIN)),
        [(0, ROUTINE, "over duty: gap, over leads: leave, step leads: opened, both lin")],
    ),
    "no lead either: whoever is on any tier": (
        with_tiers(Cover({}, leads=()), duty=None, backup=ELI),
        [
            (0, ROUTINE, "over duty: gap, step anyone: opened, both eli"),
            (30, Due(), "over duty: gap, step anyone: not_taken, both eli"),
        ],
    ),
    "nobody at all is an alarm, looked at every minute, raised again each wait": (
        NOBODY,
        [
            (0, URGENT, "over duty: gap, over backup: gap, over manager: gap, alarm: unreachable"),
            (1, Due(), ""),
            (2, Due(), ""),
            (3, Due(), "over duty: gap, over backup: gap, over manager: gap, alarm: unreachable"),
        ],
    ),
    "an outage of many waits pages one step: L24": (
        COVER,
        [
            (0, URGENT, "step 0: opened, both sam"),
            (600, Reassessed(), "step 1: not_taken, both eli"),
            (600, Due(), ""),
            (600, Reassessed(), ""),
        ],
    ),
    "a further contact moves nothing": (
        COVER,
        [
            (0, URGENT, "step 0: opened, both sam"),
            (2, FurtherContact(), ""),
            (3, Due(), "step 1: not_taken, both eli"),
            (4, Taken("eli"), "cancel all"),
            (5, FurtherContact(), ""),
            (6, Contacted("eli"), ""),
            (7, FurtherContact(), ""),
            (600, Due(), ""),
        ],
    ),
    "opened twice is opened once": (COVER, [(0, URGENT, "step 0: opened, both sam"), (1, URGENT, "")]),
    "closed ends all": (
        COVER,
        [
            (0, URGENT, "step 0: opened, both sam"),
            (1, Closed(), "cancel all"),
            (2, Taken("sam"), ""),
            (2, PassedOn("sam"), ""),
            (2, SeverityRaised(Severity.EMERGENCY), ""),
            (900, Due(), ""),
            (900, Reassessed(), ""),
            (900, Closed(), ""),
        ],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_of_paging(name: str) -> None:
    cover, story = STORIES[name]
    assert tell(cover, story) == story


def test_an_escalation_begins_with_an_opened_incident() -> None:
    with pytest.raises(ValueError, match="begins when an incident is opened"):
        Escalation().happens(Due())


def test_first_pages_are_marked_until_somebody_was_paged() -> None:
    escalation = Escalation(NOBODY)
    escalation.happens(URGENT)
    escalation.cover = COVER
    escalation.at(1).happens(Due())
    escalation.at(4).happens(Due())
    assert [(page.person, page.first) for page in escalation.sent if page.channel is TEXT] == [
        ("sam", True),
        ("eli", False),
    ]


def test_a_page_is_worth_its_steps_wait_l19() -> None:
    escalation = Escalation(COVER)
    escalation.happens(URGENT)
    for minute in (3, 6):
        escalation.at(minute).happens(Due())
    assert [page.valid_for for page in escalation.sent if page.channel is CALL] == [minutes(3), minutes(3), minutes(5)]


def test_nobody_reachable_is_looked_at_within_a_minute_and_a_short_wait_sooner() -> None:
    escalation = Escalation(NOBODY)
    escalation.happens(URGENT)
    assert escalation.due_in == timedelta(seconds=60)


def test_pages_after_taking_are_not_an_incidents_first() -> None:
    escalation = Escalation(NOBODY)
    for event in (URGENT, Taken("zoe", minutes(5))):
        escalation.happens(event)
    escalation.cover = COVER
    escalation.at(5).happens(Due())
    assert [page.first for page in escalation.sent] == [False, False]


def test_nobody_left_again_is_an_alarm_again_at_once() -> None:
    escalation = Escalation(NOBODY)
    assert escalation.happens(URGENT)[-1] == "alarm: unreachable"
    escalation.cover = COVER
    assert escalation.at(0.5).happens(Reassessed()) == ["step 0: reassessed", "both sam"]
    escalation.cover = with_tiers(NOBODY, duty=SAM_DEAD)
    assert escalation.at(2).happens(Reassessed())[-1] == "alarm: unreachable"
