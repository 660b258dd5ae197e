"""The duties as data: every flag in both jurisdictions, whole, dated, in both languages, and fit to be texted."""

import re
from datetime import date

import pytest

from oncall.incidents.guides.catalogue import NAMES, guide_named
from oncall.incidents.tasks.duties import FOLDER, Duty, duties_of
from oncall.people.teamfile.values import JURISDICTIONS
from oncall.risk.catalogue import catalogue
from oncall.telephony.segments import is_gsm

SAYS_WHAT_HAPPENED = re.compile(
    r"self|\bharm|suicid|overdose|abuse|sexual|missing|drug|alcohol|knife|weapon|allegation|assault|mental|injur|anaf|child\b"
    r"|hunan|niweid|lladd|cam-drin|rhywiol|ar goll|cyllell|honiad|plentyn",
    re.IGNORECASE,
)


def duties(jurisdiction: str) -> list[Duty]:
    return [duty for listed in duties_of(jurisdiction).of_flag.values() for duty in listed]


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_every_flag_says_what_it_asks_for(jurisdiction: str) -> None:
    found = duties_of(jurisdiction)
    assert found.jurisdiction == jurisdiction
    assert set(found.of_flag) == set(catalogue())
    assert [flag for flag, listed in found.of_flag.items() if not listed] == ["admin"]
    for listed in found.of_flag.values():
        assert len({duty.task for duty in listed}) == len(listed)
    known = {duty.task for duty in duties(jurisdiction)}
    assert {task for ended in found.ends.values() for task in ended} <= known
    assert set(found.only_after) | set(found.only_after.values()) | set(found.ends) <= set(catalogue())


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_each_is_dated_and_its_title_can_be_texted(jurisdiction: str) -> None:
    for duty in duties(jurisdiction):
        asked = duty.asked
        assert date.fromisoformat(asked["as_at"]) <= date(2026, 12, 31)
        assert asked["jurisdiction"] == jurisdiction
        for title in asked["title"].values():
            assert 0 < len(title) <= 90
            assert not SAYS_WHAT_HAPPENED.search(title), title
        assert is_gsm(asked["title"]["en"])
        for contact in asked["contacts"]:
            assert re.fullmatch(r"[0-9 ]{3,13}", contact["number"])
            assert date.fromisoformat(contact["as_at"])
            assert set(contact["name"]) == set(contact["hours"]) == {"en", "cy"}


def test_the_pattern_of_telling_words_finds_them() -> None:
    assert SAYS_WHAT_HAPPENED.search("Report the self-harm")
    assert not SAYS_WHAT_HAPPENED.search("Ring 999, or make sure somebody has")


def test_the_clocks_that_the_two_jurisdictions_set() -> None:
    def within(jurisdiction: str, flag: str, task: str) -> tuple[int | None, int | None]:
        duty = next(one for one in duties_of(jurisdiction).of_flag[flag] if one.task == task)
        return duty.within.hours, duty.within.working_days

    assert within("wales", "allegation_staff", "designated_officer") == (24, 1)
    assert within("england", "allegation_staff", "designated_officer") == (None, 1)
    assert within("wales", "abuse_disclosure", "confirm_in_writing") == (24, None)
    assert within("wales", "abuse_disclosure", "acknowledgement") == (None, 7)
    assert within("wales", "abuse_disclosure", "tell_social_services") == (None, None)
    for jurisdiction in JURISDICTIONS:
        assert within(jurisdiction, "positive_update", "return_interview") == (72, None)


def test_what_has_not_been_read_in_full_says_so() -> None:
    for jurisdiction in JURISDICTIONS:
        unread = {duty.task for duty in duties(jurisdiction) if duty.asked["to_be_read"]}
        assert "notify_regulator" in unread


def test_the_files_say_whose_check_they_await() -> None:
    for path in FOLDER.glob("*.yaml"):
        told = path.read_text(encoding="utf-8")
        assert "awaits a Welsh speaker's check" in told
        assert "awaiting the clinical lead's check" in told


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_settles_tasks_that_its_flags_ask_for(name: str) -> None:
    guide = guide_named(name)
    assert len({step.step for step in guide.steps}) == len(guide.steps)
    for jurisdiction in JURISDICTIONS:
        found = duties_of(jurisdiction)
        flags = {*guide.flags, *guide.only_once.values()}
        asked = {duty.task for flag in flags for duty in found.of_flag[flag]}
        for step in guide.steps:
            assert step.does is None or step.does in asked, step.step
            assert set(step.goes_to.values()) <= {one.step for one in guide.steps}
            assert set(step.asks) == {"en", "cy"}
