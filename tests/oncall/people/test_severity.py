"""Severities have an order that is not the alphabet's."""

from itertools import combinations_with_replacement

import pytest

from oncall.people.severity import Severity

ORDER = ("routine", "concern", "urgent", "emergency")


@pytest.mark.parametrize(("low", "high"), list(combinations_with_replacement(ORDER, 2)))
def test_severities_compare_by_urgency(low: str, high: str) -> None:
    lower, higher = Severity(low), Severity(high)
    assert (lower < higher, higher > lower) == (low != high, low != high)
    assert (lower <= higher, higher >= lower) == (True, True)
    assert max(lower, higher) is higher
    assert (lower >= higher) is (higher <= lower) is (low == high)


def test_a_severity_compares_with_its_word_and_with_nothing_else() -> None:
    assert Severity.URGENT < "emergency"
    with pytest.raises(ValueError, match="severe"):
        _ = Severity.URGENT < "severe"
