"""What follows once somebody holds an incident: the promise of contact, being paged again, escalation resuming."""

from dataclasses import replace
from datetime import timedelta

import pytest

from oncall.paging.policy import (
    Closed,
    Contacted,
    Cover,
    Due,
    Opened,
    PageFailed,
    PassedOn,
    Phase,
    Reach,
    Reassessed,
    Taken,
)
from oncall.people.severity import Severity
from tests.oncall.paging.escalations import (
    CALL,
    COVER,
    ELI,
    LIN,
    MEL,
    NOBODY,
    TEXT,
    Escalation,
    Story,
    minutes,
    tell,
    with_tiers,
)

URGENT = Opened(Severity.URGENT)
SAM_GONE = Reach("sam", by_text=False, by_call=False)

OPENED = "step 0: opened, both sam"
AGAIN = "step holder: no_contact, both sam"

STORIES: dict[str, tuple[Cover, Story]] = {
    "without contact the holder is paged again, then escalation resumes after their step: L21": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (3, Due(), ""),
            (15.9, Due(), ""),
            (16, Due(), AGAIN),
            (18.9, Due(), ""),
            (19, Due(), "step 1: no_contact, both eli"),
            (22, Due(), "step 2: not_taken, both mel"),
            (27, Due(), "step 0: not_taken, both sam"),
        ],
    ),
    "a promise takes the place of contact_within": (
        COVER,
        [(0, URGENT, OPENED), (1, Taken("sam", minutes(40)), "cancel all"), (40.9, Due(), ""), (41, Due(), AGAIN)],
    ),
    "contact closes the circle": (
        COVER,
        [(0, URGENT, OPENED), (1, Taken("sam"), "cancel all"), (9, Contacted("sam"), ""), (900, Due(), "")],
    ),
    "contact after being paged again stops those pages": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (16, Due(), AGAIN),
            (17, Contacted("sam"), "cancel all"),
            (17, Contacted("sam"), ""),
            (900, Due(), ""),
        ],
    ),
    "contact made while escalation had resumed ends it": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (16, Due(), AGAIN),
            (19, Due(), "step 1: no_contact, both eli"),
            (20, Contacted("sam"), "cancel all"),
            (900, Due(), ""),
        ],
    ),
    "contact that nobody holds does not end paging": (
        COVER,
        [(0, URGENT, OPENED), (1, Contacted("sam"), ""), (3, Due(), "step 1: not_taken, both eli")],
    ),
    "taking twice moves no promise": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam", minutes(20)), "cancel all"),
            (9, Taken("sam"), ""),
            (21, Due(), AGAIN),
        ],
    ),
    "the holder promises anew": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (9, Taken("sam", minutes(30)), ""),
            (16, Due(), ""),
            (39, Due(), AGAIN),
        ],
    ),
    "the holder paged again takes it again: a fresh promise": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (16, Due(), AGAIN),
            (17, Taken("sam"), "cancel all"),
            (19, Due(), ""),
            (32, Due(), AGAIN),
            (35, Due(), "step 1: no_contact, both eli"),
        ],
    ),
    "taking again after contact opens nothing, a promise does": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (2, Contacted("sam"), ""),
            (3, Taken("sam"), ""),
            (100, Due(), ""),
            (100, Taken("sam", minutes(5)), ""),
            (105, Due(), AGAIN),
        ],
    ),
    "the first to take it has it: L3": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (1, Taken("eli"), ""),
            (2, PassedOn("eli"), ""),
            (16, Due(), AGAIN),
        ],
    ),
    "once resumed, whoever takes it is the holder": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (16, Due(), AGAIN),
            (19, Due(), "step 1: no_contact, both eli"),
            (20, Taken("eli"), "cancel all"),
            (35, Due(), "step holder: no_contact, both eli"),
            (38, Due(), "step 2: no_contact, both mel"),
        ],
    ),
    "a late taker resumes after the step that reached them": (
        COVER,
        [
            (0, URGENT, OPENED),
            (3, Due(), "step 1: not_taken, both eli"),
            (6, Due(), "step 2: not_taken, both mel"),
            (7, Taken("sam", minutes(5)), "cancel all"),
            (12, Due(), AGAIN),
            (15, Due(), "step 1: no_contact, both eli"),
        ],
    ),
    "taken from the last step, it resumes with the first": (
        with_tiers(duty=None, backup=None),
        [
            (0, URGENT, "over duty: gap, over backup: gap, step 2: opened, both mel"),
            (1, Taken("mel", minutes(5)), "cancel all"),
            (6, Due(), "step holder: no_contact, both mel"),
            (9, Due(), "over duty: gap, over backup: gap, step 2: no_contact, both mel"),
        ],
    ),
    "taken by a lead, it resumes with the first step": (
        replace(NOBODY, leads=(LIN,)),
        [
            (0, Opened(Severity.ROUTINE), "over duty: gap, step leads: opened, both lin"),
            (1, Taken("lin", minutes(5)), "cancel all"),
            (6, Due(), "step holder: no_contact, both lin"),
            (36, Due(), "over duty: gap, step leads: no_contact, both lin"),
        ],
    ),
    "taken by whoever was on any tier, it resumes with the first step": (
        Cover({"duty": None, "evening": ELI}),
        [
            (0, URGENT, "over duty: gap, over backup: gap, over manager: gap, step anyone: opened, both eli"),
            (1, Taken("eli", minutes(5)), "cancel all"),
            (6, Due(), "step holder: no_contact, both eli"),
            (9, Due(), "over duty: gap, over backup: gap, over manager: gap, step anyone: no_contact, both eli"),
        ],
    ),
    "a holder who passes on hands it on at once, and is not paged for it": (
        replace(COVER, tiers={**COVER.tiers, "backup": COVER.tiers["duty"]}),
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (2, PassedOn("sam"), "cancel sam, over backup: passed_on, step 2: passed_on, both mel"),
        ],
    ),
    "a holder paged again on dead numbers: escalation resumes at once": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (16, Due(), AGAIN),
            (16, PageFailed("sam", TEXT, -3, 2), ""),
            (17, PageFailed("sam", CALL, -3, 2), "step 1: failed, both eli"),
        ],
    ),
    "a holder nobody can reach any more: escalation resumes at once": (
        replace(COVER, holder=SAM_GONE),
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (16, Due(), "over holder: unreachable, step 1: no_contact, both eli"),
        ],
    ),
    "an outage of hours pages the holder once: L24": (
        COVER,
        [
            (0, URGENT, OPENED),
            (1, Taken("sam"), "cancel all"),
            (600, Reassessed(), AGAIN),
            (600, Reassessed(), ""),
            (603, Due(), "step 1: no_contact, both eli"),
        ],
    ),
    "closing while held": (
        COVER,
        [(0, URGENT, OPENED), (1, Taken("sam"), "cancel all"), (2, Closed(), "cancel all"), (900, Due(), "")],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_of_holding(name: str) -> None:
    cover, story = STORIES[name]
    assert tell(cover, story) == story


def test_a_resumed_escalation_keeps_its_holder_until_another_takes_it() -> None:
    escalation = Escalation(COVER)
    for minute, event in ((0, URGENT), (1, Taken("sam")), (16, Due()), (19, Due())):
        escalation.at(minute).happens(event)
    assert (escalation.here.resumed, escalation.here.holder) == (True, "sam")
    escalation.happens(Taken("eli"))
    assert (escalation.here.phase, escalation.here.holder) == (Phase.HELD, "eli")


def test_a_holder_the_cover_does_not_know_is_passed_over() -> None:
    escalation = Escalation(COVER)
    escalation.happens(URGENT)
    escalation.happens(Taken("zoe", timedelta(minutes=5)))
    assert escalation.at(5).happens(Due()) == ["over holder: gap", "step 1: no_contact", "both eli"]


def test_a_holder_off_duty_by_now_is_paged_again_when_the_cover_says_how() -> None:
    escalation = Escalation(replace(COVER, holder=Reach("zoe", by_text=False)))
    escalation.happens(URGENT)
    escalation.happens(Taken("zoe", timedelta(minutes=5)))
    assert escalation.at(5).happens(Due()) == ["step holder: no_contact", "call zoe"]


@pytest.mark.parametrize(
    ("cover", "told"),
    [
        (COVER, []),
        (with_tiers(duty=None), []),
        (with_tiers(duty=Reach("sam", by_call=False)), []),
        (with_tiers(duty=Reach("sam", on_call_with_us=True)), []),
        (with_tiers(duty=Reach("sam", on_leave=True)), ["step 1: reassessed", "both eli"]),
        (with_tiers(duty=SAM_GONE), ["step 1: reassessed", "both eli"]),
    ],
)
def test_reassessed_before_the_wait_is_over_only_the_unreachable_are_passed(cover: Cover, told: list[str]) -> None:
    escalation = Escalation(COVER)
    escalation.happens(URGENT)
    escalation.cover = cover
    assert escalation.at(1).happens(Reassessed()) == told


def test_reassessed_where_nobody_was_left_pages_whoever_can_be_reached_now_once() -> None:
    escalation = Escalation(NOBODY)
    escalation.happens(URGENT)
    escalation.cover = with_tiers(NOBODY, manager=MEL)
    told = ["over duty: gap", "over backup: gap", "step 2: reassessed", "both mel"]
    assert escalation.at(0.5).happens(Reassessed()) == told
    assert escalation.happens(Reassessed()) == []


def test_a_ladder_made_shorter_meanwhile_goes_on_from_its_first_step() -> None:
    escalation = Escalation(COVER)
    for minute, event in ((0, URGENT), (3, Due()), (6, Due())):
        escalation.at(minute).happens(event)
    escalation.policy = {**escalation.policy, Severity.URGENT: escalation.policy[Severity.ROUTINE]}
    assert escalation.at(11).happens(Due()) == ["step 0: not_taken", "text sam"]
