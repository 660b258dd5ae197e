"""Which cards fit an incident, in which order, and in which mode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.guidance.catalogue import COMMON, MODES, cards
from oncall.guidance.choosing import cards_for, mode_for
from oncall.people.severity import Severity
from oncall.risk.catalogue import catalogue

FLAGS = st.sets(st.sampled_from(sorted(catalogue())))
SEVERITIES = st.sampled_from([str(severity) for severity in Severity])
CALLERS = st.sampled_from([None, "foster_carer", "young_person"])
CASES = [
    ([], "concern", None, ["common"]),
    (["admin"], "routine", None, ["common"]),
    (["weapon", "threats"], "emergency", None, ["weapon", "explosive_anger", "common"]),
    (["overdose_ingestion"], "emergency", None, ["not_breathing", "overdose", "common"]),
    (["substance_use"], "urgent", None, ["substance", "common"]),
    (["substance_use"], "emergency", None, ["not_breathing", "substance", "common"]),
    (["sleep_food"], "concern", None, ["food_and_sleep", "bedtime", "common"]),
    (["carer_stress", "missing"], "urgent", "foster_carer", ["missing", "carer_at_limit", "common"]),
    (["self_harm"], "urgent", "young_person", ["young_person_on_line", "self_harm", "common"]),
    (["allegation_staff"], "urgent", None, ["allegation", "common"]),
    (["child_death"], "emergency", None, ["not_breathing", "bereavement", "common"]),
    (["not_a_flag"], "urgent", None, ["common"]),
]
STYLES = [
    ([], "practical"),
    ([None, None], "practical"),
    (["reflective"], "reflective"),
    ([None, "reflective", "practical"], "reflective"),
    (["practical", "reflective"], "practical"),
    (["brisk", "reflective"], "reflective"),
]


@pytest.mark.parametrize(("flags", "severity", "caller", "wanted"), CASES)
def test_which_cards_fit(flags: list[str], severity: str, caller: str | None, wanted: list[str]) -> None:
    assert [card.card for card in cards_for(flags, severity=severity, caller=caller)] == wanted


@pytest.mark.parametrize(("styles", "wanted"), STYLES)
def test_the_first_style_known_is_the_mode(styles: list[str | None], wanted: str) -> None:
    assert mode_for(styles) == wanted
    assert wanted in MODES


@given(FLAGS, SEVERITIES, CALLERS)
def test_there_is_always_a_card_none_twice_and_the_common_one_last(
    flags: set[str], severity: str, caller: str | None
) -> None:
    names = [card.card for card in cards_for(flags, severity=severity, caller=caller)]
    assert len(set(names)) == len(names)
    assert names[-1] == COMMON
    orders = [cards()[name].order for name in names]
    assert orders == sorted(orders)


@given(FLAGS, FLAGS, SEVERITIES, CALLERS)
def test_another_flag_or_a_higher_severity_never_takes_a_card_away(
    flags: set[str], more: set[str], severity: str, caller: str | None
) -> None:
    before = {card.card for card in cards_for(flags, severity=severity, caller=caller)}
    assert before <= {card.card for card in cards_for(flags | more, severity=severity, caller=caller)}
    assert before <= {card.card for card in cards_for(flags, severity=Severity.EMERGENCY, caller=caller)}
