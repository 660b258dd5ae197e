"""Which step comes next, and what fits as an answer."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.incidents.guides.catalogue import NAMES, Guide, NoSuchGuide, guide_named
from oncall.incidents.guides.policy import DoesNotFit, asked_now, does, fitted, next_step

ZONE = ZoneInfo("Europe/London")
MISSING = guide_named("missing")
FIRST = ["last_seen_at", "last_seen_where", "clothes", "phone"]


def walked(guide: Guide, answers: dict[str, str], *, confirmed: set[str], stops_at: str | None = None) -> list[str]:
    """The steps in the order in which they come, each answered as it does."""
    given = dict(answers)
    order = []
    while (step := next_step(guide, given, confirmed=confirmed)) is not None and step != stops_at:
        order.append(step)
        given[step] = given.get(step) or answers.get(step, "x")
    return order


def test_with_concern_the_report_comes_first_and_the_checks_afterwards() -> None:
    seen = dict.fromkeys(FIRST, "x")
    calm = walked(MISSING, {**seen, "concern": "no"}, confirmed={"missing"})
    assert calm[0] == "searched_home"
    assert calm.index("looked_at_messages") < calm.index("police_log")
    afraid = walked(MISSING, {**seen, "concern": "yes"}, confirmed={"missing"})
    assert afraid[0] == "police_log"
    assert afraid.index("hourly_check") < afraid.index("searched_home")
    assert set(calm) == set(afraid)


def test_once_they_are_found_only_the_return_is_asked() -> None:
    assert next_step(MISSING, {}, confirmed={"missing", "positive_update"}) == "returned_at"
    assert {step.phase for step in asked_now(MISSING, {"positive_update"})} == {"return"}
    assert "return" not in {step.phase for step in asked_now(MISSING, {"missing"})}


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_every_step_that_is_asked_comes_once_and_then_nothing_does(name: str, data: st.DataObject) -> None:
    guide = guide_named(name)
    confirmed = data.draw(st.sets(st.sampled_from(["missing", "positive_update", "allegation_staff"])))
    steps = [step.step for step in asked_now(guide, confirmed)]
    answers = data.draw(st.dictionaries(st.sampled_from(steps), st.sampled_from(["yes", "no"])))
    order = walked(guide, answers, confirmed=confirmed)
    assert sorted([*order, *answers]) == sorted(steps)


@pytest.mark.parametrize(
    ("step", "said", "kept"),
    [
        ("concern", " YES ", "yes"),
        ("concern", "no", "no"),
        ("last_seen_at", "2026-07-14T21:40", "2026-07-14T20:40:00+00:00"),
        ("last_seen_at", "2026-07-14T21:40+02:00", "2026-07-14T19:40:00+00:00"),
        ("clothes", "  red coat ", "  red coat "),
    ],
)
def test_an_answer_that_fits_is_kept(step: str, said: str, kept: str) -> None:
    assert fitted(next(one for one in MISSING.steps if one.step == step), said, zone=ZONE) == kept


@pytest.mark.parametrize(("step", "said"), [("concern", "perhaps"), ("last_seen_at", "about nine"), ("concern", "")])
def test_an_answer_that_does_not_fit_is_refused(step: str, said: str) -> None:
    with pytest.raises(DoesNotFit):
        fitted(next(one for one in MISSING.steps if one.step == step), said, zone=ZONE)


def test_a_no_settles_nothing() -> None:
    told = next(step for step in MISSING.steps if step.step == "police_told")
    assert does(told, "yes") == "police_found"
    assert does(told, "no") is None


def test_there_are_no_other_guides() -> None:
    with pytest.raises(NoSuchGuide):
        guide_named("../missing")
