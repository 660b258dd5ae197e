"""How a team makes sure of its next shifts, as a value."""

from dataclasses import dataclass

ASKS = ("24h", "off")
TEST_CALLS = ("on", "off")


@dataclass(frozen=True)
class ConfidenceEntry:
    """`ask`: how long before a shift its holder is asked whether they still can; `test_call`: one as it begins."""

    ask: str = "24h"
    test_call: str = "on"
